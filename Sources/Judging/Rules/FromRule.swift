import Mail
import Registry

/// Rule 1: the mail comes from the mailbox of the account. Trust in the sender was settled before.
func judgeFrom(_ sender: EmailAddress, account: Account) -> Finding {
    if account.mailbox == sender {
        return Finding(.from, .pass, seen: [sender.text], wanted: [account.mailbox.text])
    }
    return Finding(.from, .fail, reason: "from.former-mailbox", seen: [sender.text], wanted: [account.mailbox.text])
}
