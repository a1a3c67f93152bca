import Mail

/// How a connection is kept from being read by others.
package enum ConnectionSecurity: Sendable, Hashable {
    /// TLS from the first octet (RFC 8314).
    case implicitTLS
    /// STARTTLS, and no word before it is through.
    case requiredStartTLS
    /// None: loopback hosts alone, and only where the settings allow it.
    case plaintext
}

/// Where a mail server listens: the parts of a setting such as `imaps://imap.example.org/INBOX`.
package struct ServerAddress: Sendable, Hashable {
    /// Lower case.
    package let scheme: String
    /// A host name in ASCII, an IPv4 address, or an IPv6 address without its brackets.
    package let host: String
    package let port: Int
    package let security: ConnectionSecurity
    /// What follows the slash behind the host, percent-decoded; empty where nothing does.
    package let path: String

    /// Which scheme means what for one kind of server.
    struct Schemes {
        let secure: (name: String, port: Int)
        let startTLS: (name: String, port: Int)

        static let imap = Schemes(secure: ("imaps", 993), startTLS: ("imap", 143))
        /// Port 587 is submission's (RFC 6409 §3.1), 465 that with implicit TLS (RFC 8314 §7.3).
        static let smtp = Schemes(secure: ("smtps", 465), startTLS: ("smtp", 587))
        /// From server to server (RFC 5321 §4.5.4.2).
        static let border = Schemes(secure: ("smtps", 465), startTLS: ("smtp", 25))
    }

    /// Throws a `setup` fault that names what is wrong and how it should look.
    init(_ url: String, schemes: Schemes, allowPlaintext: Bool) throws(TransportFault) {
        let hint = "write it as \(schemes.secure.name)://host[:port]/…"
        func refuse(_ why: String) -> TransportFault {
            // The URL itself is not repeated: it may hold a password.
            TransportFault(.setup, "the server's URL is unusable: \(why)", hint: hint)
        }
        guard let colon = url.firstRange(of: "://") else { throw refuse("it has no scheme") }
        scheme = url[..<colon.lowerBound].lowercased()
        let rest = url[colon.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        guard scheme == schemes.secure.name || scheme == schemes.startTLS.name else {
            throw refuse("its scheme is neither \(schemes.secure.name) nor \(schemes.startTLS.name)")
        }
        guard !authority.contains("@") else { throw refuse("user and password have settings of their own") }

        let portText: Substring?
        if authority.first == "[", let close = authority.firstIndex(of: "]") {
            host = String(authority[authority.index(after: authority.startIndex)..<close])
            guard host.contains(":"), host.utf8.allSatisfy(\.isIPv6Character) else {
                throw refuse("no IPv6 address stands between the brackets")
            }
            let behind = authority[authority.index(after: close)...]
            guard behind.isEmpty || behind.first == ":" else { throw refuse("something stands behind the bracket") }
            portText = behind.isEmpty ? nil : behind.dropFirst()
        } else {
            let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            host = parts.first.map(String.init) ?? ""
            guard !host.isEmpty else { throw refuse("it names no host") }
            guard host.utf8.allSatisfy(\.isHostCharacter) else {
                throw refuse("its host holds other characters than letters, digits, '-' and '.'")
            }
            portText = parts.count > 1 ? parts[1] : nil
        }
        let defaultPort = scheme == schemes.secure.name ? schemes.secure.port : schemes.startTLS.port
        if let portText {
            guard let number: Int = decimal(portText.utf8), (1...65_535).contains(number) else {
                throw refuse("its port is no number from 1 to 65535")
            }
            port = number
        } else {
            port = defaultPort
        }
        if scheme == schemes.secure.name {
            security = .implicitTLS
        } else {
            security = allowPlaintext && Self.isLoopback(host) ? .plaintext : .requiredStartTLS
        }

        let written = rest[slash...].dropFirst()
        // A password with a slash in it would seem to be a path, and a path is shown.
        guard !written.contains("@") else {
            throw refuse(
                "an '@' stands behind its host; user and password have settings of their own (write %40 in a name)")
        }
        guard !written.contains("?"), !written.contains("#"), !written.contains(";") else {
            throw refuse("'?', '#' or ';' stands in its path (write %3F, %23, %3B)")
        }
        guard let path = Self.percentDecoded(written.utf8) else { throw refuse("its path has a broken %-sequence") }
        guard path.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw refuse("its path holds a control character")
        }
        self.path = path
    }

    /// `scheme://host:port/`, as libcurl wants it.
    var base: String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)/" }

    /// Names and numbers that never leave this machine.
    static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        if name == "localhost" || name == "::1" { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false).map { decimal($0.utf8) as UInt8? }
        return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
    }

    private static func percentDecoded(_ bytes: some Collection<UInt8>) -> String? {
        var result: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
                return nil
            }
            result.append(high << 4 | low)
        }
        return String(validating: result, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isHostCharacter: Bool {
        isASCIILetterOrDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
    }

    fileprivate var isIPv6Character: Bool {
        hexadecimalValue != nil || self == UInt8(ascii: ":") || self == UInt8(ascii: ".")
    }

    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
