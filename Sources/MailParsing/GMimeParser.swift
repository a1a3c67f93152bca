package import Mail

/// Nothing can be made of a mail's bytes.
package struct ParsingFailure: Error, Sendable, Hashable {
    /// Stable dotted code, such as `mime.empty`.
    package let code: String
    /// One sentence for staff.
    package let explanation: String
}

/// Takes raw mails apart with GMime, and with a reader of our own that GMime must agree with.
///
/// Safe to share: calls may overlap on several threads. Hostile bytes yield an `InboundMail` with problems; what is
/// above the limits never reaches GMime.
package struct GMimeParser: Sendable {
    private let limits: MailLimits
    private let decoder = CharsetDecoder()

    /// The first one made starts GMime.
    package init(limits: MailLimits = .standard) {
        self.limits = limits
        _ = GMimeLibrary.started
    }

    /// Throws `mime.empty` for no bytes at all; everything that is merely doubtful, unreadable or too large is in
    /// `InboundMail.problems`.
    package func parse(_ raw: RawMail) throws(ParsingFailure) -> InboundMail {
        guard !raw.bytes.isEmpty else {
            throw ParsingFailure(code: "mime.empty", explanation: "The mail has no bytes at all.")
        }
        let split = HeaderBlock.split(raw.bytes, limits: limits)
        var mail = InboundMail(header: split.block, problems: split.problems, size: raw.bytes.count)
        readHeader(split.block, into: &mail)
        guard !split.problems.contains(where: Self.keepsFromGMime) else {
            mail.partTypes = []
            return mail
        }
        let outline = MIMEOutline(
            bytes: raw.bytes, header: split.block, bodyStart: split.bodyStart, limits: limits)
        mail.problems += outline.problems.map(\.structureProblem)
        mail.contentType = outline.entities.first?.type ?? mail.contentType
        guard !outline.isBeyondLimits else {
            mail.partTypes = outline.entities.map(\.type)
            return mail
        }
        readParts(of: raw.bytes, outline: outline, into: &mail)
        return mail
    }

    /// Problems after which GMime would see a mail above the limits.
    private static func keepsFromGMime(_ problem: StructureProblem) -> Bool {
        let beyondLimits: [StructureProblem] = [.tooLarge, .tooManyFields, .lineTooLong, .fieldTooLong]
        return beyondLimits.contains(problem)
    }

    private func readParts(of bytes: [UInt8], outline: MIMEOutline, into mail: inout InboundMail) {
        let read = GMimeTree.read(bytes) { tree in
            var reader = PartReader(bytes: bytes, decoder: decoder, limits: limits)
            reader.read(tree.root)
            return reader
        }
        guard let read else {
            mail.problems.append(MIMEProblem.unreadable.structureProblem)
            return
        }
        mail.contentType = read.types.first ?? mail.contentType
        mail.partTypes = read.types
        mail.texts = read.texts
        mail.attachments = read.attachments
        mail.textObstacle = read.obstacle
        if !read.reportParts.isEmpty, outline.problems.isEmpty, outline.agrees(with: read.entities) {
            mail.deliveryReport = DeliveryReportReader.read(bytes, outline.entities, decoded: read.reportParts)
        }
        // A subject in bare octets is written as the text is, and too short to guess from by itself.
        if mail.subjectGuessed, let subject = mail.header.first("Subject"), let text = read.texts.first {
            mail.subject =
                EncodedWords(decoder: decoder).decodeGuessing(subject.value, hint: Charset(label: text.charset)).text
        }
        for problem in read.problems.map(\.structureProblem) where !mail.problems.contains(problem) {
            mail.problems.append(problem)
        }
        if read.textWasCut { mail.problems.append(MIMEProblem.textTooLong.structureProblem) }
        // Where the structure is doubtful already, the readers may well differ, and one reason is enough.
        if mail.problems.isEmpty, !outline.agrees(with: read.entities) {
            mail.problems.append(MIMEProblem.twoReadings.structureProblem)
        }
    }

    private func readHeader(_ header: HeaderBlock, into mail: inout InboundMail) {
        let words = EncodedWords(decoder: decoder)
        let addresses = AddressListReader(words: words, limit: limits.addresses)
        mail.to = read("To", of: header, with: addresses, problems: &mail.problems)
        mail.cc = read("Cc", of: header, with: addresses, problems: &mail.problems)
        mail.bcc = read("Bcc", of: header, with: addresses, problems: &mail.problems)
        mail.replyTo = read("Reply-To", of: header, with: addresses, problems: &mail.problems)
        if let subject = header.first("Subject") {
            (mail.subject, mail.subjectGuessed) = words.decodeGuessing(subject.value)
        }
        mail.messageID = header.first("Message-ID").flatMap { Self.messageIDs($0.value, limit: 1).first }
        mail.inReplyTo = header.first("In-Reply-To").map { Self.messageIDs($0.value, limit: 100) } ?? []
        mail.references = header.first("References").map { Self.messageIDs($0.value, limit: 1_000) } ?? []
        mail.date = header.first("Date").flatMap { DateField.parse($0.value) }
    }

    /// The entries of all fields of one name, one list after the other.
    private func read(
        _ name: String, of header: HeaderBlock, with reader: AddressListReader, problems: inout [StructureProblem]
    ) -> [AddressEntry] {
        var entries: [AddressEntry] = []
        for field in header.all(name) {
            let list = reader.read(field.value)
            entries += list.entries
            if list.overflow || entries.count > limits.addresses {
                problems.append(
                    StructureProblem(
                        "structure.too-many-addresses",
                        "\(name) holds more addresses than the limit (MailLimits.addresses)."))
                return Array(entries.prefix(limits.addresses))
            }
        }
        return entries
    }

    /// Everything in angle brackets that is a Message-ID (RFC 5322 §3.6.4).
    static func messageIDs(_ bytes: [UInt8], limit: Int) -> [MessageID] {
        var found: [MessageID] = []
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "<") { start = index + 1 }
            guard byte == UInt8(ascii: ">"), let from = start else { continue }
            start = nil
            if let id = MessageID(String(decoding: bytes[from..<index], as: UTF8.self)) { found.append(id) }
            if found.count >= limit { break }
        }
        return found
    }
}
