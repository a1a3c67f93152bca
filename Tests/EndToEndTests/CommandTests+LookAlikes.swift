import Foundation
import Testing

/// `postern check --registry` on senders that may be taken for somebody of the registry.
@Suite struct LookAlikeCommandTests {
    private static let registry =
        CheckCommandTests.registry
            + """
            {"type":"account","id":"A-2","firstName":"Šime","lastName":"Šarić","mailbox":"sime@šuma.example","language":"hr"}
            {"type":"request","id":"R-2","account":"A-2","kind":"importer","operator":"OP-1","status":"requested","requestedAt":"2026-11-01T09:00:00Z"}

            """

    private func check(_ sender: String, _ options: [String], name: String = "Željko") async throws -> [String] {
        var lines: [String] = []
        try await Workshop.with { shop in
            let domain = try #require(sender.split(separator: "@").last)
            let mail = CheckCommandTests.mail(
                results: "dmarc=pass header.from=\(domain)",
                text: "Role request for a timber importer: \(name) Šarić, Drvo Sjever d.o.o."
            ).replacing("From: zeljko@drvo.example", with: "From: \(sender)")
            let result = try await Program.run(
                [
                    "check", "--registry", try shop.write("registry.jsonl", Self.registry), "--authserv-id",
                    "mx.traces.example", "--support", "support@traces.example",
                ] + options + ["-"], input: mail)
            #expect(result.status == 0)
            lines = result.lines
        }
        return lines
    }

    @Test(arguments: [
        ("zeljko@drv0.example", "unmatched", "sender.look-alike"),
        ("zeljko@drvo.example.evil.example", "unmatched", "sender.look-alike"),
        ("anybody@xn--drv-ina.example", "unmatched", "sender.look-alike"),
        ("zeljko@xn--drv-ued.example", "held", "sender.mixed-script"),
        ("zeljko@xn--zzzzzzz99999.example", "held", "sender.bad-idn"),
        ("zeljko@drvo2.example", "unmatched", "match.no-account"),
    ])
    func `A complete mail of a proven look-alike is a stranger's`(sender: String, verdict: String, reason: String)
        async throws
    {
        let line = try #require(try await check(sender, []).first)
        #expect(line.split(separator: " ").prefix(3) == ["-", Substring(verdict), Substring(reason)])
    }

    @Test func `Staff is told what it looks like, in both writings`() async throws {
        #expect(
            try await check("sime@xn--uma-bza.example", ["--explain"]).filter { $0.contains("rule from") }.map {
                $0.trimmingCharacters(in: .whitespaces)
            } == [
                "rule from: NOT met (sender.look-alike); seen: sime@xn--uma-bza.example, sime@śuma.example, its letters look the same (UTS 39); wanted: sime@xn--uma-zza.example (account A-2), sime@šuma.example"
            ])
    }

    @Test func `A mailbox that the registry writes in U-labels is the sender's in A-labels`() async throws {
        let line = try #require(try await check("sime@xn--uma-zza.example", [], name: "Šime").first)
        #expect(line.split(separator: " ") == ["-", "accepted", "ok", "R-2"])
    }
}
