import Mail

/// The machine-readable part of a delivery report (RFC 3464 §2.1): groups of fields parted by empty lines, the first
/// about the mail, each later one about a recipient. One pass, linear in the octets.
struct DeliveryStatusFields {
    /// About the recipients, in their order; groups that can't be read without doubt are left out.
    private(set) var recipients: [DeliveryReport.Recipient] = []

    /// More groups than any mail of ours has recipients: what lies behind them is not read.
    private static let mostGroups = 500
    /// Octets of a folded field that are kept.
    private static let longestField = 8_192

    private var groups = 0
    private var fields: [(name: String, value: [UInt8])] = []

    init(_ bytes: [UInt8]) {
        var position = bytes.startIndex
        while position < bytes.endIndex, groups <= Self.mostGroups {
            let feed = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            var end = feed
            if end > position, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            take(bytes[position..<end])
            position = feed < bytes.endIndex ? feed + 1 : feed
        }
        endGroup()
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        guard !line.allSatisfy(\.isBlank) else { return endGroup() }
        if line[line.startIndex].isBlank {
            guard let last = fields.indices.last else { return }
            if fields[last].value.count + line.count <= Self.longestField { fields[last].value += line }
            return
        }
        let name = line.prefix { $0 != UInt8(ascii: ":") && (0x21...0x7e).contains($0) }
        guard !name.isEmpty, name.endIndex < line.endIndex, line[name.endIndex] == UInt8(ascii: ":") else {
            // A line that is no field takes its continuations with it.
            fields.append(("", []))
            return
        }
        let value = line[(name.endIndex + 1)...].prefix(Self.longestField)
        fields.append((String(decoding: name.map(\.asciiLowercased), as: UTF8.self), Array(value)))
    }

    private mutating func endGroup() {
        guard !fields.isEmpty else { return }
        groups += 1
        // The first group is about the mail as a whole (§2.2).
        if groups > 1, let recipient = Self.recipient(fields) { recipients.append(recipient) }
        fields.removeAll(keepingCapacity: true)
    }

    /// Nil unless there is one Action that we know; a field that comes twice makes a group doubtful.
    private static func recipient(_ fields: [(name: String, value: [UInt8])]) -> DeliveryReport.Recipient? {
        var known: [String: [UInt8]] = [:]
        for field in fields {
            switch field.name {
            case "final-recipient", "original-recipient", "action", "status":
                guard known.updateValue(field.value, forKey: field.name) == nil else { return nil }
            case "diagnostic-code" where known[field.name] == nil: known[field.name] = field.value
            default: break
            }
        }
        guard let action = known["action"].flatMap({ DeliveryReport.Action(rawValue: token($0)) }) else { return nil }
        let addresses = ["final-recipient", "original-recipient"].compactMap { known[$0].flatMap(address) }
        guard !addresses.isEmpty else { return nil }
        return DeliveryReport.Recipient(
            addresses: addresses[0] == addresses.last ? [addresses[0]] : addresses, action: action,
            status: known["status"].flatMap { status(token($0)) },
            diagnostic: ServerWords.line(known["diagnostic-code"] ?? []))
    }

    /// The keyword at the head of a value, lower case, comments and white space around it left out.
    private static func token(_ value: [UInt8]) -> String {
        let word = value.drop { $0.isBlank }.prefix {
            !$0.isBlank && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "(")
        }
        return String(decoding: word.prefix(40).map(\.asciiLowercased), as: UTF8.self)
    }

    /// `class.subject.detail` (RFC 3463 §2), class 2, 4 or 5; anything else is none.
    private static func status(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, ["2", "4", "5"].contains(parts[0]),
            parts.allSatisfy({ (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        return text
    }

    /// `address-type; address` (RFC 3464 §2.3.1; RFC 6533 §3 for `utf-8`), with or without angle brackets, which
    /// Exchange puts there.
    private static func address(_ value: [UInt8]) -> EmailAddress? {
        guard let semicolon = value.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        guard ["rfc822", "utf-8"].contains(token(Array(value[..<semicolon]))) else { return nil }
        var address = value[(semicolon + 1)...].trimmed
        if address.first == UInt8(ascii: "<"), address.last == UInt8(ascii: ">") {
            address = address.dropFirst().dropLast()
        }
        return EmailAddress(String(decoding: address, as: UTF8.self))
    }
}
