import Foundation
import Glibc
import Synchronization

/// A TCP server on a free loopback port that plays one script a connection. For faults; real servers do the rest.
final class ScriptedServer: Sendable {
    typealias Script = @Sendable (Peer) -> Void

    let port: Int
    private let listener: Int32
    private let listens: Bool
    private let open = Mutex<Set<Int32>>([])
    private let stopped = Atomic(false)

    init(listening: Bool = true, _ script: @escaping Script) throws {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var length = size
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, size) == 0 && (!listening || Glibc.listen(descriptor, 64) == 0)
                    && Glibc.getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
        listener = descriptor
        listens = listening
        port = Int(UInt16(bigEndian: address.sin_port))
        guard listening else { return }
        let thread = Thread { [self] in
            while true {
                let connection = Glibc.accept(listener, nil, nil)
                guard connection >= 0, !stopped.load(ordering: .acquiring) else {
                    if connection >= 0 { Glibc.close(connection) }
                    Glibc.close(listener)
                    return
                }
                open.withLock { _ = $0.insert(connection) }
                let serving = Thread { [self] in
                    let peer = Peer(connection)
                    script(peer)
                    peer.close()
                    open.withLock { open in
                        open.remove(connection)
                        Glibc.close(connection)
                    }
                }
                serving.start()
            }
        }
        thread.start()
    }

    deinit { if !listens { Glibc.close(listener) } }

    /// Ends the listening and every connection; scripts that wait for a line get nil.
    func stop() {
        stopped.store(true, ordering: .releasing)
        Glibc.shutdown(listener, Int32(SHUT_RDWR))
        open.withLock { for descriptor in $0 { Glibc.shutdown(descriptor, Int32(SHUT_RDWR)) } }
    }
}

/// One connection as the script sees it. Used by its own thread only.
final class Peer {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var closed = false
    /// How many octets may still be sent before the connection is cut.
    var allowance: Int?
    private(set) var sent = 0

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        guard !closed else { return }
        let portion = Array(bytes.prefix(allowance ?? bytes.count))
        var offset = 0
        while offset < portion.count {
            let count = portion[offset...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return close() }
            offset += count
        }
        sent += portion.count
        guard let left = allowance else { return }
        allowance = left - portion.count
        if left <= bytes.count { close() }
    }

    /// The next line without its CRLF; nil when the other side is gone.
    func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            guard !closed else { return nil }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = Glibc.recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer.append(contentsOf: chunk[..<count])
        }
    }

    /// Says nothing more until the other side goes away.
    func stall() { while line() != nil {} }

    func close() {
        guard !closed else { return }
        closed = true
        Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
    }
}
