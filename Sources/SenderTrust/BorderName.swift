import Mail

/// The name that the border writes after `by` in its Received field, and how it is looked for.
struct BorderName {
    /// Lower case, no trailing dot; empty matches nothing.
    private let name: String
    /// Any host whose name is one label in front of `name`.
    private let isWildcard: Bool

    init(_ settings: TrustSettings) {
        let host = settings.borderHost.asHostName
        isWildcard = settings.profile == .exchangeOnline && host.hasPrefix("*.")
        name = isWildcard ? String(host.dropFirst(2)) : host
    }

    var isEmpty: Bool { name.isEmpty }

    /// Whether `host` (lower case, no trailing dot) is the border's name.
    func matches(_ host: String) -> Bool {
        guard isWildcard else { return host == name }
        guard host.hasSuffix("." + name) else { return false }
        let label = host.utf8.dropLast(name.utf8.count + 1)
        return !label.isEmpty && label.allSatisfy { $0.isHostText && $0 != UInt8(ascii: ".") }
    }

    /// The second, naive reader of a Received field: whether the border might have written it, comments and quotes or
    /// not. Where it says yes and the words of ``ReceivedField`` say no, somebody may have hidden the border's own field.
    func mayHaveWritten(_ value: [UInt8], whoseWriterIs field: ReceivedField) -> Bool {
        guard case .by = field, !isWildcard else { return isMentioned(in: value) }
        return NaiveNames.occurrences(of: name, in: value).contains { start in
            let before = value[..<start].reversed().drop { !$0.isASCIILetterOrDigit }
            return before.count >= 2 && before.prefix(2).map(\.asciiLowercased).elementsEqual("yb".utf8)
                && before.dropFirst(2).first.map { !$0.isASCIILetterOrDigit } ?? true
        }
    }

    private func isMentioned(in value: [UInt8]) -> Bool {
        !NaiveNames.occurrences(of: name, belowAnother: isWildcard, in: value).isEmpty
    }
}

/// Finds host names in octets without any grammar.
enum NaiveNames {
    /// Where `host` (lower case) stands as a whole name, ASCII case aside.
    ///
    /// - Parameter belowAnother: it must be the end of a longer name instead.
    static func occurrences(of host: String, belowAnother: Bool = false, in value: [UInt8]) -> [Int] {
        let name = Array(host.utf8)
        guard let head = name.first, value.count >= name.count else { return [] }
        var found: [Int] = []
        for start in 0...(value.count - name.count) where value[start].asciiLowercased == head {
            let end = start + name.count
            let follows = start > 0 && value[start - 1].isHostText
            if belowAnother ? !(follows && value[start - 1] == UInt8(ascii: ".")) : follows { continue }
            if end < value.count, value[end].isHostText, value[end] != UInt8(ascii: ".") { continue }
            if end + 1 < value.count, value[end] == UInt8(ascii: "."), value[end + 1].isHostText { continue }
            if zip(value[start..<end], name).allSatisfy({ $0.asciiLowercased == $1 }) { found.append(start) }
        }
        return found
    }
}

extension UInt8 {
    fileprivate var isHostText: Bool {
        isASCIILetterOrDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: ".") || self == UInt8(ascii: "_")
    }
}
