import Mail
import PortContracts
import Registry
import Synchronization
import Testing

@testable import Service

/// The fakes that the services are tested with keep what their ports promise, as the real ones do.
@Suite struct FakesKeepTheirPortsTests {
    @Test("the journal in memory keeps the journal's promises", arguments: journalContract)
    func journal(_ contract: Contract<any Journal>) async throws { try await contract.check(MemoryStore()) }

    @Test("the outbox in memory keeps the outbox's promises", arguments: outboxContract)
    func outbox(_ contract: Contract<any Journal & Outbox>) async throws { try await contract.check(MemoryStore()) }

    @Test("the mailbox made of values keeps the mailbox's promises", arguments: mailboxContract)
    func mailbox(_ contract: Contract<any MailboxSession>) async throws {
        let mailbox = FakeMailbox([(1, 1), (2, 1), (3, 1)])
        mailbox.state.withLock { state in
            for listing in Array(state.mails.keys) {
                state.mails[listing] = RawMail(bytes: Array(contractMails[Int(listing.uid.number) - 1].utf8))
            }
        }
        try await contract.check(mailbox)
    }

    @Test("the requests in memory keep the promises about waiting", arguments: waitingContract)
    func waiting(_ contract: Contract<any WaitingRequests>) async throws {
        let requests = ["R-1", "R-2"].map {
            RoleRequest(
                id: RoleRequestID($0), account: AccountID("A-1"), kind: RoleRequest.Kind("importer"),
                operatorID: OperatorID("OP-1"), requestedAt: contractMoment)
        }
        let waiting = requests.map {
            WaitingRequest(request: $0.id, account: $0.account, since: contractMoment, remindedAt: nil)
        }
        try await contract.check(MemoryRequests(waiting, view: RegistryView(requests: requests)))
    }

    @Test("the submission that counts keeps the submission's promises", arguments: submissionContract)
    func submission(_ contract: Contract<any Submission>) async throws { try await contract.check(FakeSubmission()) }
}
