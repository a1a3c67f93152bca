import Crypto

/// 64 bits of HMAC-SHA256 (RFC 2104) with this installation's key: what the codes in mails rest on.
package struct KeyedMark: Sendable {
    private let key: SymmetricKey

    package init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    package func callAsFunction(_ text: String) -> UInt64 {
        let digest = HMAC<SHA256>.authenticationCode(for: Array("code:\(text)".utf8), using: key)
        return digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
