import Foundation
import Testing

/// A mail as the receiving border hands it over, of whoever is told.
struct ArrivedMail {
    /// Proven by DMARC.
    var from: String
    var returnPath: String?
    var to = "support@traces.example"
    var cc: String?
    var subject: String
    var fields: [String] = []
    var body: String

    var text: String {
        let domain = from.split(separator: "@").last.map(String.init) ?? ""
        let header = [
            "Return-Path: <\(returnPath ?? from)>",
            "Authentication-Results: mx.traces.example; dmarc=pass header.from=\(domain)",
            "Received: from out.\(domain) by mx.traces.example with ESMTPS; Sun, 1 Nov 2026 10:00:00 +0000",
            "From: <\(from)>", "To: \(to)", cc.map { "Cc: \($0)" }, "Subject: \(subject)",
            "Message-ID: <\(UUID().uuidString)@\(domain)>", "Date: Sun, 1 Nov 2026 10:00:00 +0000",
            "MIME-Version: 1.0",
        ].compactMap(\.self)
        let types =
            fields.contains { $0.hasPrefix("Content-Type:") }
            ? [] : ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
        return (header + types + fields + ["", body, ""]).joined(separator: "\n").replacing("\n", with: "\r\n")
    }
}

/// A mail that the SMTP server took, as `smtp-sink` keeps it.
struct SentMail {
    let lines: [String]

    init(_ text: String) {
        lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
    }

    /// The value of a field, unfolded.
    func field(_ name: String) -> String? {
        guard let place = lines.firstIndex(where: { $0.lowercased().hasPrefix(name.lowercased() + ":") }) else {
            return nil
        }
        let more = lines[(place + 1)...].prefix { $0.hasPrefix(" ") || $0.hasPrefix("\t") }
        return ([String(lines[place].dropFirst(name.count + 1))] + more).joined()
            .trimmingCharacters(in: .whitespaces)
    }

    /// The text half as it stands, transfer encoding not undone.
    var text: [String] {
        let body = lines.drop { !$0.hasPrefix("Content-Transfer-Encoding: quoted-printable") }.dropFirst(2)
        return Array(body.prefix { !$0.hasPrefix("--=_") })
    }

    /// The mail itself, without what `smtp-sink` and the way there put before it.
    var bytes: String { lines.drop { !$0.hasPrefix("Date:") }.joined(separator: "\r\n") }
}

/// A program that answers each mail to one address.
struct AutoResponder: Sendable {
    let name: String
    let address: String
    let answer: @Sendable (SentMail) -> ArrivedMail
    /// The reasons of the verdicts on its mails, the first of a person; each that replies is one mail from us.
    let reasons: [String]
}

extension MailRoom {
    /// Delivers a first mail for each responder and lets them answer what Postern sends, until all are quiet or have
    /// written more than `patience` mails each. Returns what was sent to each, by address.
    func exchange(
        with responders: [AutoResponder], patience: Int = 8, first: (AutoResponder) -> ArrivedMail
    ) async throws -> [String: [SentMail]] {
        var delivered = 0
        var answered: Set<String> = []
        var due = responders.map(first)
        while !due.isEmpty, delivered < responders.count * patience {
            try await deliver(due.map(\.text))
            delivered += due.count
            let expected = delivered
            try await self.await("\(expected) mails have a verdict, and their replies are out") {
                let mails = try await json(["messages", "list"])
                guard mails.count == expected, mails.allSatisfy({ $0["verdict"] != "<null>" }) else { return false }
                return try await json(["outbox", "list"]).allSatisfy { $0["state"] == "sent" }
            }
            due = try received().map(SentMail.init).compactMap { mail in
                guard let id = mail.field("Message-ID"), answered.insert(id).inserted else { return nil }
                return responders.first { $0.address == mail.field("To") }?.answer(mail)
            }
        }
        return Dictionary(grouping: try received().map(SentMail.init)) { $0.field("To") ?? "" }
    }
}
