/// What the operator relies on to believe a sender.
package struct TrustSettings: Sendable, Hashable {
    /// `require`: authenticated senders are judged. `hold-only`: nobody is ever believed, every mail is held.
    package enum Policy: String, Sendable { case require, holdOnly = "hold-only" }

    /// How the receiving server writes its results down. Each profile but the first deviates from RFC 8601, and holds
    /// for the one border host that the settings name.
    package enum Profile: String, Sendable, CaseIterable {
        /// With its authserv-id, above its own Received (RFC 8601 §2.1, §5).
        case standard = "rfc8601"
        /// With its authserv-id, right below its own Received: so do milters that insert at index 1, under Postfix and
        /// Sendmail. What came with the mail may stand there, too; see ``TrustBoundary``.
        case milter
        /// Without an authserv-id, right above its own Received: so does Exchange Online.
        case exchangeOnline = "exchange-online"
    }

    /// Whether DMARC's pass must rest on a signature of the From domain itself.
    package enum DKIM: String, Sendable, CaseIterable {
        case ignore
        /// The border states dkim=pass for the From domain, and no signature of that domain leaves out From or the end
        /// of the text.
        case require
    }

    package var policy: Policy
    package var profile: Profile
    /// The receiving server's id in its Authentication-Results (RFC 8601 §2.5). May be empty with
    /// ``Profile/exchangeOnline`` only; elsewhere nobody is believed then.
    package var authservID: String
    /// The `by` host of the Received field that the receiving border writes. With ``Profile/exchangeOnline`` it may
    /// begin with `*.`, which stands for exactly one label.
    package var borderHost: String
    /// The receiving server writes a Return-Path into every mail, so one without it did not come from a person.
    package var writesReturnPath: Bool
    package var dkim: DKIM
    /// Domains whose ARC seals (RFC 8617) are believed when the border says that the chain holds; empty: none.
    package var arcSealers: Set<String>

    package init(
        policy: Policy = .require, profile: Profile = .standard, authservID: String, borderHost: String? = nil,
        writesReturnPath: Bool = false, dkim: DKIM = .ignore, arcSealers: [String] = []
    ) {
        self.policy = policy
        self.profile = profile
        self.authservID = authservID
        self.borderHost = borderHost ?? authservID
        self.writesReturnPath = writesReturnPath
        self.dkim = dkim
        self.arcSealers = Set(arcSealers.map(\.asHostName))
    }
}
