import LookAlikes
import Mail

import struct Foundation.Date

/// The members of one registry line, taken out one by one and checked. Every fault is one sentence that names the member.
struct EntryFields {
    /// Why a line is no registry entry.
    struct Fault: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    let members: [JSONValue.Member]

    /// A name, an id, a code: longer than any that is real.
    private static let longest = 1_000

    func value(_ name: String) -> JSONValue? {
        for member in members where member.name == name {
            if case .null = member.value { return nil }
            return member.value
        }
        return nil
    }

    func optionalText(_ name: String) throws(Fault) -> String? {
        guard let value = value(name) else { return nil }
        return try Self.text(value, name)
    }

    func text(_ name: String) throws(Fault) -> String {
        guard let text = try optionalText(name) else { throw Fault("'\(name)' is missing") }
        return text
    }

    /// A text that is not empty and holds no control character, so that it can stand in a header and on a terminal.
    private static func text(_ value: JSONValue, _ name: String) throws(Fault) -> String {
        guard case .string(let text) = value else { throw Fault("'\(name)' must be a text") }
        guard !text.isEmpty else { throw Fault("'\(name)' is empty") }
        guard text.utf8.count <= longest else { throw Fault("'\(name)' is longer than \(longest) bytes") }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw Fault("'\(name)' holds a control character")
        }
        return text
    }

    func identifier<Tag>(_ name: String, of: Identifier<Tag>.Type = Identifier<Tag>.self) throws(Fault) -> Identifier<
        Tag
    > {
        guard let identifier: Identifier<Tag> = try optionalIdentifier(name) else {
            throw Fault("'\(name)' is missing")
        }
        return identifier
    }

    func optionalIdentifier<Tag>(_ name: String) throws(Fault) -> Identifier<Tag>? {
        guard let text = try optionalText(name) else { return nil }
        guard text.utf8.count <= 200 else { throw Fault("'\(name)' is longer than 200 bytes") }
        return Identifier(text)
    }

    func bool(_ name: String, default standard: Bool) throws(Fault) -> Bool {
        guard let value = value(name) else { return standard }
        guard case .bool(let bool) = value else { throw Fault("'\(name)' must be true or false") }
        return bool
    }

    func integer(_ name: String) throws(Fault) -> Int {
        guard let value = value(name) else { throw Fault("'\(name)' is missing") }
        guard case .number(let written) = value, let integer = Int(written) else {
            throw Fault("'\(name)' must be a whole number")
        }
        return integer
    }

    /// One of an enumeration's words; nil when the member is missing.
    func word<Word: RawRepresentable>(_ name: String, _: Word.Type) throws(Fault) -> Word?
    where Word.RawValue == String {
        guard let text = try optionalText(name) else { return nil }
        guard let word = Word(rawValue: text) else { throw Fault("'\(name)' can't be '\(text)'") }
        return word
    }

    func needed<Value>(_ value: Value?, _ name: String) throws(Fault) -> Value {
        guard let value else { throw Fault("'\(name)' is missing") }
        return value
    }

    func address(_ name: String) throws(Fault) -> EmailAddress {
        try Self.address(try needed(value(name), name), name)
    }

    private static func address(_ value: JSONValue, _ name: String) throws(Fault) -> EmailAddress {
        let text = try text(value, name)
        guard let address = EmailAddress(international: text) else {
            throw Fault("'\(name)': '\(text)' is not a plain mail address (local@domain, ASCII)")
        }
        return address
    }

    /// One mailbox or a list of them, each a text or an object with its days; none when the member is missing.
    func mailboxes(_ name: String) throws(Fault) -> [DatedMailbox] {
        guard let value = value(name) else { return [] }
        guard case .array(let values) = value else { return [try Self.mailbox(value, name)] }
        var mailboxes: [DatedMailbox] = []
        for value in values { mailboxes.append(try Self.mailbox(value, name)) }
        return mailboxes
    }

    private static func mailbox(_ value: JSONValue, _ name: String) throws(Fault) -> DatedMailbox {
        guard case .object(let members) = value else { return DatedMailbox(try address(value, name)) }
        let fields = EntryFields(members: members)
        do throws(Fault) {
            let mailbox = DatedMailbox(
                try fields.address("mailbox"), validFrom: try fields.day("validFrom"),
                validTo: try fields.day("validTo"))
            if let start = mailbox.validFrom, let end = mailbox.validTo, end < start {
                throw Fault("'validTo' lies before 'validFrom'")
            }
            return mailbox
        } catch {
            throw Fault("'\(name)': \(error.reason)")
        }
    }

    func texts(_ name: String) throws(Fault) -> [String] {
        guard let value = value(name) else { return [] }
        guard case .array(let values) = value else { throw Fault("'\(name)' must be a list") }
        var texts: [String] = []
        for value in values { texts.append(try Self.text(value, name)) }
        return texts
    }

    /// The objects of a list, each as fields of its own.
    func objects(_ name: String) throws(Fault) -> [EntryFields] {
        guard let value = value(name) else { return [] }
        guard case .array(let values) = value else { throw Fault("'\(name)' must be a list") }
        var objects: [EntryFields] = []
        for value in values {
            guard case .object(let members) = value else { throw Fault("'\(name)' must be a list of objects") }
            objects.append(EntryFields(members: members))
        }
        return objects
    }

    func day(_ name: String) throws(Fault) -> Day? {
        guard let text = try optionalText(name) else { return nil }
        guard let day = Day(text) else { throw Fault("'\(name)': '\(text)' is no date (YYYY-MM-DD)") }
        return day
    }

    func moment(_ name: String) throws(Fault) -> Date {
        let text = try text(name)
        guard let date = Timestamp.date(text) else {
            throw Fault("'\(name)': '\(text)' is no time (ISO 8601, such as 2026-11-01T09:00:00Z)")
        }
        return date
    }

    /// ISO 3166-1 alpha-2 by its shape; which countries there are changes, and `XI` and `XK` are used too.
    func country(_ name: String) throws(Fault) -> String {
        let text = try text(name)
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) else {
            throw Fault("'\(name)': '\(text)' is no country code (two capital letters)")
        }
        return text
    }

    func eori(_ name: String) throws(Fault) -> String {
        try Self.eori(try text(name), name)
    }

    func optionalEORI(_ name: String) throws(Fault) -> String? {
        guard let text = try optionalText(name) else { return nil }
        return try Self.eori(text, name)
    }

    static func eori(_ text: String, _ name: String) throws(Fault) -> String {
        guard EORI.isWellFormed(text) else {
            throw Fault("'\(name)': '\(text)' is no EORI number (two capitals, then 1 to 15 capitals or digits)")
        }
        return text
    }
}
