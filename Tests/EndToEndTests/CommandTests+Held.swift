import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

/// What staff see of held mail, and what they do to it.
@Suite struct HeldCommandTests {
    @Test func `Held mail is shown with why, what to do, what it claims and what is proven`() async throws {
        try await HeldMails.open { held in
            let shown = try await held.lines("messages", "show", "1")
            let wanted = [
                "verdict:        held", "reason:         authentication.missing", "verifiedBy:     -",
                "why: The receiving server wrote no Authentication-Results (RFC 8601 §4).",
                "what the mail claims:", "  From: zeljko@drvo.example", "  address in From: zeljko@drvo.example",
                "  name shown: none", "  Reply-To: <other@elsewhere.example>",
                "  Return-Path: <bounce1@elsewhere.example>", "what is proven:",
                "text (what is to be seen of the HTML):",
                "| Role request for a timber importer: Željko Šarić, Drvo Sjever d.o.o.",
                "| https://traces.example/login [leads to: https://evil.example/login] zeljko@drvo.example",
                "| bell fill\\u{3164}er",
            ]
            for line in wanted { #expect(shown.contains(line), "\(line) in \(shown.joined(separator: "\n"))") }
            let todo = try #require(shown.first { $0.hasPrefix("what to do: ") })
            #expect(todo.contains("'messages release 1 --as-verified --note …'"))
            #expect(shown.contains { $0.hasPrefix("  not proven: authentication.missing: ") })
            #expect(shown.contains { $0.hasPrefix("  border: field ") })
            #expect(shown.contains { $0.hasPrefix("attachment: form") && $0.contains("octets as sent; not opened)") })
            #expect(shown.contains("Subject: FLEGT role request 1 \\u{202e}"))
            #expect(!shown.joined().contains("unseen"))
            #expect(!shown.joined().contains("seen.png"))
            // Nothing that a terminal would act on.
            let scalars = shown.joined().unicodeScalars
            #expect(!scalars.contains { $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) || $0.value == 0x202e })

            let json = try #require(try await held.lines("messages", "show", "1", "--json").first)
            let object = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            #expect((object["why"] as? String)?.hasPrefix("The receiving server wrote no") == true)
            let evidence = try #require(object["evidence"] as? [String: Any])
            #expect(
                (evidence["claims"] as? [[String: String]])?.first == ["field": "From", "text": "zeljko@drvo.example"])
            #expect((evidence["proven"] as? [String])?.isEmpty == false)
            #expect((object["attachments"] as? [[String: Any]])?.first?["type"] as? String == "application/pdf")
            #expect(object["verifiedBy"] is NSNull)
        }
    }

    @Test func `A mail with several addresses in From says so, and nobody can vouch for it`() async throws {
        try await HeldMails.open { held in
            let shown = try await held.lines("messages", "show", "4")
            #expect(shown.contains("  From: zeljko@drvo.example, ana@drvo.example"))
            #expect(shown.contains("  address in From: none that is beyond doubt"))
            let refusals: [(arguments: [String], status: Int32, line: String)] = [
                (
                    ["--note", "x"], 2,
                    "postern: From of mail 4 is not plain: say with --sender whose mailbox it is, if it names only one"
                ),
                (
                    ["--note", "x", "--sender", "zeljko@drvo.example"], 1,
                    "postern: nobody can vouch that mail 4 is from zeljko@drvo.example: its From field names ana@drvo.example, zeljko@drvo.example"
                ),
                ([], 2, "postern: --as-verified needs --note: how do you know?"),
                (
                    ["--note", "two\nlines"], 2,
                    "postern: --note: must be one line of at most 2,000 bytes without control characters"
                ),
            ]
            for (arguments, status, line) in refusals {
                let result = try await Program.run(
                    ["messages", "release", "4", "--as-verified", "--config", held.settings] + arguments)
                #expect(result.status == status)
                #expect(result.errorLines == [line])
            }
            let other = try await Program.run([
                "messages", "release", "1", "--as-verified", "--note", "x", "--sender", "ana@drvo.example", "--config",
                held.settings,
            ])
            #expect(other.status == 1)
            #expect(other.errors.contains("its From field names zeljko@drvo.example"))
            #expect(try await held.lines("messages", "list", "--held", "--json").count == 4)
        }
    }

