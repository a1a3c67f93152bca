import Foundation
import Testing

/// What `trust.*` may be, and what `postern check` makes of mails by it.
@Suite struct TrustCommandTests {
    /// Settings by their environment variables, and what `config check` says of them; `%F` stands for the file.
    struct Case: CustomTestStringConvertible {
        let environment: [String: String]
        let line: String?
        var testDescription: String { "\(environment)" }
    }

    static let cases = [
        Case(environment: ["POSTERN_TRUST_PROFILE": "milter", "POSTERN_TRUST_DKIM": "require"], line: nil),
        Case(environment: ["POSTERN_TRUST_ARC_SEALERS": "lists.example, gate.example"], line: nil),
        Case(
            environment: [
                "POSTERN_TRUST_PROFILE": "exchange-online", "POSTERN_TRUST_BORDER_HOST": "*.mail.guard.example",
            ],
            line: nil),
        Case(
            environment: [
                "POSTERN_TRUST_PROFILE": "exchange-online", "POSTERN_TRUST_AUTHSERV_ID": "",
                "POSTERN_TRUST_BORDER_HOST": "a.mail.guard.example",
            ], line: nil),
        Case(
            environment: ["POSTERN_TRUST_PROFILE": "exchange-online"], line: "%F: trust.border_host is not set"),
        Case(
            environment: ["POSTERN_TRUST_PROFILE": "exchange"],
            line: "POSTERN_TRUST_PROFILE: trust.profile must be one of rfc8601, milter, exchange-online"),
        Case(
            environment: ["POSTERN_TRUST_DKIM": "true"],
            line: "POSTERN_TRUST_DKIM: trust.dkim must be one of ignore, require"),
        Case(
            environment: ["POSTERN_TRUST_ARC_SEALERS": "lists.example,*.example"],
            line: "POSTERN_TRUST_ARC_SEALERS: trust.arc_sealers '*.example' is not a domain name"),
        Case(
            environment: ["POSTERN_TRUST_BORDER_HOST": "*.mail.guard.example"], line: wildcard),
        Case(
            environment: ["POSTERN_TRUST_PROFILE": "exchange-online", "POSTERN_TRUST_BORDER_HOST": "*.guard.example"],
            line: wildcard),
        Case(
            environment: [
                "POSTERN_TRUST_PROFILE": "exchange-online", "POSTERN_TRUST_BORDER_HOST": "a*.mail.guard.example",
            ],
            line: wildcard),
    ]

    private static let wildcard =
        "POSTERN_TRUST_BORDER_HOST: trust.border_host may hold a * only as its first label, before three more, and with "
        + "trust.profile: exchange-online"

    @Test("Each setting of trust is checked", arguments: cases)
    func setting(_ test: Case) async throws {
        try await Workshop.with { shop in
            let file = try shop.settings()
            let result = try await Program.run(["config", "check", "--config", file], environment: test.environment)
            #expect(result.status == (test.line == nil ? 0 : 2))
            #expect(result.errorLines == (test.line.map { ["postern: " + $0.replacing("%F", with: file)] } ?? []))
        }
    }

    /// Options of `check`, the lines on top of a right mail, and its verdict.
    struct Check: CustomTestStringConvertible {
        let options: [String]
        let top: [String]
        let verdict: String
        var testDescription: String { verdict + " " + options.joined(separator: " ") }
    }

    private static let border = "Received: from mail.drvo.example by mx.traces.example; x"
    private static let next = "Received: from pc by mail.drvo.example; x"
    private static let results = "Authentication-Results: mx.traces.example; "
    private static let bare =
        "Authentication-Results: spf=pass smtp.mailfrom=drvo.example;dmarc=pass action=none header.from=drvo.example"
    private static let seals = [
        "ARC-Seal: i=1; cv=none; d=lists.example; b=x", "ARC-Message-Signature: i=1; d=lists.example; h=from; b=x",
        "ARC-Authentication-Results: i=1; lists.example; dmarc=pass header.from=drvo.example",
    ]

    static let checks = [
        Check(
            options: [], top: [border, results + "dmarc=pass header.from=drvo.example", next],
            verdict: "held authentication.forged-field"),
        Check(
            options: ["--trust-profile", "milter"],
            top: [border, results + "dmarc=pass header.from=drvo.example", next],
            verdict: "accepted ok"),
        Check(options: [], top: [bare, border], verdict: "held authentication.missing"),
        Check(options: ["--trust-profile", "exchange-online"], top: [bare, border], verdict: "accepted ok"),
        Check(
            options: ["--trust-profile", "exchange-online"], top: [bare, border, bare],
            verdict: "held authentication.stray-field"),
        Check(
            options: ["--dkim", "require"], top: [results + "dmarc=pass header.from=drvo.example", border],
            verdict: "held authentication.dkim-missing"),
        Check(
            options: ["--dkim", "require"],
            top: [
                results + "dkim=pass header.d=drvo.example; dmarc=pass header.from=drvo.example", border,
                "DKIM-Signature: d=drvo.example; h=from; b=x",
            ], verdict: "accepted ok"),
        Check(
            options: [], top: [results + "dmarc=fail header.from=drvo.example; arc=pass", border] + seals,
            verdict: "refused authentication.dmarc-fail"),
        Check(
            options: ["--arc-sealer", "lists.example"],
            top: [results + "dmarc=fail header.from=drvo.example; arc=pass", border] + seals, verdict: "accepted ok"),
    ]

    @Test("An option of check stands for its setting", arguments: checks)
    func check(_ test: Check) async throws {
        try await Workshop.with { shop in
            let right = CheckCommandTests.mail().split(separator: "\n", omittingEmptySubsequences: false).map(
                String.init)
            let own = right.filter { !$0.hasPrefix("Received") && !$0.hasPrefix("Authentication-Results") }
            let mail = (test.top + own).joined(separator: "\n")
            let result = try await Program.run(try CheckCommandTests.options(shop) + test.options + ["-"], input: mail)
            #expect(result.status == 0)
            #expect(
                result.lines.first?.split(separator: " ").dropFirst().prefix(2).joined(separator: " ") == test.verdict)
        }
    }

    @Test func `A server without an id is named by its host alone`() async throws {
        try await Workshop.with { shop in
            let registry = try shop.write("registry.jsonl", CheckCommandTests.registry)
            let mail =
                ([Self.bare, "Received: from x by a.mail.guard.example; x"]
                + CheckCommandTests.mail().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                .filter { !$0.hasPrefix("Received") && !$0.hasPrefix("Authentication-Results") }).joined(
                    separator: "\n")
            let result = try await Program.run(
                [
                    "check", "--registry", registry, "--support", "support@traces.example", "--trust-profile",
                    "exchange-online", "--border-host", "*.mail.guard.example", "-",
                ], input: mail)
            #expect(result.lines.first?.contains("accepted") == true)
            #expect(result.errors.isEmpty)
        }
    }
}
