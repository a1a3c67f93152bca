import Mail
import SenderTrust
import Testing

/// Whatever else names a sender takes the proof away: checked by putting it everywhere.
@Suite struct `A second From-like construct` {
    static let accepted = vouched + written

    /// Raw lines that some reader takes for a From field.
    static let lines = [
        "From: b@y.example", "from:b@y.example", "FROM : b@y.example", "From\t: b@y.example", "From\r\n : b@y.example",
        "From", "From\0: b@y.example", "\0From: b@y.example", "From\u{FF}: b@y.example", ">From: b@y.example",
        "From-: b@y.example", " From: b@y.example", "\tfrom :b@y.example", "From b@y.example", "Fr\rom: b@y.example",
        "X: y\nFrom: b@y.example", "X: y\rFrom: b@y.example", "Resent-From: b@y.example", "Resent-Sender: b@y.example",
        "From: ana@x.example", "From:", "Fr om: b@y.example", "From;: b@y.example", "(From): b@y.example",
    ]

    @Test(arguments: lines)
    func `A line anywhere in the header`(_ line: String) {
        #expect(outcome(mail(Self.accepted)) == "pass ana@x.example")
        for index in 0...Self.accepted.count {
            var changed = Self.accepted
            changed.insert(line, at: index)
            #expect(!outcome(mail(changed)).hasPrefix("pass"), "\(line) before line \(index)")
        }
    }

    /// Pieces that some reader takes for an address or for its end.
    static let pieces = [
        "b@y.example", ", b@y.example", "b@y.example, ", "<b@y.example>", " <b@y.example> ", "(b@y.example)",
        "\"b@y.example\" ", "=?utf-8?Q?b=40y.example?= ", " =?utf-8?B?YkB5LmV4YW1wbGU=?=", "\\<b@y.example>",
        "b%y.example@",
        "@y.example", "@y.example:", "[b@y.example]", "b@y.example;", "b@y.example:", "\r\nFrom: b@y.example\r\n ",
        "\r\n From: b@y.example", "b@y.example\0", "\u{FF20}y.example", "=?utf-7?Q?b+AEA-y?= ",
        "=?utf-8?Q?=E2=80=AE?= ",
        "=?utf-8?Q?=EF=BC=A0?= ", ">", "<", "\"<b@y.example>\" ",
    ]

    @Test(arguments: pieces)
    func `A piece anywhere in From`(_ piece: String) {
        for from in [
            "Ana <ana@x.example>", "ana@x.example", "\"An, A\" <ana@x.example>", "=?utf-8?Q?Ana?= <ana@x.example>",
        ] {
            let octets = Array(from.utf8)
            for index in 0...octets.count {
                let changed = octets[..<index] + Array(piece.utf8) + octets[index...]
                let value = String(decoding: changed, as: UTF8.self)
                let lines = Self.accepted.map { $0.hasPrefix("From:") ? "From: \(value)" : $0 }
                let assessed = outcome(mail(lines))
                // Quoted text holds brackets as letters like any other; the address is no other for it.
                let quoted =
                    (piece == "<" || piece == ">") && (1...6).contains(index) && octets[0] == UInt8(ascii: "\"")
                #expect(quoted ? assessed == "pass ana@x.example" : !assessed.hasPrefix("pass"), "\(value)")
            }
        }
    }

    @Test(arguments: 1...8)
    func `Random splices of hostile octets never change who is proven`(_ seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let shards = [
            "@", "<", ">", "(", ")", "\"", "\\", ",", ";", ":", " ", "\t", "\r\n ", "\r\n", "\n", "\0", "=?", "?=",
            "=?utf-8?Q?", "=40",
            "a", "y.example", "From:", "From: ", ".", "%", "!", "[", "]", "\u{202E}", "mx.example", "dmarc=pass ",
            "by ", "none",
        ]
        let octets = Array((Self.accepted.map { "\($0)\r\n" }.joined() + "\r\n").utf8)
        var proven = 0
        for _ in 0..<1_500 {
            var changed = octets
            for _ in 0...next(3) {
                let start = next(changed.count)
                let end = min(changed.count, start + next(4))
                changed.replaceSubrange(start..<end, with: Array(shards[next(shards.count)].utf8))
            }
            let split = HeaderBlock.split(changed)
            let assessed = assessSender(
                of: InboundMail(header: split.block, problems: split.problems), trusting: settings)
            guard case .authenticated(let address) = assessed else { continue }
            proven += 1
            #expect(address.domain == "x.example")
            let from = split.block.all("From")
            #expect(from.count == 1)
            #expect(from.first?.value.count { $0 == UInt8(ascii: "@") } == 1)
        }
        #expect(proven > 0)
    }
}
