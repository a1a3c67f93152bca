import Glibc

/// Sends datagrams to a UNIX socket by its address: the receiver may come, go and come back.
final class DatagramSocket: Sendable {
    private let descriptor: Int32
    /// Bytes of `sun_path`; an abstract address begins with NUL (unix(7)).
    private let path: [UInt8]

    /// `address` is a path, or `@` and an abstract name. Nil when it can't be one, or there are no descriptors left.
    init?(address: String) {
        var path = Array(address.utf8)
        guard let first = path.first, !path.contains(0) else { return nil }
        if first == UInt8(ascii: "@") {
            path[0] = 0
        } else if first != UInt8(ascii: "/") {
            return nil
        } else {
            path.append(0)
        }
        guard path.count > 1, path.count <= MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
        let opened = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard opened >= 0 else { return nil }
        descriptor = opened
        self.path = path
    }

    deinit { _ = close(descriptor) }

    /// Never waits: a receiver that does not read must not stop the work. False when it was not taken.
    func send(_ datagram: [UInt8]) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + path.count } ?? 0)
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let sent = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe datagram.withUnsafeBytes { bytes in
                    unsafe sendto(descriptor, bytes.baseAddress, bytes.count, flags, pointer, length)
                }
            }
        }
        return sent == datagram.count
    }
}
