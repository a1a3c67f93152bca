import CurlTransport
import Foundation
import Mail
import MailServers
import PortContracts
import Service
import Store
import Testing

@testable import postern

/// The real adapters, on a real database and real servers, keep what their ports promise.
@Suite(.serialized) struct AdaptersKeepTheirPortsTests {
    @Test("the store keeps the journal's promises", arguments: journalContract)
    func journal(_ contract: Contract<any Journal>) async throws {
        try await Workshop.with { shop in
            try await contract.check(try Store(path: shop.path("postern.db")))
        }
    }

    @Test("the store keeps the outbox's promises", arguments: outboxContract)
    func outbox(_ contract: Contract<any Journal & Outbox>) async throws {
        try await Workshop.with { shop in
            try await contract.check(try Store(path: shop.path("postern.db")))
        }
    }

    @Test("the store keeps the promises about waiting requests", arguments: waitingContract)
    func waiting(_ contract: Contract<any WaitingRequests>) async throws {
        try await Workshop.with { shop in
            let store = try Store(path: shop.path("postern.db"))
            _ = try await store.importRegistry(text: waitingRegistry, actor: "test", at: contractMoment)
            try await contract.check(store)
        }
    }

    @Test("a session on Dovecot keeps the mailbox's promises")
    func mailbox() async throws {
        for contract in mailboxContract {
            try await RealServers.run { servers in
                try await servers.deliver(contractMails)
                var settings = try IMAPSettings(
                    url: "imaps://localhost:\(try servers.value("IMAPS_PORT"))/INBOX",
                    user: try servers.value("USER_NAME"), credential: .password(try password(of: servers)))
                settings.caFile = try servers.value("CA_FILE")
                let session = try await IMAPConnector(settings: settings).connect()
                try await contract.check(session)
                await session.close()
            }
        }
    }

    @Test("submission to smtp-sink keeps the submission's promises")
    func submission() async throws {
        try await RealServers.run { servers in
            let url = "smtp://127.0.0.1:\(try servers.value("SMTP_PORT"))"
            let submission = SMTPSubmission(settings: try SMTPSettings(url: url, allowPlaintext: true))
            for contract in submissionContract { try await contract.check(submission) }
            await submission.close()
        }
    }

    private func password(of servers: RealServers) throws -> Secret {
        let text = try String(contentsOfFile: try servers.value("PASSWORD_FILE"), encoding: .utf8)
        return Secret(text.trimmingCharacters(in: .newlines))
    }
}
