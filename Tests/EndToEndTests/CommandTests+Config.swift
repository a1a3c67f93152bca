import Foundation
import Testing

/// `postern config`: what can be wrong with settings, and what wins over what.
@Suite struct ConfigCommandTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        /// The whole file; `@` alone stands for good settings.
        let yaml: String
        var environment: [String: String] = [:]
        let status: Int32
        /// What standard error says, without the program's name; `%F` stands for the file of settings.
        let line: String?
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "good settings", yaml: "@", status: 0, line: nil),
        Case(
            name: "not YAML", yaml: "support: [a\n", status: 2,
            line: "%F:2: is no YAML: did not find expected ',' or ']'"),
        Case(
            name: "a list instead of keys", yaml: "- a\n", status: 2,
            line: "%F: must hold keys and values (key: value)"),
        Case(
            name: "a key twice", yaml: "store: {path: a}\nstore: {path: b}\n", status: 2,
            line: "%F:1: a key stands there twice: store"),
        Case(
            name: "a number where a text must stand is a text", yaml: "@", environment: ["POSTERN_MAILBOX_USER": "17"],
            status: 0, line: nil),
        Case(
            name: "a word where a number must stand", yaml: "@", environment: ["POSTERN_MAILBOX_POLL_SECONDS": "soon"],
            status: 2, line: "POSTERN_MAILBOX_POLL_SECONDS: mailbox.poll_seconds must be a whole number from 1 to 86400"
        ),
        Case(
            name: "a number out of its range", yaml: "@", environment: ["POSTERN_SUBMISSION_CONNECTIONS": "0"],
            status: 2,
            line: "POSTERN_SUBMISSION_CONNECTIONS: submission.connections must be a whole number from 1 to 32"),
        Case(
            name: "a word that is none of the choices", yaml: "@", environment: ["POSTERN_TRUST_POLICY": "maybe"],
            status: 2, line: "POSTERN_TRUST_POLICY: trust.policy must be one of require, hold-only"),
        Case(
            name: "a list where a text must stand", yaml: "mailbox:\n  url: [a, b]\n", status: 2,
            line: "%F:2: mailbox.url must be text"),
        Case(
            name: "an address that is none", yaml: "@", environment: ["POSTERN_SUPPORT_ADDRESSES": "support"],
            status: 2,
            line:
                "POSTERN_SUPPORT_ADDRESSES: support.addresses 'support' is not a plain mail address (local@domain, ASCII)"
        ),
        Case(
            name: "another scheme", yaml: "@", environment: ["POSTERN_MAILBOX_URL": "https://imap.traces.example"],
            status: 2,
            line:
                "POSTERN_MAILBOX_URL: mailbox.url can't be used: the server's URL is unusable: its scheme is neither imaps nor imap; write it as imaps://host[:port]/…"
        ),
        Case(
            name: "a password in an address, which is not repeated", yaml: "@",
            environment: ["POSTERN_MAILBOX_URL": "imaps://me:hunter2@imap.traces.example"], status: 2,
            line:
                "POSTERN_MAILBOX_URL: mailbox.url can't be used: the server's URL is unusable: user and password have settings of their own; write it as imaps://host[:port]/…"
        ),
        Case(
            name: "a user without a password", yaml: "@", environment: ["POSTERN_SUBMISSION_PASSWORD_FILE": ""],
            status: 2,
            line:
                "POSTERN_SUBMISSION_PASSWORD_FILE: submission.password_file is not set (nor submission.token_command), but submission.user is"
        ),
        Case(
            name: "a line end in the display name", yaml: "@",
            environment: ["POSTERN_SUPPORT_DISPLAY_NAME": "A\r\nBcc: b"],
            status: 2,
            line: "POSTERN_SUPPORT_DISPLAY_NAME: support.display_name must be one line of at most 200 bytes"),
    ]

    @Test("Each fault is told in one line with its place", arguments: cases)
    func fault(_ test: Case) async throws {
        try await Workshop.with { shop in
            let file = try shop.settings()
            if test.yaml != "@" { try shop.write("postern.yaml", test.yaml) }
            let result = try await Program.run(["config", "check", "--config", file], environment: test.environment)
            #expect(result.status == test.status)
            let wanted = test.line.map { ["postern: " + $0.replacing("%F", with: file)] } ?? []
            #expect(result.errorLines == wanted)
            #expect(!(result.output + result.errors).contains("hunter2"))
        }
    }

    @Test func `Every fault is listed and standard error counts them`() async throws {
        try await Workshop.with { shop in
            let file = try shop.write("empty.yaml", "")
            let result = try await Program.run(["config", "check", "--config", file])
            #expect(result.status == 2)
            #expect(
                result.lines == [
                    "error: \(file): support.addresses is not set", "error: \(file): mailbox.url is not set",
                    "error: \(file): submission.url is not set", "error: \(file): trust.authserv_id is not set",
                ])
            #expect(result.errorLines == ["postern: \(file): support.addresses is not set (and 3 more)"])
        }
    }

    @Test func `A typing error in a key is a warning with the likely key`() async throws {
        try await Workshop.with { shop in
            let file = try shop.settings("replys:\n  limits: {per_day: 3}\nlog: text\n")
            let result = try await Program.run(
                ["config", "check", "--config", file], environment: ["POSTERN_STOR_PATH": "/x"])
            #expect(result.status == 1)
            #expect(
                result.lines == [
                    "warning: \(file):16: there is no setting 'replys.limits.per_day'; did you mean 'replies.limits.per_day'?",
                    "warning: \(file):17: there is no setting 'log'; it holds keys of its own, such as log.format",
                    "warning: POSTERN_STOR_PATH: there is no such setting; did you mean 'POSTERN_STORE_PATH'?",
                ])
            #expect(result.errors.isEmpty)
        }
    }

    @Test func `A password file that others may read is a warning`() async throws {
        try await Workshop.with { shop in
            let file = try shop.settings()
            let password = try shop.write("mail.password", "correct horse\n", mode: 0o644)
            let result = try await Program.run(["config", "check", "--config", file, "--json"])
            #expect(result.status == 1)
            #expect(
                result.lines.first
                    == #"{"grade":"warning","place":"\#(password)","problem":"mailbox.password_file: others than its owner may use this file (mode 644); chmod 600"}"#
            )
        }
    }

    @Test func `The environment wins over the file and the file over the default`() async throws {
        try await Workshop.with { shop in
            let file = try shop.settings("log:\n  level: debug\n")
            let result = try await Program.run(
                ["config", "show", "--json", "--config", file],
                environment: [
                    "POSTERN_STORE_PATH": "/srv/p.db", "POSTERN_SUPPORT_ADDRESSES": "a@b.example, c@d.example",
                ])
            #expect(result.status == 0)
            let wanted = [
                #"{"key":"support.addresses","value":["a@b.example","c@d.example"],"from":"POSTERN_SUPPORT_ADDRESSES","variable":"POSTERN_SUPPORT_ADDRESSES"}"#,
                #"{"key":"store.path","value":"/srv/p.db","from":"POSTERN_STORE_PATH","variable":"POSTERN_STORE_PATH"}"#,
                #"{"key":"log.level","value":"debug","from":"\#(file):16","variable":"POSTERN_LOG_LEVEL"}"#,
                #"{"key":"mailbox.poll_seconds","value":60,"from":"default","variable":"POSTERN_MAILBOX_POLL_SECONDS"}"#,
                #"{"key":"mailbox.ca_file","value":null,"from":"not set","variable":"POSTERN_MAILBOX_CA_FILE"}"#,
            ]
            for line in wanted { #expect(result.lines.contains(line)) }
        }
    }

    @Test func `What is shown holds no secret, also one in a wrong place`() async throws {
        try await Workshop.with { shop in
            let file = try shop.settings()
            let result = try await Program.run(
                ["config", "show", "--config", file],
                environment: [
                    "POSTERN_MAILBOX_URL": "imaps://me:hunter2@imap.traces.example",
                    "POSTERN_MAILBOX_TOKEN_COMMAND": "/usr/bin/token,--refresh,hunter2",
                ])
            #expect(result.output.contains("imaps://<secret>@imap.traces.example"))
            #expect(result.output.contains("/usr/bin/token, <arguments>"))
            #expect(!(result.output + result.errors).contains("hunter2"))
            #expect(!(result.output + result.errors).contains("correct horse"))
        }
    }

    @Test func `A file of settings that was asked for must be there`() async throws {
        try await Workshop.with { shop in
            let missing = shop.path("none.yaml")
            let result = try await Program.run(["config", "show", "--config", missing])
            #expect(result.status == 2)
            #expect(result.errorLines == ["postern: \(missing): no such file of settings"])
        }
    }
}
