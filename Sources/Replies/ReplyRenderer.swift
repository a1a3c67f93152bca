package import Judging
package import Mail
package import Registry

package import struct Foundation.Date

/// Makes finished mails of decisions and notices: multipart/alternative (RFC 2046 §5.1.4) with text and HTML, 7-bit,
/// strict CRLF.
///
/// The bytes follow from decision or notice, seed and date alone.
package struct ReplyRenderer: Sendable {
    /// Makes and recognises the replies' Message-IDs.
    package let messageIDs: ReplyMessageIDs
    private let settings: ReplySettings
    private let vocabularies: [String: Vocabulary]
    private let english: Vocabulary
    private let layout: ReplyLayout

    /// How many Message-IDs a References field holds: the first of the thread and the newest.
    private static let mostReferences = 20

    /// Throws when a template or a wording can't be used, when English is missing, or when the key is too short.
    ///
    /// - Parameter procedures: they name the kinds of requests that the wordings lack.
    package init(
        settings: ReplySettings, wordings: [Wording], templates: ReplyTemplates, procedures: [Procedure] = []
    ) throws(ReplyError) {
        messageIDs = try ReplyMessageIDs(key: settings.hmacKey, domain: settings.messageIDDomain)
        var byLanguage: [String: Vocabulary] = [:]
        for wording in wordings {
            try wording.check()
            byLanguage[wording.language] = Vocabulary(wording, procedures: procedures)
        }
        guard let english = byLanguage["en"] else {
            throw .unusableWording(language: "en", key: "language", reason: "the English wording is missing")
        }
        self.settings = settings
        self.vocabularies = byLanguage
        self.english = english
        layout = try ReplyLayout(templates)
    }

    /// The finished mail. `seed` tells the decision from all others; the Message-ID follows from it alone. Throws
    /// when the decision answers nobody, or would answer the support mailbox itself.
    package func compose(_ decision: Decision, seed: String, at now: Date) throws -> OutboundMail {
        guard let plan = decision.reply, decision.verdict.replies else {
            throw ReplyError.nothingToSay(decision.verdict)
        }
        guard !isSupport(plan.recipient) else { throw ReplyError.recipientIsSupport(plan.recipient) }
        let vocabulary = vocabulary(decision.language)
        let message = vocabulary.wording.message(for: .reply(decision.verdict, decision.reason))
        let envelope = Envelope(
            seed: seed, date: now, to: plan.recipient,
            subject: HeaderValue(unstructured: Self.subject(plan.answered, message)), answers: plan.answered)
        return try finish(ReplyFacts(decision, plan: plan, vocabulary, settings: settings), envelope, vocabulary)
    }

    /// The finished mail that tells an account's owner of something, in the account's language. `seed` tells the notice
    /// from all others, replies included.
    ///
    /// It answers no mail, so it is `auto-generated` (RFC 3834 §5). Copies of a validation are not sent: its code proves
    /// who reads the mailbox. Throws when the mailbox is the support team's, or when a request or a code is missing.
    package func compose(_ notice: Notice, seed: String, at now: Date) throws -> OutboundMail {
        let recipient = notice.account.mailbox
        guard !isSupport(recipient) else { throw ReplyError.recipientIsSupport(recipient) }
        let code = notice.code.flatMap(PreparedMail.code)
        let isValidation = notice.event == .validation
        guard !isValidation || code != nil else { throw ReplyError.incompleteNotice(notice.event, lacks: "a code") }
        guard isValidation || notice.request != nil else {
            throw ReplyError.incompleteNotice(notice.event, lacks: "a request")
        }
        let vocabulary = vocabulary(notice.account.language)
        let subject = vocabulary.wording.notices[notice.event.rawValue]?.subjectLine ?? ""
        var envelope = Envelope(
            seed: seed, date: now, to: recipient,
            subject: isValidation
                ? HeaderValue(unstructured: subject, code: code ?? "") : HeaderValue(unstructured: subject))
        if !isValidation {
            for copy in notice.copies where copy != recipient && !isSupport(copy) && !envelope.cc.contains(copy) {
                envelope.cc.append(copy)
            }
        }
        return try finish(ReplyFacts(notice, vocabulary, settings: settings), envelope, vocabulary)
    }

    /// The mail that the five rules want for a request, ready to be sent by the account's owner, in the account's
    /// language.
    package func preparedMail(
        for request: RequestSummary, account: Account, authorityMailboxes: [EmailAddress]
    ) -> MailtoLink {
        let vocabulary = vocabulary(account.language)
        return PreparedMail(
            for: request, account: account, authorityMailboxes: authorityMailboxes, to: settings.supportAddress,
            vocabulary
        ).link(in: vocabulary.wording)
    }

    /// What a role lets its holder do, by the keys of a procedure's `permits`; unknown keys are left out.
    package func permissions(_ keys: [String], language: String?) -> [String] {
        let vocabulary = vocabulary(language)
        return vocabulary.knownPermissions(keys).compactMap { vocabulary.wording.permission($0) }
    }

    /// What the role that a request asks for is called.
    package func roleName(of request: RequestSummary, language: String?) -> String {
        vocabulary(language).roleName(of: request)
    }

    /// The words of a language, whatever country is named with it; English where there are none.
    private func vocabulary(_ language: String?) -> Vocabulary {
        guard let language else { return english }
        return vocabularies[language] ?? LanguageCode.primary(of: language).flatMap { vocabularies[$0] } ?? english
    }

    private func isSupport(_ address: EmailAddress) -> Bool {
        address == settings.supportAddress || settings.supportAddresses.contains(address)
    }

    /// What a mail's header holds beside what all of ours have.
    private struct Envelope {
        let seed: String
        let date: Date
        let to: EmailAddress
        var cc: [EmailAddress] = []
        let subject: HeaderValue
        /// The mail's place in a thread; nil where it answers nobody.
        var answers: AnsweredMail?
    }

    private func finish(_ facts: ReplyFacts, _ envelope: Envelope, _ vocabulary: Vocabulary) throws -> OutboundMail {
        let wording = vocabulary.wording
        let skeleton = layout.skeleton(for: facts.shape, in: wording)
        let token = messageIDs.token(for: envelope.seed)
        let messageID = try messageIDs.id(token: token)
        // Quoted-printable never has "=_", so no part can hold the boundary (RFC 2045 §6.7 (5)).
        let boundary = "=_postern_\(token)"

        var writer = HeaderWriter()
        writer.append(.date, HeaderValue(fixed: InternetDate.text(of: envelope.date)))
        writer.append(.from, HeaderValue(displayName: settings.displayName, address: settings.supportAddress))
        writer.append(.to, HeaderValue(address: envelope.to))
        if !envelope.cc.isEmpty { writer.append(.cc, HeaderValue(addresses: envelope.cc)) }
        writer.append(.subject, envelope.subject)
        writer.append(.messageID, HeaderValue(messageIDs: [messageID]))
        if let answered = envelope.answers { appendThread(answered, to: &writer) }
        writer.append(.autoSubmitted, HeaderValue(fixed: envelope.answers == nil ? "auto-generated" : "auto-replied"))
        writer.append(.responseSuppress, HeaderValue(fixed: "All"))
        writer.append(.loop, HeaderValue(address: settings.supportAddress))
        writer.append(.language, HeaderValue(fixed: wording.language))
        writer.append(.mimeVersion, HeaderValue(fixed: "1.0"))
        writer.append(.contentType, HeaderValue(fixed: "multipart/alternative; boundary=\"\(boundary)\""))

        var bytes = writer.bytes
        bytes.reserveCapacity(20_000)
        let text = skeleton.text.filled(from: facts) { value, output in output += value.utf8 }
        let html = skeleton.html.filled(from: facts) { value, output in HTML.escape(value, into: &output) }
        for (type, half) in [("plain", text), ("html", html)] {
            let encoding = TransferEncoding(for: half)
            bytes += "\r\n--\(boundary)\r\n".utf8
            bytes += "Content-Type: text/\(type); charset=utf-8\r\n".utf8
            bytes += "Content-Transfer-Encoding: \(encoding.rawValue)\r\n\r\n".utf8
            encoding.encode(half, into: &bytes)
        }
        bytes += "\r\n--\(boundary)--\r\n".utf8
        return OutboundMail(
            messageID: messageID, envelopeFrom: settings.envelopeFrom, recipients: [envelope.to] + envelope.cc,
            bytes: bytes)
    }

    /// `Re:` and what the mail's subject was, once; where it had none, what the reply says.
    private static func subject(_ answered: AnsweredMail, _ message: Wording.Message?) -> String {
        var subject = PlainLine.of(answered.subject, limit: 150)
        while subject.prefix(3).asciiLowercased == "re:" {
            subject = PlainLine.of(String(subject.dropFirst(3)), limit: 150)
        }
        guard subject.isEmpty else { return "Re: \(subject)" }
        return message?.subjectLine ?? "Re:"
    }

    /// In-Reply-To and References (RFC 5322 §3.6.4).
    private func appendThread(_ mail: AnsweredMail, to writer: inout HeaderWriter) {
        guard let answered = mail.messageID else { return }
        writer.append(.inReplyTo, HeaderValue(messageIDs: [answered]))
        var thread = mail.references.filter { $0 != answered }
        if thread.count >= Self.mostReferences {
            thread = [thread[0]] + thread.suffix(Self.mostReferences - 2)
        }
        writer.append(.references, HeaderValue(messageIDs: thread + [answered]))
    }
}
