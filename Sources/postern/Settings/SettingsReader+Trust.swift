import Mail
import SenderTrust

extension SettingsReader {
    func trust() throws(SettingsProblem) -> TrustSettings {
        let profile = TrustSettings.Profile(rawValue: try text(.trustProfile)) ?? .standard
        let borderHost = try optional(.trustBorderHost)
        // Exchange Online names nobody in its results; all that ties them to it is its Received field.
        let isAnonymous = profile == .exchangeOnline
        if isAnonymous, borderHost == nil { throw missing(.trustBorderHost) }
        let authservID = try isAnonymous ? optional(.trustAuthservID) ?? "" : required(.trustAuthservID)
        for (key, name) in [(SettingKey.trustAuthservID, authservID), (.trustBorderHost, borderHost ?? "")] {
            guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
                throw problem(key, "must be a host name, as the receiving server writes it")
            }
        }
        if let borderHost { try checkWildcard(borderHost, isAllowed: isAnonymous) }
        return TrustSettings(
            policy: try text(.trustPolicy) == "hold-only" ? .holdOnly : .require, profile: profile,
            authservID: authservID, borderHost: borderHost, writesReturnPath: try flag(.trustWritesReturnPath),
            dkim: TrustSettings.DKIM(rawValue: try text(.trustDKIM)) ?? .ignore, arcSealers: try arcSealers())
    }

    /// `*.` stands for the one label that differs among Exchange Online's hosts, and for nothing else.
    private func checkWildcard(_ host: String, isAllowed: Bool) throws(SettingsProblem) {
        guard host.contains("*") else { return }
        let rest = host.dropFirst(2)
        guard isAllowed, host.hasPrefix("*."), !rest.contains("*"), rest.split(separator: ".").count >= 3 else {
            throw problem(
                .trustBorderHost,
                "may hold a * only as its first label, before three more, and with trust.profile: exchange-online")
        }
    }

    private func arcSealers() throws(SettingsProblem) -> [String] {
        var sealers: [String] = []
        for text in try list(.trustARCSealers) ?? [] {
            // A domain is what may stand behind the @ of an address.
            guard let domain = EmailAddress("arc@\(text)")?.domain else {
                throw problem(.trustARCSealers, "'\(text.visible)' is not a domain name")
            }
            sealers.append(domain)
        }
        return sealers
    }
}
