import Judging
import Mail
import MailParsing

extension FuzzTarget {
    /// The input is the body of a report: its parts, parted by `--r`.
    static let deliveryReport = FuzzTarget("delivery-report", longest: 32_768) { input in
        let mail = Array(header.utf8) + input + Array("\r\n--r--\r\n".utf8)
        let parsed = try GMimeParser().parse(RawMail(bytes: mail))
        let again = try GMimeParser().parse(RawMail(bytes: mail))
        try promise(parsed.deliveryReport == again.deliveryReport, "read again, it is another")

        // Whatever it reports, it is automatic mail: it moves nothing and is not answered.
        let room = try Courtroom.shared.get()
        let decision = try given(room.judged(mail), "a report that can't be judged").decision
        try promise(decision.verdict == .ignored, "a report is \(decision.verdict)")
        try promise(decision.reply == nil && decision.transition == nil, "a report moves something")

        guard let report = parsed.deliveryReport else { return }
        try promise(
            !report.recipients.isEmpty && report.recipients.count <= 500, "\(report.recipients.count) recipients")
        try promise(MessageID(report.messageID.text) == report.messageID, "a Message-ID that is none")
        try promise(
            !parsed.header.all("Message-ID").contains { $0.value.holds(report.messageID.text) }
                || input.holds(report.messageID.text), "the report is about itself")
        for recipient in report.recipients {
            try promise((1...2).contains(recipient.addresses.count), "\(recipient.addresses.count) addresses")
            for address in recipient.addresses {
                try promise(EmailAddress(address.text) == address, "an address that is none: \(address.text)")
            }
            try promise(
                recipient.diagnostic.unicodeScalars.count <= 301
                    && !recipient.diagnostic.unicodeScalars.contains(where: isHidden),
                "words that are unfit for a line: \(recipient.diagnostic.debugDescription)")
            guard let status = recipient.status else { continue }
            let digits = status.split(separator: ".", omittingEmptySubsequences: false)
            try promise(
                digits.count == 3 && digits.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isNumber) },
                "a status that is none: \(status)")
        }
        try promise(
            report.tellsOfFailure == report.recipients.contains { $0.action == .failed }
                && report.failure(for: []) == nil, "a failure for nobody")
        // In parts that are not encoded the words stand as they are.
        guard !input.holds("content-transfer-encoding") else { return }
        try promise(input.holds(report.messageID.text), "a Message-ID that does not stand there")
        for recipient in report.recipients {
            try promise(
                recipient.addresses.allSatisfy { input.holds($0.localPart) } && input.holds(recipient.action.rawValue),
                "a recipient who does not stand there")
        }
    }

    /// The border vouches for one whom the registry knows: the worst case.
    private static let header = """
        Return-Path: <>\r
        Authentication-Results: \(Courtroom.authservID); dmarc=pass header.from=leevalley.example\r
        Received: from mail.leevalley.example by \(Courtroom.authservID) with ESMTPS id 1; x\r
        From: aoife.byrne@leevalley.example\r
        To: traces-support@postern.example\r
        Subject: Undelivered mail\r
        Message-ID: <report@leevalley.example>\r
        MIME-Version: 1.0\r
        Content-Type: multipart/report; report-type=delivery-status; boundary=r\r
        \r

        """
}
