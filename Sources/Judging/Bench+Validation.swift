import Mail
import Reading
import Registry

extension Bench {
    /// What an answer to a validation mail comes to; nil when the mail is none. Only the present mailbox validates, and only
    /// the account that its code was made for.
    ///
    /// The verdict is `answered`: nothing is requested, and who sent the mail is told what became of it.
    func judgeValidation(of accounts: [Account]) -> Decision? {
        let claims = accounts.compactMap { account in
            codes.validation(of: account).map { (account: account, worth: $0) }
        }
        guard let best = claims.max(by: { $0.worth < $1.worth }) else { return nil }
        switch (best.account.state, best.worth) {
        case (.unvalidated, .good):
            var decision = answer("account.validated", to: best.account.activated)
            decision.activation = best.account.id
            return decision
        case (.unvalidated, .expired): return answer("account.code-expired", to: best.account)
        case (.unvalidated, _): return answer("account.code-wrong", to: best.account)
        // A later mail in the same thread may still hold the code, and the words that stand around it.
        case (.active, .good), (.active, .expired):
            let isAboutMore =
                !kinds.kinds.isEmpty || view.requests.contains { $0.account == best.account.id && $0.status.isPending }
            return isAboutMore ? nil : answer("account.already-active", to: best.account)
        case (.active, _), (.disabled, _): return nil
        }
    }

    private func answer(_ reason: Reason, to account: Account) -> Decision {
        let pending = view.requests.filter { $0.account == account.id && $0.status.isPending }
        return decision(
            .answered, reason, account: account, reply: reply(to: account, about: pending))
    }
}

extension Account {
    fileprivate var activated: Account {
        var account = self
        account.state = .active
        return account
    }
}
