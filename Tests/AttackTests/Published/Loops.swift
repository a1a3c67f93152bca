import Mail
import Replies

/// To make Postern answer: forged delivery reports, other programs' answers, and replies led to somebody else. Proven
/// senders write them, so nothing but these signs keeps Postern from answering.
extension Attack {
    static let loops: [Attack] = signs + reports + detours

    private static let own = "From: <first@evil.example>"

    private static let signs: [Attack] =
        [
            ("Auto-Submitted: auto-replied", "automatic.auto-submitted"),
            ("Auto-Submitted: auto-generated", "automatic.auto-submitted"),
            ("Auto-Submitted: auto-notified; owner-email=\"a@evil.example\"", "automatic.auto-submitted"),
            ("AUTO-SUBMITTED: (no) Auto-Replied", "automatic.auto-submitted"),
            ("Auto-Submitted:", "automatic.auto-submitted"),
            ("Auto-Submitted: no\r\nAuto-Submitted: auto-replied", "automatic.auto-submitted"),
            ("Precedence: bulk", "automatic.precedence"),
            ("Precedence: Auto_Reply", "automatic.precedence"),
            ("List-Id: <list.evil.example>", "automatic.list"),
            ("List-Unsubscribe: <mailto:support@traces.example>", "automatic.list"),
            ("X-Loop: support@traces.example", "automatic.loop"),
            ("X-Autoreply: yes", "automatic.machine-field"),
            ("X-Autorespond: yes", "automatic.machine-field"),
            ("Feedback-ID: a:b:c", "automatic.machine-field"),
            ("X-FC-Machinegenerated: true", "automatic.machine-field"),
            ("Return-Path: <second@evil.example>", "automatic.two-return-paths"),
            (
                (0..<51).map { "Received: from a\($0).example by b\($0).example; x" }.joined(separator: "\r\n"),
                "automatic.hops"
            ),
        ].map { line, code in
            let isLong = line.utf8.count > 200
            return Attack(
                .loop, isLong ? "more than fifty Received" : "a program's field", [own, line],
                shown: isLong ? "Received: (51 times)" : line, "ignored \(code)")
        }
        + [
            Attack(
                .loop, "null return path", [own], mailFrom: "", shown: "Return-Path: <>",
                "ignored automatic.null-return-path"),
            Attack(.loop, "mailer-daemon", ["From: <MAILER-DAEMON@evil.example>"], "ignored automatic.robot-address"),
            Attack(.loop, "no-reply", ["From: <No-Reply@evil.example>"], "ignored automatic.robot-address"),
            Attack(.loop, "a list's request address", ["From: <list-request@evil.example>"], "ignored automatic.list"),
            Attack(
                .loop, "our own address, forged", ["From: TRACES <support@traces.example>"],
                results: "dmarc=fail header.from=traces.example", "ignored automatic.own-mail"),
            Attack(
                .loop, "our own address, proven", ["From: <support@traces.example>"],
                results: "dmarc=pass header.from=traces.example", "ignored automatic.own-mail"),
            Attack(
                .loop, "answer that says so in its subject", [own],
                rest: World.usualRest.map { $0.hasPrefix("Subject") ? "Subject: Automatic reply: Role request" : $0 },
                shown: "Subject: Automatic reply: Role request", "held automatic.subject"),
        ]

    /// Delivery reports and receipts for a mail of ours, with its Message-ID in the returned part.
    private static let reports: [Attack] =
        [
            (
                "forged delivery report", "multipart/report; report-type=delivery-status; boundary=b",
                "message/delivery-status", "automatic.bounce"
            ),
            (
                "forged report in a plain multipart", "multipart/mixed; boundary=b", "message/delivery-status",
                "automatic.bounce"
            ),
            (
                "forged read receipt", "multipart/mixed; boundary=b", "message/disposition-notification",
                "automatic.receipt"
            ),
            ("calendar part", "multipart/mixed; boundary=b", "text/calendar", "automatic.calendar"),
        ].map { name, type, inner, code in
            Attack(
                .loop, name, [own], rest: World.usualRest.dropLast() + ["Content-Type: \(type)"],
                body: "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\(World.usualText)\r\n--b\r\n"
                    + "Content-Type: \(inner)\r\n\r\nReporting-MTA: dns; evil.example\r\n\r\n"
                    + "Final-Recipient: rfc822; admin@victim.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--b\r\n"
                    + "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: \(ownID)\r\n--b--\r\n",
                shown: "Content-Type: \(type)\r\n… \(inner)", "ignored \(code)")
        }
        + [
            Attack(
                .loop, "our Message-ID as its own", [own],
                rest: World.usualRest.map { $0.hasPrefix("Message-ID") ? "Message-ID: \(ownID)" : $0 },
                shown: "Message-ID: (one that we gave)", "ignored automatic.own-mail")
        ]

    /// Replies led elsewhere: they go to the proven From all the same, and say nothing that a stranger may not know.
    private static let detours: [Attack] =
        [
            ("Reply-To is the victim", ["Reply-To: <admin@victim.example>"]),
            ("Reply-To is ourselves", ["Reply-To: <support@traces.example>"]),
            (
                "Reply-To is a list of a thousand",
                ["Reply-To: " + (0..<400).map { "a\($0)@x.example" }.joined(separator: ",\r\n ")]
            ),
            (
                "wants receipts",
                ["Disposition-Notification-To: <admin@victim.example>", "Return-Receipt-To: <admin@victim.example>"]
            ),
            ("wants errors elsewhere", ["Errors-To: <admin@victim.example>"]),
            (
                "Mail-Followup-To and Mail-Reply-To",
                ["Mail-Followup-To: <admin@victim.example>", "Mail-Reply-To: <admin@victim.example>"]
            ),
            ("answers our reply to the victim", ["In-Reply-To: \(ownID)", "References: <a@victim.example> \(ownID)"]),
            ("says that nobody automatic wrote it", ["Auto-Submitted: no"]),
        ].map { name, lines in
            let long = lines[0].utf8.count > 200
            return Attack(
                .loop, name, [own] + lines, shown: long ? "Reply-To: (400 addresses)" : lines.joined(separator: "\r\n"),
                "unmatched match.no-account")
        }

    /// A Message-ID as we give them.
    private static var ownID: String { (try? World.bench().renderer.messageIDs.id(for: "1").bracketed) ?? "" }
}
