import Judging
import Mail
import MailParsing
import Registry
import Replies

extension FuzzTarget {
    /// The input is a whole mail as the mailbox holds it, the border's fields included; and once more what a stranger
    /// sends, below the border's.
    static let judge = FuzzTarget("judge", longest: 200_000) { input in
        let room = try Courtroom.shared.get()
        if let outcome = room.judged(input) {
            try promiseSoundness(outcome, of: input, in: room)
            if input.count <= 20_000 {
                try promise(room.judged(input)?.decision == outcome.decision, "judged again, it is decided otherwise")
            }
        }
        if input.count <= 20_000 { try promiseThatStrangersStayStrangers(input, in: room) }
    }

    /// What must hold of any decision, whatever the bytes.
    private static func promiseSoundness(
        _ outcome: Courtroom.Outcome, of bytes: [UInt8], in room: Courtroom
    ) throws {
        let decision = outcome.decision
        if decision.sender.authentication == .pass {
            let address = try given(decision.sender.address, "a proven sender without an address")
            try promiseBelievable(address, bytes, authservID: Courtroom.authservID)
        } else {
            try promise(
                [.held, .refused, .ignored].contains(decision.verdict),
                "\(decision.verdict) of a sender who is not proven")
        }
        let moves = decision.transition != nil || decision.activation != nil
        try promise(
            (decision.verdict == .accepted || decision.verdict == .prepared) == (decision.transition != nil),
            "\(decision.verdict) with transition \(decision.transition as Any)")
        if moves {
            let account = try given(decision.reply?.person?.account, "a change for nobody")
            try promise(account.mailbox == decision.sender.address, "a change by another than the account's owner")
        }
        if let transition = decision.transition {
            try promise(
                decision.findings.allSatisfy { $0.outcome == .pass }, "accepted, and a rule did not pass")
            let request = try given(
                outcome.view.requests.first { $0.id == transition.request }, "a transition of a request unseen")
            try promise(request.account == decision.reply?.person?.account.id, "a transition of another's request")
        }
        guard let plan = decision.reply else { return }
        try promise(decision.verdict.replies, "\(decision.verdict) with a reply")
        let sender = try given(decision.sender.address, "a reply to nobody")
        if let account = plan.person?.account {
            try promise(plan.recipient == account.mailbox, "a reply with an account's data to \(plan.recipient)")
            try promise(
                account.mailbox == sender || account.hadMailbox(sender), "\(account.id) is answered for another's mail")
        } else {
            // Somebody whose former mailbox it is gets even the general words at the present one.
            let isFormer = outcome.view.accounts.contains { $0.mailbox == plan.recipient && $0.hadMailbox(sender) }
            try promise(plan.recipient == sender || isFormer, "a stranger is answered elsewhere")
        }
        try promiseSoundness(ofReplyTo: outcome, plan, in: room)
    }

    private static func promiseSoundness(
        ofReplyTo outcome: Courtroom.Outcome, _ plan: ReplyPlan, in room: Courtroom
    ) throws {
        let reply = try room.renderer.compose(outcome.decision, seed: "1", at: room.now)
        try promise(reply.recipients == [plan.recipient], "sent to \(reply.recipients)")
        var previous: UInt8 = 0
        var column = 0
        for byte in reply.bytes {
            try promise(byte == 13 || byte == 10 || (0x20...0x7e).contains(byte), "an octet \(byte) in a reply")
            try promise((byte == 10) == (previous == 13), "a line end of a reply that is no CRLF")
            column = byte == 10 ? 0 : column + 1
            try promise(column <= 998, "a line of a reply that is too long")
            previous = byte
        }
        try promise(previous == 10, "a reply whose last line has no end")

        let again = try given(room.judged(reply.bytes), "a reply that can't be read")
        let mail = again.mail
        try promise(mail.problems.isEmpty, "a reply with \(mail.problems.map(\.code))")
        try promise(again.decision.verdict == .ignored, "our own reply is \(again.decision.verdict)")
        try promise(
            mail.to.map(\.address) == [plan.recipient] && mail.cc.isEmpty && mail.bcc.isEmpty, "other recipients")
        guard case .plain(let from, _) = SenderStructure.examine(mail.header), from == room.support else {
            throw Broken(description: "a reply from somebody else")
        }
        let once = [
            "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "X-Loop",
            "MIME-Version", "Content-Type",
        ]
        for name in once {
            try promise(mail.header.all(name).count == 1, "\(mail.header.all(name).count) fields \(name) in a reply")
        }
        let allowed = once + ["In-Reply-To", "References", "Reply-To", "Content-Language", "Precedence"]
        for field in mail.header.fields {
            try promise(allowed.contains(where: field.isNamed), "a field \(field.name) in a reply")
        }
        try promise(mail.messageID == reply.messageID, "another Message-ID in the bytes")
        try promise(mail.texts.map(\.kind) == [.plain, .html] && mail.attachments.isEmpty, "other parts in a reply")

        // What belongs to others is in a reply only where the mail itself said it.
        let seen = outcome.mail
        let addresses = (seen.to + seen.cc + seen.bcc).compactMap { $0.address?.text }
        let said = ([seen.subject] + seen.texts.map(\.text) + addresses).joined(separator: "\n").lowercased()
        let told = mail.texts.map(\.text).joined(separator: "\n")
        for word in room.privateWords(butOf: plan.person.map { [$0.account.id] } ?? []) where told.contains(word) {
            try promise(
                said.contains(word.lowercased()) || word == plan.recipient.text,
                "'\(word)' is told to \(plan.recipient)")
        }
    }

    /// Nothing that is sent from outside proves a sender of whom the border said nothing, or another one than it said.
    private static func promiseThatStrangersStayStrangers(_ input: [UInt8], in room: Courtroom) throws {
        let border = """
            Received: from client.example (client.example [192.0.2.9])\r
            \tby \(Courtroom.authservID) with ESMTPS id 1; Wed, 14 Jan 2026 08:12:44 +0000\r

            """
        if let outcome = room.judged(Array(border.utf8) + input) {
            try promise(outcome.decision.sender.authentication != .pass, "proven by the mail itself")
            try promise(outcome.decision.reply == nil, "a reply to nobody")
        }
        let vouched =
            "Authentication-Results: \(Courtroom.authservID); dmarc=pass header.from=evil.example\r\n" + border
        let bytes = Array(vouched.utf8) + input
        guard let outcome = room.judged(bytes) else { return }
        try promise(
            outcome.decision.sender.authentication != .pass
                || outcome.decision.sender.address?.domain == "evil.example",
            "\(outcome.decision.sender.address?.text ?? "nobody") is proven by another's domain")
        try promise(outcome.decision.transition == nil, "a stranger moves a request")
        try promise(
            [.held, .refused, .ignored, .unmatched].contains(outcome.decision.verdict),
            "\(outcome.decision.verdict) of a stranger")
        try promiseSoundness(outcome, of: bytes, in: room)
    }
}

extension FuzzTarget {
    /// What the judge of ``judge`` makes of a mail; nil where nothing can be made of the bytes.
    package static func verdict(of mail: [UInt8]) throws -> String? {
        try Courtroom.shared.get().judged(mail)?.decision.verdict.rawValue
    }
}
