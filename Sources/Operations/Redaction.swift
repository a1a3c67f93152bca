import Crypto
package import Logging

/// How addresses appear in logs.
package enum Redaction: Sendable, Hashable {
    /// As they are.
    case plain
    /// As `#` and twelve hexadecimal digits, the same for the same address and key: one can follow a sender without
    /// knowing who it is. The domain stays out too, since many firms have one mailbox.
    case hashed(key: [UInt8])
    /// Not at all.
    case none

    /// What stands in the log for an address. Messages of level debug and trace show it as it is, whatever the
    /// policy: who turns those on wants to know.
    package func show(_ address: String, at level: Logger.Level) -> String {
        if level <= .debug { return address }
        switch self {
        case .plain: return address
        case .none: return "-"
        case .hashed(let key):
            // Addresses are compared without regard to ASCII case, so their hashes are too.
            let lowered = address.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
            let code = HMAC<SHA256>.authenticationCode(for: lowered, using: SymmetricKey(data: key))
            return "#" + code.prefix(6).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
        }
    }
}
