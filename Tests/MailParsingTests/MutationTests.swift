import Mail
import MailParsing
import Testing

@Suite struct `Broken mails` {
    private static let splinters = [
        "--=_b1", "--=_b1--", "\r\n", "\n", "\r", "\0", "--", "\r\n\r\n", "\"", ";", "=", "(", ")", "<", ">", ":", ",",
        "=?utf-8?q?", "?=", "boundary=", "Content-Type: ", "message/rfc822", "multipart/mixed; boundary=b", "\t",
        "\u{feff}",
        "Content-Transfer-Encoding: base64\r\n", "charset=iso-2022-jp", "\u{1b}$B",
    ].map { Array($0.utf8) }

    @Test(arguments: 1...8)
    func `never crash the parser, and what comes out keeps the limits`(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        var limits = MailLimits()
        limits.text = 100
        let parser = GMimeParser(limits: limits)
        var sound = 0
        for _ in 0..<400 {
            var bytes = MailFixtures.alternative.bytes
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                let at = Int.random(in: 0...bytes.count, using: &dice)
                let length = min(Int.random(in: 0...60, using: &dice), bytes.count - at)
                switch Int.random(in: 0...3, using: &dice) {
                case 0: bytes.insert(contentsOf: Self.splinters.randomElement(using: &dice) ?? [], at: at)
                case 1: bytes.removeSubrange(at..<at + length)
                case 2: bytes.insert(contentsOf: Array(bytes[at..<at + length]), at: bytes.count / 2)
                default: if at < bytes.count { bytes[at] = UInt8.random(in: 0...255, using: &dice) }
                }
            }
            let mail = try parser.parse(RawMail(bytes: bytes))
            sound += mail.problems.isEmpty ? 1 : 0
            #expect(mail.texts.reduce(0) { $0 + $1.text.utf8.count } <= 100)
            #expect(!mail.subject.unicodeScalars.contains { $0.properties.generalCategory == .control })
            #expect(mail.size == bytes.count)
            #expect(Set(mail.problems).count == mail.problems.count)
        }
        // Some breaks do no harm and some do; if all or none did, the test would test nothing.
        #expect((1..<400).contains(sound))
    }
}
