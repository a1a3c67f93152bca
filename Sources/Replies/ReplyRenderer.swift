package import Judging
package import Mail

package import struct Foundation.Date

/// Makes finished mails of decisions: multipart/alternative (RFC 2046 §5.1.4) with text and HTML, 7-bit, strict CRLF.
///
/// The bytes follow from decision, seed and date alone.
package struct ReplyRenderer: Sendable {
    /// Makes and recognises the replies' Message-IDs.
    package let messageIDs: ReplyMessageIDs
    private let settings: ReplySettings
    private let wordings: [String: Wording]
    private let english: Wording
    private let layout: ReplyLayout

    /// How many Message-IDs a References field holds: the first of the thread and the newest.
    private static let mostReferences = 20

    /// Throws when a template or a wording can't be used, when English is missing, or when the key is too short.
    package init(settings: ReplySettings, wordings: [Wording], templates: ReplyTemplates) throws(ReplyError) {
        messageIDs = try ReplyMessageIDs(key: settings.hmacKey, domain: settings.messageIDDomain)
        var byLanguage: [String: Wording] = [:]
        for wording in wordings {
            try wording.check()
            byLanguage[wording.language] = wording
        }
        guard let english = byLanguage["en"] else {
            throw .unusableWording(language: "en", key: "language", reason: "the English wording is missing")
        }
        self.settings = settings
        self.wordings = byLanguage
        self.english = english
        layout = try ReplyLayout(templates)
    }

    /// The finished mail. `seed` tells the decision from all others; the Message-ID follows from it alone. Throws
    /// when the decision answers nobody, or would answer the support mailbox itself.
    package func compose(_ decision: Decision, seed: String, at now: Date) throws -> OutboundMail {
        guard let plan = decision.reply, decision.verdict.replies else {
            throw ReplyError.nothingToSay(decision.verdict)
        }
        guard plan.recipient != settings.supportAddress, !settings.supportAddresses.contains(plan.recipient) else {
            throw ReplyError.recipientIsSupport(plan.recipient)
        }
        let wording = wordings[decision.language] ?? english
        let facts = ReplyFacts(decision, plan: plan, wording: wording, settings: settings)
        let skeleton = layout.skeleton(for: facts.shape, in: wording)

        let token = messageIDs.token(for: seed)
        let messageID = try messageIDs.id(token: token)
        // Quoted-printable never has "=_", so no part can hold the boundary (RFC 2045 §6.7 (5)).
        let boundary = "=_postern_\(token)"

        var writer = header(decision, plan, wording, now)
        writer.append("Message-ID", HeaderValue(messageIDs: [messageID]))
        appendThread(plan, to: &writer)
        writer.append("Auto-Submitted", HeaderValue(fixed: "auto-replied"))
        writer.append("X-Auto-Response-Suppress", HeaderValue(fixed: "All"))
        writer.append("X-Loop", HeaderValue(address: settings.supportAddress))
        writer.append("Content-Language", HeaderValue(fixed: wording.language))
        writer.append("MIME-Version", HeaderValue(fixed: "1.0"))
        writer.append("Content-Type", HeaderValue(fixed: "multipart/alternative; boundary=\"\(boundary)\""))

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
            messageID: messageID, envelopeFrom: settings.envelopeFrom, recipients: [plan.recipient], bytes: bytes)
    }

    private func header(_ decision: Decision, _ plan: ReplyPlan, _ wording: Wording, _ now: Date) -> HeaderWriter {
        var writer = HeaderWriter()
        writer.append("Date", HeaderValue(fixed: InternetDate.text(of: now)))
        writer.append(
            "From", HeaderValue(displayName: settings.displayName, address: settings.supportAddress))
        writer.append("To", HeaderValue(address: plan.recipient))
        writer.append("Subject", HeaderValue(unstructured: Self.subject(decision.verdict, plan, wording)))
        return writer
    }

    /// `Re:` and what the mail's subject was, once; where it had none, what the verdict says.
    private static func subject(_ verdict: Verdict, _ plan: ReplyPlan, _ wording: Wording) -> String {
        var subject = PlainLine.of(plan.subject, limit: 150)
        while subject.prefix(3).asciiLowercased == "re:" {
            subject = PlainLine.of(String(subject.dropFirst(3)), limit: 150)
        }
        guard subject.isEmpty else { return "Re: \(subject)" }
        return wording.verdicts[verdict.rawValue]?.subject.words ?? "Re:"
    }

    /// In-Reply-To and References (RFC 5322 §3.6.4).
    private func appendThread(_ plan: ReplyPlan, to writer: inout HeaderWriter) {
        guard let answered = plan.inReplyTo else { return }
        writer.append("In-Reply-To", HeaderValue(messageIDs: [answered]))
        var thread = plan.references.filter { $0 != answered }
        if thread.count >= Self.mostReferences {
            thread = [thread[0]] + thread.suffix(Self.mostReferences - 2)
        }
        writer.append("References", HeaderValue(messageIDs: thread + [answered]))
    }
}
