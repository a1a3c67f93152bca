import Glibc
import Synchronization

/// Where finished messages leave the program.
package final class LogSink: Sendable {
    private let format: LogFormat
    private let identifier: String
    private let journal: DatagramSocket?
    /// Lines of several threads don't mix, also where one needs several writes.
    private let stream: Mutex<Int32>

    /// Where journald listens (systemd: Native Journal Protocol).
    package static let journalAddress = "/run/systemd/journal/socket"

    /// `stream` is an open descriptor that outlives the sink, usually 2. Where journald can't be reached, messages
    /// go to the stream as JSON lines instead.
    package init(
        _ format: LogFormat, stream: Int32, environment: [String: String], identifier: String = "postern",
        journalAddress: String = LogSink.journalAddress
    ) {
        self.format = format.resolved(environment: environment, stream: stream)
        self.identifier = identifier
        self.stream = Mutex(stream)
        journal = self.format == .journal ? DatagramSocket(address: journalAddress) : nil
    }

    func write(_ record: LogRecord) {
        if let journal, journal.send(record.journalDatagram(identifier: identifier)) { return }
        let line = format == .text ? record.textLine : record.jsonLine
        let bytes = Array((line + "\n").utf8)
        stream.withLock { descriptor in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                // A log that can't be written is no reason to stop working.
                guard written > 0 else { return }
                rest = rest.dropFirst(written)
            }
        }
    }
}
