import Mail
import Registry

/// Rule 1: the mail comes from the mailbox of the account. Trust in the sender was settled before.
func judgeFrom(_ sender: EmailAddress, account: Account) -> Finding {
    if account.mailbox == sender {
        return Finding(.from, .pass, seen: [sender.text], wanted: [account.mailbox.text])
    }
    return Finding(.from, .fail, reason: "from.former-mailbox", seen: [sender.text], wanted: [account.mailbox.text])
}

/// Rule 1 where settings ask for the reference as a second factor: DMARC proves a domain, the reference that the sender
/// reads the mailbox, or was given the reference by the support team.
func judgeFrom(_ sender: EmailAddress, account: Account, reference: ProofCodes.Worth?) -> Finding {
    let finding = judgeFrom(sender, account: account)
    guard finding.outcome == .pass else { return finding }
    let reason: Reason? =
        switch reference {
        case .good: nil
        case .expired: "from.reference-expired"
        case .used: "from.reference-used"
        case .wrong: "from.reference-wrong"
        case nil: "from.reference-missing"
        }
    guard let reason else { return finding }
    return Finding(.from, .fail, reason: reason, seen: finding.seen, wanted: finding.wanted)
}
