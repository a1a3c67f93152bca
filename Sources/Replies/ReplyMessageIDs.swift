import Crypto
package import Mail

/// Makes the Message-IDs of our replies and knows them again.
///
/// An ID is `<token>.<mark>@<domain>`: the token is an HMAC of the decision's seed, the mark an HMAC of the
/// token. So the same decision always has the same ID, nobody without the key can foretell or make up one, and ours
/// are recognised without a look into the store.
package struct ReplyMessageIDs: Sendable {
    private let key: SymmetricKey
    private let domain: String

    /// Throws when the key is shorter than 16 bytes or `domain` can't stand in a Message-ID.
    package init(key: [UInt8], domain: String) throws(ReplyError) {
        guard key.count >= 16 else {
            throw .unusableSetting("the reply key has \(key.count) bytes", hint: "give one of at least 16 random bytes")
        }
        guard let probe = EmailAddress("postern@\(domain)") else {
            throw .unusableSetting(
                "'\(domain)' is no domain for Message-IDs", hint: "give a host name such as mail.example.eu")
        }
        self.key = SymmetricKey(data: key)
        self.domain = probe.domain
    }

    /// What is told apart by `seed` alone: 128 bits in 26 characters of base 32.
    func token(for seed: String) -> String { code("seed:" + seed, bytes: 16) }

    /// The Message-ID of the reply whose token this is.
    func id(token: String) throws(ReplyError) -> MessageID {
        guard let id = MessageID("\(token).\(mark(token))@\(domain)") else {
            throw .unusableSetting("the domain \(domain) is too long for Message-IDs", hint: "give a shorter one")
        }
        return id
    }

    /// The Message-ID of the reply to the decision that `seed` tells apart.
    package func id(for seed: String) throws(ReplyError) -> MessageID { try id(token: token(for: seed)) }

    /// Whether this installation, with this key, made the Message-ID.
    package func isOwn(_ id: MessageID) -> Bool {
        guard let at = id.text.lastIndex(of: "@") else { return false }
        let parts = id.text[..<at].split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && id.text[at...].dropFirst().asciiLowercased == domain
            && mark(String(parts[0])) == parts[1]
    }

    private func mark(_ token: String) -> String { code("mark:" + token, bytes: 10) }

    /// The first `bytes` bytes of HMAC-SHA256 (RFC 2104), in lower-case base 32 (RFC 4648 §6) without padding.
    private func code(_ text: String, bytes: Int) -> String {
        let digest = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        var result: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for byte in digest.prefix(bytes) {
            buffer = (buffer << 8 | UInt32(byte)) & 0xffff
            bits += 8
            while bits >= 5 {
                bits -= 5
                result.append(alphabet[Int(buffer >> bits & 31)])
            }
        }
        if bits > 0 { result.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
        return String(decoding: result, as: UTF8.self)
    }
}
