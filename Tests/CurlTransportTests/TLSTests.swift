import CurlTransport
import Foundation
import Mail
import MailServers
import Testing

/// Servers that somebody else has put in the way: no password is said to any of them.
@Suite(.enabled(if: RealServers.areInstalled), .serialized)
struct `A server that is not to be trusted` {
    /// A folder with a CA and certificates of it and of others, for one test.
    private func withCertificates(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await ScriptServer.call(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Test CA", "-addext",
                "basicConstraints=critical,CA:TRUE", "-keyout", "\(folder.path)/ca.key", "-out",
                "\(folder.path)/ca.pem",
            ])
        try await ScriptServer.call("certificates.sh", [folder.path])
        try await body(folder.path)
    }

    /// What comes of connecting and logging in by one scheme, and what the server was told.
    private func told(
        _ scheme: String, _ folder: String, certificate: String = "good", _ options: [String] = []
    ) async throws -> (fault: TransportFault?, lines: [String]) {
        let log = "\(folder)/log-\(UUID().uuidString)"
        let isIMAP = scheme.hasPrefix("imap")
        let implicit = scheme.hasSuffix("s") ? ["--implicit"] : []
        let arguments =
            ["--protocol", isIMAP ? "imap" : "smtp", "--tls", "\(folder)/\(certificate)", "--log", log] + implicit
            + options
        return try await ScriptServer.run("tls-server.py", arguments) { port in
            let url = "\(scheme)://localhost:\(port)"
            var fault: TransportFault?
            do {
                if isIMAP {
                    var settings = try IMAPSettings(url: url, user: "u", credential: .password("s3cret"))
                    settings.caFile = "\(folder)/ca.pem"
                    settings.commandDeadline = .seconds(10)
                    await (try IMAPConnector(settings: settings).connect()).close()
                } else {
                    var settings = try SMTPSettings(url: url, user: "u", credential: .password("s3cret"))
                    settings.caFile = "\(folder)/ca.pem"
                    settings.responseTimeout = .seconds(10)
                    _ = try await SMTPSubmission(settings: settings).probe()
                }
            } catch {
                fault = error as? TransportFault
            }
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
            return (fault, lines)
        }
    }

    private static let schemes = ["imaps", "imap", "smtps", "smtp"]

    private func logins(_ lines: [String]) -> [String] { lines.filter { $0.contains("AUTH") || $0.contains("LOGIN ") } }

    @Test func `whose certificate does not hold is told nothing, by any scheme`() async throws {
        try await withCertificates { folder in
            for scheme in Self.schemes {
                let good = try await told(scheme, folder)
                #expect(good.fault == nil, "\(scheme)")
                #expect(logins(good.lines).count == 1 && logins(good.lines).allSatisfy { $0.hasPrefix("tls ") })
                for certificate in ["expired", "future", "wrong-host", "self-signed", "other-ca"] {
                    let bad = try await told(scheme, folder, certificate: certificate)
                    #expect(
                        bad.fault?.kind == .certificate, "\(scheme) \(certificate): \(String(describing: bad.fault))")
                    #expect(bad.fault?.hint?.contains("ca_file") == true)
                    #expect(logins(bad.lines).isEmpty, "\(scheme) \(certificate)")
                }
            }
        }
    }

    @Test func `that speaks TLS 1.0 or 1.1 alone is told nothing`() async throws {
        try await withCertificates { folder in
            for scheme in ["imaps", "smtp"] {
                for (version, holds) in [("TLSv1", false), ("TLSv1_1", false), ("TLSv1_2", true), ("TLSv1_3", true)] {
                    let result = try await told(scheme, folder, ["--version", version])
                    #expect((result.fault == nil) == holds, "\(scheme) \(version): \(String(describing: result.fault))")
                    #expect(logins(result.lines).isEmpty != holds, "\(scheme) \(version)")
                }
            }
        }
    }

    /// The words behind the yes to STARTTLS came over the open line, from whoever sits there.
    @Test(arguments: [
        ("imap", #"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK [ALERT] evil\r\n"#),
        ("imap", #"* OK evil\r\n"#),
        ("smtp", #"250-evil.example\r\n250 AUTH PLAIN\r\n235 in\r\n"#),
        ("smtp", #"250 evil\r\n"#),
    ])
    func `that speaks on behind its yes to STARTTLS is believed nothing`(
        _ scheme: String, _ injected: String
    ) async throws {
        try await withCertificates { folder in
            let result = try await told(scheme, folder, ["--inject", injected])
            #expect(result.fault != nil)
            #expect(result.fault?.description.contains("evil") == false)
            #expect(logins(result.lines).isEmpty)
        }
    }

    @Test(
        arguments: [
            ("* PREAUTH welcome\r\n", [:]),
            ("* OK ready\r\n", ["STARTTLS": "TAG NO not today\r\n"]),
            ("* OK ready\r\n", ["STARTTLS": "TAG BAD what\r\n"]),
            ("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n", [:]),
        ] as [(String, [String: String])])
    func `that gives no STARTTLS over IMAP is told no password`(
        _ greeting: String, _ answers: [String: String]
    ) async throws {
        let server = FakeIMAP(
            greeting: greeting,
            capabilities: answers.isEmpty ? "IMAP4rev1 AUTH=PLAIN" : "IMAP4rev1 STARTTLS AUTH=PLAIN",
            behaviours: answers.mapValues { [.answer($0)] })
        try await server.run { connector, log in
            let settings = try IMAPSettings(
                url: "imap://127.0.0.1:\(connector.settings.address.port)", user: "u", credential: .password("p"))
            let fault = await #expect(throws: TransportFault.self) {
                try await IMAPConnector(settings: settings).connect()
            }
            #expect(fault?.kind == .setup)
            #expect(logins(log.all).isEmpty)
        }
    }

    @Test(
        arguments: [
            (["AUTH PLAIN"], [:]),
            (["STARTTLS", "AUTH PLAIN"], ["STAR": "454 not today\r\n"]),
            (["STARTTLS", "AUTH PLAIN"], ["STAR": "502 what\r\n"]),
        ] as [([String], [String: String])])
    func `that gives no STARTTLS over SMTP is told no password and no mail`(
        _ capabilities: [String], _ answers: [String: String]
    ) async throws {
        let server = FakeSMTP(behaviours: answers.mapValues { [.answer($0)] }, capabilities: capabilities)
        try await server.run { submission, log in
            let settings = try SMTPSettings(
                url: "smtp://127.0.0.1:\(submission.settings.address.port)", user: "u", credential: .password("p"))
            let outcome = await SMTPSubmission(settings: settings).send(try outbound())
            #expect(outcome == .retry(answer: outcome.answer))
            #expect(log.all.filter { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") }.isEmpty)
        }
    }

    @Test func `that forbids LOGIN and offers nothing else is told no password`() async throws {
        try await FakeIMAP(capabilities: "IMAP4rev1 LOGINDISABLED").run { connector, log in
            let fault = await #expect(throws: TransportFault.self) { try await connector.connect() }
            #expect(fault?.kind == .login)
            #expect(logins(log.all).isEmpty)
        }
    }

    @Test(arguments: [
        "mail.example.org", "127.0.0.1.example.org", "localhost.example.org", "localhost.", "127.1", "0x7f.0.0.1",
        "0.0.0.0",
        "10.0.0.1", "[::ffff:127.0.0.1]", "[fe80::1]", "ip6-localhost",
    ])
    func `is never spoken to in the open unless its name says loopback`(_ host: String) throws {
        let address = try IMAPSettings(
            url: "imap://\(host)/INBOX", user: "u", credential: .password("p"), allowPlaintext: true
        ).address
        #expect(address.security == .requiredStartTLS)
    }
}
