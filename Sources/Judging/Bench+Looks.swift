import LookAlikes
import Mail
import Registry

extension Bench {
    /// Whom the sender may be taken for: at most so many are named.
    private static var mostNamed: Int { 5 }

    /// Holds the mail of a sender whose domain is nobody's honest name, whether an account has it or not. DMARC proves the
    /// domain and says nothing of its looks. Nil where nothing is wrong with the name.
    func judgeDomain() -> Decision? {
        guard let fault = DomainName(sender.domain).fault else { return nil }
        let finding = Finding(.from, .fail, reason: fault.reason, seen: forms(of: sender) + [fault.explanation])
        return decision(.held, fault.reason, findings: [finding])
    }

    /// A decision about a stranger's mail, with the reason and a finding for staff where he may be taken for an account, for
    /// an authority or for us. What becomes of the mail is the same as for any stranger, so that nobody can learn by
    /// looking like them which domains the registry has.
    ///
    /// The finding names what is seen and what it resembles, each in A-labels and, where that is another text, in U-labels.
    func naming(resemblancesIn decision: Decision) -> Decision {
        let targets = targets(of: DomainLook(DomainName(sender.domain)))
        guard let first = targets.first else { return decision }
        let finding = Finding(
            .from, .fail, reason: .lookAlike, seen: forms(of: sender) + [first.resemblance.explanation],
            wanted: targets.prefix(Self.mostNamed).flatMap(\.names))
        return self.decision(decision.verdict, .lookAlike, findings: [finding], reply: decision.reply)
    }

    /// Somebody or some domain that the sender looks like.
    private struct Target {
        let resemblance: Resemblance
        let names: [String]
    }

    /// Whom the sender looks like: us, the authorities, accounts; mailboxes with his local part before mere domains.
    ///
    /// A domain that is known itself is no look-alike; there only the very mailbox at the other domain makes one.
    private func targets(of look: DomainLook) -> [Target] {
        let neighbours = Set(view.neighbours.map(\.domain))
        let official = view.competentAuthorities.flatMap { authority in
            authority.mailboxes.map { ($0.address, "authority \(authority.id)") }
        }.filter { neighbours.contains($0.0.domain) }
        let known = support.addresses.map { ($0, "support address") } + official
        let isKnown = neighbours.contains(sender.domain) || known.contains { $0.0.domain == sender.domain }
        func resemblance(to domain: String) -> Resemblance? { Resemblance(of: look, to: DomainLook(domain)) }
        var mailboxes: [Target] = []
        var domains: [Target] = []
        var named: Set<String> = []
        for (address, note) in known {
            guard let resemblance = resemblance(to: address.domain) else { continue }
            named.insert(address.domain)
            let target = Target(resemblance: resemblance, names: names(of: address.text, at: address.domain, note))
            if sender.localPartLooksLike(address) { mailboxes.append(target) } else { domains.append(target) }
        }
        for neighbour in view.neighbours {
            guard let resemblance = resemblance(to: neighbour.domain) else { continue }
            if let account = neighbour.account {
                let mailbox = "\(sender.localPart)@\(neighbour.domain)"
                mailboxes.append(
                    Target(
                        resemblance: resemblance, names: names(of: mailbox, at: neighbour.domain, "account \(account)"))
                )
            } else if named.insert(neighbour.domain).inserted {
                domains.append(
                    Target(
                        resemblance: resemblance,
                        names: names(of: neighbour.domain, at: neighbour.domain, "a domain of the registry's mailboxes")
                    ))
            }
        }
        return isKnown ? mailboxes : mailboxes + domains
    }

    /// `ana@firma.example (account A-1)`, and the same in U-labels where that is another text.
    private func names(of text: String, at domain: String, _ note: String) -> [String] {
        let shown = DomainName(domain).shown
        guard shown != domain else { return ["\(text) (\(note))"] }
        return ["\(text) (\(note))", String(text.dropLast(domain.count)) + shown]
    }

    private func forms(of address: EmailAddress) -> [String] {
        let shown = DomainName(address.domain).shown
        return shown == address.domain ? [address.text] : [address.text, "\(address.localPart)@\(shown)"]
    }
}

extension Reason {
    fileprivate static let lookAlike: Reason = "sender.look-alike"
}

extension DomainName.Fault {
    fileprivate var reason: Reason {
        switch self {
        case .mixedScripts, .mixedDigits: "sender.mixed-script"
        case .invalid, .bidirectional, .joiner: "sender.bad-idn"
        }
    }
}
