import LookAlikes
package import Mail

/// A whole registry in memory, for checking mails without a database. Immutable once built.
package struct RegistryIndex: Sendable {
    private var accounts: [AccountID: Account] = [:]
    private var accountsByMailbox: [EmailAddress: [AccountID]] = [:]
    private var operators: [OperatorID: Operator] = [:]
    private var authorities: [AuthorityID: Authority] = [:]
    private var requests: [AccountID: [RoleRequest]] = [:]
    private var roles: [AccountID: [RoleGrant]] = [:]
    private var mandates: [AccountID: [Mandate]] = [:]
    private var delegations: [String: [Delegation]] = [:]
    private var eoris: [String: EORI] = [:]
    /// Domains of mailboxes, by how they look (``DomainLook/key``).
    private var domains: [String: [String]] = [:]
    private var names: RegistryNames
    /// Every FMSCA authority, by id.
    private let competentAuthorities: [Authority]

    /// Of entries with the same key the last one counts.
    package init(entries: some Sequence<RegistryEntry>) {
        var unique: [RegistryEntry.EntityType: [String: RegistryEntry]] = [:]
        for entry in entries { unique[entry.type, default: [:]][entry.key] = entry }
        let sorted = unique.values.flatMap { $0.sorted { $0.key < $1.key }.map(\.value) }
        var organisations: [String] = []
        for domain in Set(sorted.flatMap(\.mailDomains)) {
            domains[DomainLook.key(of: domain), default: []].append(domain)
        }
        for entry in sorted {
            switch entry {
            case .account(let it):
                accounts[it.id] = it
                for mailbox in Set([it.mailbox] + it.formerMailboxes.map(\.address)) {
                    accountsByMailbox[mailbox, default: []].append(it.id)
                }
            case .operator(let it):
                operators[it.id] = it
                organisations.append(it.name)
            case .authority(let it):
                authorities[it.id] = it
                organisations.append(it.name)
            case .request(let it): requests[it.account, default: []].append(it)
            case .role(let it): roles[it.account, default: []].append(it)
            case .mandate(let it): mandates[it.account, default: []].append(it)
            case .delegation(let it): delegations[it.economicOperator, default: []].append(it)
            case .eori(let it): eoris[it.number] = it
            }
        }
        names = RegistryNames(organisations)
        competentAuthorities = authorities.values.filter { $0.role == .memberStateCompetentAuthority }
            .sorted { $0.id < $1.id }
    }

    /// What a mail from `sender` is judged against. For somebody unknown nothing but the competent authorities and whom
    /// the sender may be taken for.
    package func view(for sender: EmailAddress?) -> RegistryView {
        var view = RegistryView(competentAuthorities: competentAuthorities)
        guard let sender else { return view }
        guard let ids = accountsByMailbox[sender] else {
            view.neighbours = neighbours(of: sender)
            return view
        }
        view.accounts = ids.compactMap { accounts[$0] }
        view.requests = ids.flatMap { requests[$0] ?? [] }
        view.roles = ids.flatMap { roles[$0] ?? [] }
        view.mandates = ids.flatMap { mandates[$0] ?? [] }
        for request in view.requests {
            if let id = request.operatorID, let it = operators[id] { view.operators[id] = it }
            if let id = request.authorityID, let it = authorities[id] { view.authorities[id] = it }
        }
        for name in Set(view.operators.values.map(\.name) + view.authorities.values.map(\.name)) {
            let longer = names.longer(than: name)
            if !longer.isEmpty { view.longerNames[name] = longer }
        }
        let economicOperators = view.economicOperators
        view.delegations = economicOperators.flatMap { delegations[$0] ?? [] }
        view.eoris = view.namedEORIs.compactMap { eoris[$0] }
        return view
    }

    private func neighbours(of sender: EmailAddress) -> [Neighbour] {
        let search = NeighbourSearch(for: sender)
        return search.chosen(from: search.keys.flatMap { domains[$0] ?? [] }).map { domain in
            let accounts = EmailAddress(search.mailbox(at: domain)).flatMap { mailbox in
                accountsByMailbox[mailbox]?.filter { self.accounts[$0]?.mailbox == mailbox }
            }
            return Neighbour(domain: domain, account: accounts?.min())
        }
    }

    /// The competent authorities (FMSCA) of one country, by id.
    package func competentAuthorities(of country: String) -> [Authority] {
        competentAuthorities.filter { $0.country == country }
    }
}

extension RegistryView {
    /// EORI numbers of the economic operators that the mandates and requests concern, sorted: whose delegations count.
    package var economicOperators: [String] {
        Set(operators.values.flatMap(\.eoris) + mandates.map(\.economicOperator)).sorted()
    }

    /// Every EORI number that operators, mandates and delegations name, sorted.
    package var namedEORIs: [String] {
        var numbers = Set(economicOperators)
        numbers.formUnion(mandates.compactMap(\.representative))
        numbers.formUnion(delegations.map(\.economicOperator))
        numbers.formUnion(delegations.compactMap(\.representative))
        return numbers.sorted()
    }
}