    @Test func `Nobody can vouch for the sender of a mailbox that no account has`() async throws {
        try await HeldMails.open { held in
            let change = [
                "account", "change", "A-1", "--mailbox", "new@drvo.example", "--note", "moved", "--config",
                held.settings,
            ]
            #expect(try await Program.run(change).status == 0)
            let result = try await Program.run([
                "messages", "release", "1", "--as-verified", "--note", "x", "--config", held.settings,
            ])
            #expect(result.status == 1)
            #expect(
                result.errorLines == [
                    "postern: no account has the mailbox zeljko@drvo.example, so there is nothing to vouch for; answer by hand"
                ])
        }
    }

    @Test func `Mail is refused and put aside once, with who and why`() async throws {
        try await HeldMails.open { held in
            #expect(
                try await held.lines("messages", "refuse", "3", "--note", "she did not write it", "--json")
                    == [#"{"id":3,"verdict":"refused","reason":"operator.refused"}"#])
            #expect(try await held.lines("messages", "ignore", "4") == ["mail 4 is ignored; nobody is answered"])
            for command in [["refuse", "3", "--note", "x"], ["ignore", "3"], ["release", "3"]] {
                let again = try await Program.run(["messages"] + command + ["--config", held.settings])
                #expect(again.status == 2)
                #expect(again.errorLines == ["postern: mail 3 is 'refused', not held"])
            }
            let list = try await held.field("reason", of: ["messages", "list"])
            #expect(
                list == ["authentication.missing", "authentication.missing", "operator.refused", "operator.ignored"])
            let unsettled = try await held.lines("messages", "list", "--json").map { $0.contains(#""settled":false"#) }
            #expect(unsettled == [false, false, true, true])
            let shown = try await held.lines("messages", "show", "3")
            #expect(shown.contains("why: An operator has refused the mail; nobody was answered."))
            #expect(shown.contains { $0.contains(" refused by user:") && $0.hasSuffix(": she did not write it") })
            let audit = try await held.lines("audit", "--json", "--subject", "message 3")
            #expect(
                audit.last?.contains(
                    #""action":"mail.refused","subject":"message 3","detail":{"note":"she did not write it"}"#) == true)
            #expect(
                audit.last?.contains("\"actor\":\"user:") == true && audit.last?.contains("(uid \(getuid()))") == true)
            #expect(try await held.lines("messages", "list", "--held", "--json").count == 2)
        }
    }

    @Test func `A proven sender needs nobody's word`() async throws {
        try await MailCommandTests.open { desk in
            let result = try await desk.run("messages", "release", "2", "--as-verified", "--note", "x")
            #expect(result.status == 2)
            #expect(result.errors.contains("the sender of mail 2 is proven"))
        }
    }

    @Test func `Every reason in the README has words, and every group a hint`() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
        let readme = try String(contentsOf: root, encoding: .utf8)
        let section = try #require(readme.split(separator: "\n## Reason codes\n").last?.split(separator: "\n## ").first)
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let codes = rows.flatMap { row -> [String] in
            let cell = row.split(separator: "|").first ?? ""
            return cell.split(separator: "`").map(String.init).filter { !$0.contains(" ") && $0 != "," }
        }
        #expect(codes.count > 140)
        let result = try await Program.run(["reasons", "--json"])
        var words: [String: [String: Any]] = [:]
        for line in result.lines {
            let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            words[object["code"] as? String ?? ""] = object
        }
        let missing = codes.filter { $0 != "structure.duplicate-…" && words[$0] == nil }
        #expect(missing == [])
        #expect(words.keys.filter { $0.hasPrefix("structure.duplicate-") }.count == 9)
        #expect(words.values.allSatisfy { ($0["explanation"] as? String)?.hasSuffix(".") == true })
        let silent = words.filter { ($0.value["hint"] as? String)?.isEmpty != false }.keys.sorted()
        #expect(silent == [])
        let one = try await Program.run(["reasons", "sender.two-fro"])
        #expect(one.status == 2)
        #expect(one.errorLines == ["postern: there is no reason 'sender.two-fro'; did you mean 'sender.two-from'?"])
    }
}
