import Mail

/// A tag list, `name=value; name=value` (RFC 6376 §3.2), as DKIM signatures and ARC seals hold it.
struct TagList: Hashable {
    /// The tags in their order; no name twice. White space around values is gone, white space within is not.
    private let tags: [Tag]

    private struct Tag: Hashable {
        /// Case matters.
        let name: String
        let value: ArraySlice<UInt8>
    }

    /// Nil when the list breaks the grammar or gives a name twice, which voids it whole (RFC 6376 §3.2).
    init?(_ value: [UInt8]) {
        var tags: [Tag] = []
        var names: Set<String> = []
        var specs = value.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[...]
        if specs.count > 1, specs.last?.allSatisfy(\.isBlank) == true { specs = specs.dropLast() }
        for spec in specs {
            guard let equals = spec.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = spec[..<equals].trimmed
            let value = spec[(equals + 1)...].trimmed
            guard let first = name.first, first.isASCIILetter,
                name.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }),
                value.allSatisfy({ $0.isBlank || (0x21...0x7e).contains($0) })
            else { return nil }
            let text = String(decoding: name, as: UTF8.self)
            guard names.insert(text).inserted else { return nil }
            tags.append(Tag(name: text, value: value))
        }
        self.tags = tags
    }

    var firstName: String? { tags.first?.name }

    func contains(_ name: String) -> Bool { tags.contains { $0.name == name } }

    /// The value of a tag as text, or nil where there is none.
    subscript(name: String) -> String? {
        tags.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// The signing domain, as host names are compared; nil where it is missing.
    var domain: String? { self["d"]?.asHostName }

    /// Whether the signature covers From (tag `h`, a list with colons).
    var coversFrom: Bool {
        guard let names = tags.first(where: { $0.name == "h" })?.value else { return false }
        return names.split(separator: UInt8(ascii: ":")).contains {
            $0.trimmed.map(\.asciiLowercased).elementsEqual("from".utf8)
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate var trimmed: ArraySlice<UInt8> {
        var rest = drop(while: \.isBlank)
        while let last = rest.last, last.isBlank { rest.removeLast() }
        return rest
    }
}
