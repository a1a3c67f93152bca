/// The part of the registry that one mail is judged against: values, read at one moment.
package struct RegistryView: Sendable {
    /// The accounts whose mailbox, or former mailbox, the sender's address is.
    package var accounts: [Account]
    /// All role requests of those accounts, pending or not.
    package var requests: [RoleRequest]
    /// The operators that those requests name.
    package var operators: [OperatorID: Operator]
    /// The authorities that those requests name.
    package var authorities: [AuthorityID: Authority]
    /// Roles of those accounts.
    package var roles: [RoleGrant]
    /// Every FMSCA authority of every country.
    package var competentAuthorities: [Authority]
    /// By name of an organisation in `operators` or `authorities`: other registered names that contain it.
    package var longerNames: [String: [String]]
    /// Mandates of those accounts.
    package var mandates: [Mandate]
    /// Delegations of the economic operators that those mandates or requests concern.
    package var delegations: [Delegation]
    /// EORI numbers that those operators, mandates and delegations name.
    package var eoris: [EORI]
    /// Domains that may be taken for the sender's, where no account has its mailbox; the sender's own where it is known.
    package var neighbours: [Neighbour]
    /// The thread that the mail answers in, when it answers a mail of ours.
    package var thread: ThreadContext?

    package init(
        accounts: [Account] = [], requests: [RoleRequest] = [], operators: [OperatorID: Operator] = [:],
        authorities: [AuthorityID: Authority] = [:], roles: [RoleGrant] = [], competentAuthorities: [Authority] = [],
        longerNames: [String: [String]] = [:], mandates: [Mandate] = [], delegations: [Delegation] = [],
        eoris: [EORI] = [], neighbours: [Neighbour] = [], thread: ThreadContext? = nil
    ) {
        self.accounts = accounts
        self.requests = requests
        self.operators = operators
        self.authorities = authorities
        self.roles = roles
        self.competentAuthorities = competentAuthorities
        self.longerNames = longerNames
        self.mandates = mandates
        self.delegations = delegations
        self.eoris = eoris
        self.neighbours = neighbours
        self.thread = thread
    }
}

/// What is known from earlier mails of the thread that a mail answers in.
package struct ThreadContext: Sendable, Hashable {
    /// The request that our reply in the thread was about.
    package let request: RoleRequestID?
    /// What the same trusted sender said earlier in it. From, To and Cc never carry over.
    package let earlier: EarlierFacts

    package init(request: RoleRequestID?, earlier: EarlierFacts) {
        self.request = request
        self.earlier = earlier
    }
}

/// Facts of the rules `kind` and `names` that a mail gave.
package struct EarlierFacts: Sendable, Hashable, Codable {
    package var kind = false
    package var firstName = false
    package var lastName = false
    package var organisation = false

    package init(kind: Bool = false, firstName: Bool = false, lastName: Bool = false, organisation: Bool = false) {
        self.kind = kind
        self.firstName = firstName
        self.lastName = lastName
        self.organisation = organisation
    }

    package func union(_ other: Self) -> Self {
        Self(
            kind: kind || other.kind, firstName: firstName || other.firstName,
            lastName: lastName || other.lastName, organisation: organisation || other.organisation)
    }
}
