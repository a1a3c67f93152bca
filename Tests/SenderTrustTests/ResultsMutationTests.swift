import Mail
import SenderTrust
import Testing

/// What nobody thought of: mutated fields, and fields made to exhaust the reader.
@Suite struct `Hostile Authentication-Results` {
    private static let seeds = [
        "mx.example; dmarc=pass header.from=x.example",
        "(a (b)) \"mx.example\" 1 (c); spf=pass reason=\"a \\\" b\" smtp.mailfrom=\"a b\"@x.example; dkim/1 = pass header.i=@x.example",
        "mx.example 1; none",
        "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=x.example; dmarc=pass action=none header.from=x.example",
    ]
    private static let shards = [
        "(", ")", "\"", "\\", ";", "=", ".", "@", "/", " ", "\t", "\r\n ", "\0", "\u{7F}", "\u{FC}", "1", "none",
        "mx.example", "dmarc=pass",
        "header.from=x.example", "reason=", "action=none", ",", "<", ">", "[", "]", ":",
        "mx.example; dmarc=pass header.from=x.example",
    ]

    /// Written in full again, with every value quoted and comments wherever they may stand.
    private static func written(_ field: AuthenticationResults) -> String {
        func quoted(_ text: String) -> String {
            "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
        }
        let results = field.results.map { result in
            var words = ["\(result.method) (a) / (b) \(result.version) = \(result.result)"]
            if let reason = result.reason { words.append("reason = \(quoted(reason))") }
            words += result.properties.map { "\($0.type) . \($0.name) = \(quoted($0.value))" }
            return words.joined(separator: " (c) ")
        }
        return "(d) \(quoted(field.authservID)) \(field.version) ; "
            + (results.isEmpty ? "none" : results.joined(separator: " ; "))
    }

    @Test(arguments: 1...8)
    func `A mutated field is read to the end or not at all, and means the same when written again`(_ seed: Int) {
        var random = SmallRandom(seed)
        var read = 0
        for _ in 0..<4_000 {
            var octets = Array(Self.seeds[random.next(Self.seeds.count)].utf8)
            for _ in 0...random.next(3) {
                let start = random.next(octets.count + 1)
                let end = min(octets.count, start + random.next(4))
                octets.replaceSubrange(start..<end, with: Array(Self.shards[random.next(Self.shards.count)].utf8))
            }
            guard let field = AuthenticationResults(octets) else { continue }
            read += 1
            let text = String(decoding: octets, as: UTF8.self)
            #expect(AuthenticationResults.authservID(of: octets) == field.authservID, "\(text)")
            #expect(AuthenticationResults(Array(Self.written(field).utf8)) == field, "\(text)")
            #expect(field.results.allSatisfy { $0.action == nil }, "\(text)")
        }
        #expect(read > 100)
    }

    /// Mutated above and below the border, in every profile: what is believed is the address in From, never another, and
    /// never when the field that stood for it is gone.
    @Test(arguments: TrustSettings.Profile.allCases)
    func `A mutated header never proves anybody else`(_ profile: TrustSettings.Profile) {
        var random = SmallRandom(profile.rawValue.utf8.count)
        let trust = TrustSettings(
            profile: profile, authservID: "mx.example", dkim: .ignore, arcSealers: ["lists.example"])
        let header = [
            "Authentication-Results: \(profile == .exchangeOnline ? "" : "mx.example; ")dmarc=fail header.from=x.example; arc=fail",
            border, "Authentication-Results: y.example; dmarc=pass header.from=x.example",
            "ARC-Seal: i=1; cv=none; d=lists.example; b=x", "ARC-Message-Signature: i=1; d=lists.example; h=from; b=x",
            "ARC-Authentication-Results: i=1; lists.example; dmarc=pass header.from=x.example",
        ]
        let octets = Array((header + SenderTrustTests.written).map { "\($0)\r\n" }.joined().utf8)
        let borderEnd = header[0].utf8.count + 2 + border.utf8.count + 2
        var refused = 0
        for _ in 0..<8_000 {
            var changed = octets
            for _ in 0...random.next(3) {
                // What the sender can change: everything below the border's Received.
                let start = borderEnd + random.next(changed.count - borderEnd)
                let end = min(changed.count, start + random.next(6))
                changed.replaceSubrange(start..<end, with: Array(Self.shards[random.next(Self.shards.count)].utf8))
            }
            let split = HeaderBlock.split(changed + Array("\r\n".utf8))
            let assessed = assessSender(of: InboundMail(header: split.block, problems: split.problems), trusting: trust)
            switch assessed {
            case .authenticated: Issue.record("believed: \(String(decoding: changed, as: UTF8.self))")
            case .refused: refused += 1
            case .unproven: continue
            }
        }
        // The mutations did come as far as the border's word.
        #expect(refused > 500)
    }

    private static let units = [
        "(", ")", "((()", "(\\", "\"", ";", "a=b;", "=", "@", "a.b=c ", "by mx.example ", "(by mx.example",
        "mx.example ",
        "a.mail.guard.example ", "l=1;", "from:",
    ]

    /// 64 KiB of one construct in each field that is read, in each profile: some thousandths of a second when read once
    /// from left to right; minutes when read again from every octet.
    @Test(arguments: units)
    func `A field of 64 KiB of one construct takes linear time`(_ unit: String) {
        let filler = String(repeating: unit, count: 65_000 / unit.utf8.count)
        let head = mail(["Authentication-Results: mx.example; dmarc=fail header.from=x.example; arc=pass", border])
            .header.fields
        let rest = mail(SenderTrustTests.written).header.fields
        for profile in TrustSettings.Profile.allCases {
            let trust = TrustSettings(
                profile: profile, authservID: "mx.example",
                borderHost: profile == .exchangeOnline ? "*.mail.guard.example" : "mx.example", dkim: .require,
                arcSealers: ["lists.example"])
            for field in Self.fields(of: filler) {
                for order in [[field] + head, head + [field]] {
                    let mail = InboundMail(header: HeaderBlock(fields: order + rest))
                    var isBelieved = false
                    let time = ContinuousClock().measure {
                        if case .authenticated = assessSender(of: mail, trusting: trust) { isBelieved = true }
                    }
                    #expect(!isBelieved)
                    #expect(time < .seconds(2), "\(field.name), \(profile)")
                }
            }
        }
    }

    private static func fields(of filler: String) -> [HeaderField] {
        [
            ("Authentication-Results", "mx.example; a=b \(filler)"), ("Authentication-Results", filler),
            ("Received", "from x \(filler) by mx.example; x"), ("Received", "from x by mx.example \(filler)"),
            ("DKIM-Signature", "d=x.example; h=from; \(filler)"),
            ("ARC-Seal", "i=1; cv=none; d=lists.example; \(filler)"), ("ARC-Authentication-Results", "i=1; \(filler)"),
        ].map { HeaderField(name: $0, value: Array($1.utf8)) }
    }
}

/// Random numbers that are the same in every run (xorshift).
struct SmallRandom {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// From 0 up to `bound`, without it.
    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
