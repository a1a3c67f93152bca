import GRDB
import LookAlikes
import Mail
import Registry

extension RegistryTables {
    /// How far a circle of delegations is followed, and over how many representatives at most.
    private static let longestCircle = 8
    private static let mostFollowed = 1_000

    /// What is doubtful about an entry beside what the registry holds, each in one sentence. It can be taken up all the
    /// same: TRACES may know why.
    func doubts(_ entry: RegistryEntry) throws -> [String] {
        switch entry {
        case .account(let it):
            let other: String? = try db.first(
                "SELECT id FROM account WHERE mailbox = ? AND id != ? ORDER BY id LIMIT 1",
                [it.mailbox.key, it.id.text]
            ) { $0[0] }
            return (other.map { ["the mailbox \(it.mailbox) is that of account '\($0)', too"] } ?? [])
                + (Self.doubt(about: it.mailbox).map { [$0] } ?? [])
        case .authority(let it):
            guard it.role == .memberStateCompetentAuthority, it.mailboxes.isEmpty else { return [] }
            return ["the competent authority has no mailbox: no mail can have it in Cc"]
        case .operator(let it):
            guard NameWords.mayBeLegalFormOnly(it.name), NameWords(it.name).isLegalFormOnly else { return [] }
            return ["the name '\(it.name)' is empty but for the legal form"]
        case .delegation(let it): return try circle(of: it).map { [$0] } ?? []
        case .request, .role, .eori, .mandate: return []
        }
    }

    /// Why mail from a mailbox is always held; nil where it is not.
    static func doubt(about mailbox: EmailAddress) -> String? {
        let domain = DomainName(mailbox.domain)
        return domain.fault.map {
            "mail from \(mailbox.localPart)@\(domain.description) is always held: \($0.explanation)"
        }
    }

    private func circle(of delegation: Delegation) throws -> String? {
        guard let representative = delegation.representative else { return nil }
        guard representative != delegation.economicOperator else {
            return "the representative is the economic operator itself"
        }
        let length: Int? = try db.first(
            """
            WITH RECURSIVE reached(number, steps) AS (
                SELECT ?1, 1
                UNION
                SELECT d.entry ->> '$.representative', r.steps + 1 FROM reached r
                CROSS JOIN delegation d ON d.economic_operator = r.number WHERE r.steps < ?3 LIMIT ?4
            )
            SELECT steps FROM reached WHERE number = ?2 ORDER BY steps LIMIT 1
            """, [representative, delegation.economicOperator, Self.longestCircle, Self.mostFollowed]
        ) { $0[0] }
        return length.map {
            "the delegation closes a circle: \($0) of them lead back to \(delegation.economicOperator)"
        }
    }
}
