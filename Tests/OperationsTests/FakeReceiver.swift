import Foundation
import Glibc

/// A datagram socket that listens where journald or systemd would.
final class FakeReceiver {
    /// As `NOTIFY_SOCKET` writes it: a path, or `@` and an abstract name.
    let address: String
    private let descriptor: Int32
    private let folder: URL?

    init(abstract: Bool = false) throws {
        let name = "postern-test-\(UUID().uuidString.prefix(13))"
        var path: [UInt8]
        if abstract {
            folder = nil
            address = "@" + name
            path = [0] + Array(name.utf8)
        } else {
            let made = URL(fileURLWithPath: "/tmp").appendingPathComponent(name)
            try FileManager.default.createDirectory(at: made, withIntermediateDirectories: false)
            folder = made
            address = made.appendingPathComponent("s").path
            path = Array(address.utf8) + [0]
        }
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(2 + path.count)
        let bound = withUnsafePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard bound == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    }

    deinit {
        close(descriptor)
        if let folder { try? FileManager.default.removeItem(at: folder) }
    }

    /// The next datagram that is there already; nil when there is none.
    func next() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : Array(buffer.prefix(count))
    }

    func nextText() -> String? { next().map { String(decoding: $0, as: UTF8.self) } }
}

/// A file that stands in for standard error.
final class FakeStream {
    let descriptor: Int32
    private let file: UnsafeMutablePointer<FILE>?

    init() {
        file = tmpfile()
        descriptor = fileno(file)
    }

    deinit { if let file { fclose(file) } }

    var text: String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
