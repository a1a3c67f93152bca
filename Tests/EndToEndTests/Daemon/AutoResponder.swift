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

/// Answers every mail that Postern sends, into the support mailbox, until both are quiet.
struct AutoResponder {
    let room: MailRoom
    /// The answer to one of Postern's mails; nil for none.
    let answer: (SentMail) -> ArrivedMail?
    /// A loop that goes on for so many mails never stops.
    private let patience = 15

    /// Delivers a first mail and answers what comes of it. Returns the mails that Postern sent, in no certain order, and
    /// how many it got.
    func run(first: ArrivedMail, with daemon: Daemon) async throws -> (sent: [SentMail], delivered: Int) {
        var delivered = 1
        var answered: Set<String> = []
        try await room.deliver([first.text])
        while delivered < patience {
            let expected = delivered
            try await room.await("mail \(expected) has a verdict and its reply is out") {
                let status = try await room.json(["messages", "list"])
                let waiting = try await room.json(["outbox", "list"]).filter { $0["state"] != "sent" }
                return status.count == expected && status.allSatisfy { $0["verdict"] != "<null>" } && waiting.isEmpty
            }
            let fresh = try room.received().map(SentMail.init).filter { mail in
                mail.field("Message-ID").map { answered.insert($0).inserted } ?? false
            }
            let answers = fresh.compactMap(answer)
            if answers.isEmpty { break }
            try await room.deliver(answers.map(\.text))
            delivered += answers.count
        }
        return (try room.received().map(SentMail.init), delivered)
    }
}
