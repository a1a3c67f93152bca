package import Mail

extension Operator {
    /// Where an operator is found, as far as TRACES has it.
    package struct PostalAddress: Sendable, Hashable, Codable {
        package var street: String?
        package var postalCode: String?
        package var city: String?
        package var region: String?

        package init(
            street: String? = nil, postalCode: String? = nil, city: String? = nil, region: String? = nil
        ) {
            self.street = street
            self.postalCode = postalCode
            self.city = city
            self.region = region
        }
    }

    /// Whom to ask at an operator's. Not the mailbox that mails must come from: that is the account's.
    package struct Contact: Sendable, Hashable, Codable {
        package var name: String?
        package var mailbox: EmailAddress?
        package var telephone: String?

        package init(name: String? = nil, mailbox: EmailAddress? = nil, telephone: String? = nil) {
            self.name = name
            self.mailbox = mailbox
            self.telephone = telephone
        }
    }
}

extension Operator.Identifier {
    /// The value as it is compared: letters and digits alone, ASCII letters in lower case. `DE 123.456-7` and
    /// `de1234567` are one.
    package var compared: String { Self.compared(value) }

    package static func compared(_ value: String) -> String {
        var bytes: [UInt8] = []
        appendCompared(value, &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func appendCompared(_ value: String, _ bytes: inout [UInt8]) {
        for byte in value.utf8 {
            switch byte {
            case 0x41...0x5a: bytes.append(byte | 0x20)
            case 0x30...0x39, 0x61...0x7a, 0x80...: bytes.append(byte)
            default: continue
            }
        }
    }

    /// What is odd about the value, for somebody who types it in; nil when nothing is. VAT numbers begin with the
    /// country's two letters (`EL` for Greece, `XI` for Northern Ireland) and go on with 2 to 12 letters or digits
    /// (Directive 2006/112/EC, article 215).
    package var oddity: String? {
        guard scheme == "VAT" else { return nil }
        let bytes = Array(value.utf8)
        let isCapital: (UInt8) -> Bool = { (0x41...0x5a).contains($0) }
        guard (4...14).contains(bytes.count), bytes.prefix(2).allSatisfy(isCapital),
            bytes.dropFirst(2).allSatisfy({ isCapital($0) || (0x30...0x39).contains($0) })
        else { return "'\(value)' does not look like a VAT number (two capitals, then 2 to 12 capitals or digits)" }
        return value.hasPrefix("GR") ? "'\(value)': Greek VAT numbers begin with EL" : nil
    }
}

extension RegistryEntry {
    static func postalAddress(_ fields: EntryFields) throws(EntryFields.Fault) -> Operator.PostalAddress? {
        guard let address = try fields.object("address") else { return nil }
        return Operator.PostalAddress(
            street: try address.optionalText("street"), postalCode: try address.optionalText("postalCode"),
            city: try address.optionalText("city"), region: try address.optionalText("region"))
    }

    static func contact(_ fields: EntryFields) throws(EntryFields.Fault) -> Operator.Contact? {
        guard let contact = try fields.object("contact") else { return nil }
        return Operator.Contact(
            name: try contact.optionalText("name"),
            mailbox: contact.value("mailbox") == nil ? nil : try contact.address("mailbox"),
            telephone: try contact.optionalText("telephone"))
    }
}

extension EntryFields {
    /// The fields of a member that is an object; nil when it is missing.
    fileprivate func object(_ name: String) throws(Fault) -> EntryFields? {
        guard let value = value(name) else { return nil }
        guard case .object(let members) = value else { throw Fault("'\(name)' must be an object") }
        return EntryFields(members: members)
    }
}
