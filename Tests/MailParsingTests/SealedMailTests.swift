import Foundation
import Mail
import MailParsing
import Testing

@Suite struct `A signed or encrypted mail` {
    /// What OpenSSL's `cms -sign -nodetach` makes, with lengths and, as streams have it, without.
    static let signed = [
        """
        MIIBjQYJKoZIhvcNAQcCoIIBfjCCAXoCAQExDTALBglghkgBZQMEAgEwaAYJKoZIhvcNAQcBoFsE
        WUNvbnRlbnQtVHlwZTogdGV4dC9wbGFpbjsgY2hhcnNldD11dGYtOA0KU3ViamVjdDogaW5uZXIN
        Cg0KSSBhc2sgZm9yIGEgcm9sZS4gQW5hIEtvdmHEjQ0KMYH7MIH4AgEBMCYwDjEMMAoGA1UEAwwD
        YW5hAhRrPXSUFCHcvhfrojit81MrgWqtLDALBglghkgBZQMEAgGgaTAYBgkqhkiG9w0BCQMxCwYJ
        KoZIhvcNAQcBMBwGCSqGSIb3DQEJBTEPFw0yNjExMjExMTM0MzFaMC8GCSqGSIb3DQEJBDEiBCDY
        H1/eMNMdEk0X648vqCNdxcjntCD5iaD5UshXxx7TljAKBggqhkjOPQQDAgRHMEUCIQCINX6ElQZM
        I3ei51QUj4r2ZEzp57vCQmxfjmEUi8LDSgIgfc+ADfDHplvPjj7dybJFknlxPZOHF+KUYgW/E1iO
        px4=
        """,
        """
        MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgARZQ29u
        dGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXV0Zi04DQpTdWJqZWN0OiBpbm5lcg0KDQpJ
        IGFzayBmb3IgYSByb2xlLiBBbmEgS292YcSNDQoAAAAAAAAxggF4MIIBdAIBATAmMA4xDDAKBgNV
        BAMMA2FuYQIUaz10lBQh3L4X66I4rfNTK4FqrSwwCwYJYIZIAWUDBAIBoIHkMBgGCSqGSIb3DQEJ
        AzELBgkqhkiG9w0BBwEwHAYJKoZIhvcNAQkFMQ8XDTI2MTEyMTExMzQzMVowLwYJKoZIhvcNAQkE
        MSIEINgfX94w0x0STRfrjy+oI13FyOe0IPmJoPlSyFfHHtOWMHkGCSqGSIb3DQEJDzFsMGowCwYJ
        YIZIAWUDBAEqMAsGCWCGSAFlAwQBFjALBglghkgBZQMEAQIwCgYIKoZIhvcNAwcwDgYIKoZIhvcN
        AwICAgCAMA0GCCqGSIb3DQMCAgFAMAcGBSsOAwIHMA0GCCqGSIb3DQMCAgEoMAoGCCqGSM49BAMC
        BEcwRQIgG/eVcpDQJsbqH/e78AbV6r7xaTIlsnX/9xTettcnFAoCIQCNctDo0CYdeYCXrMbgrdvg
        oUAhMGenZfV6PvIXybAIRgAAAAAAAA==
        """,
    ]

    /// The beginning of what `cms -encrypt` makes is all that is looked at.
    static let encrypted = CMS.element(0x30, CMS.oid(3) + CMS.element(0xa0, [1, 2, 3]))

    static func mail(_ octets: [UInt8], type: String = "application/pkcs7-mime; smime-type=signed-data") -> RawMail {
        MailFixtures.mime(
            [
                "Content-Type: \(type); name=\"smime.p7m\"", "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment; filename=\"smime.p7m\"",
            ], [Data(octets).base64EncodedString(options: .lineLength76Characters)])
    }

    @Test(arguments: signed)
    func `that encloses its text is read`(base64: String) throws {
        let octets = try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters))
        let mail = try MailFixtures.parse(Self.mail(Array(octets)))
        #expect(mail.problems == [])
        #expect(mail.texts == [TextPart(kind: .plain, text: "I ask for a role. Ana Kovač\n")])
        #expect(mail.textObstacle == nil)
        // What the inner header says of subject and persons counts for nothing.
        #expect(mail.subject == "Role request")
        #expect(mail.partTypes == ["application/pkcs7-mime", "text/plain"])
        #expect(mail.attachments.map(\.name) == ["smime.p7m"])
        #expect(mail.attachments.map(\.type) == ["application/pkcs7-mime"])
    }

    static let types = [
        "application/pkcs7-mime; smime-type=signed-data", "application/x-pkcs7-mime", "application/octet-stream",
    ]

    @Test(arguments: types)
    func `is known by its content whatever its label`(type: String) throws {
        let mail = try MailFixtures.parse(Self.mail(CMS.signed("Content-Type: text/plain\r\n\r\nText."), type: type))
        #expect(mail.texts.map(\.text) == ["Text."])
    }

    @Test func `may enclose several parts and other signatures`() throws {
        let parts = """
            Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>one\r\n\
            --b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n\
            --b\r\nContent-Type: text/plain\r\n\r\ntwo\r\n--b--\r\n
            """
        let inner = Data(CMS.signed(parts)).base64EncodedString(options: .lineLength76Characters)
        let outer =
            "Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n\(inner)\r\n"
        let mail = try MailFixtures.parse(Self.mail(CMS.signed(outer)))
        #expect(mail.problems == [])
        #expect(mail.texts.map(\.text) == ["<p>one", "two"])
        #expect(mail.texts.map(\.kind) == [.html, .plain])
        #expect(mail.attachments.map(\.name) == ["smime.p7m", "smime.p7m", "a.pdf"])
    }

    @Test func `has a footer of a list beside it`() throws {
        let inner = Data(CMS.signed("Content-Type: text/plain\r\n\r\nText.")).base64EncodedString()
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/mixed; boundary=m"],
                [
                    "--m", "Content-Type: application/pkcs7-mime", "Content-Transfer-Encoding: base64", "", inner,
                    "--m", "", "Footer.", "--m--", "",
                ]))
        #expect(mail.texts.map(\.text) == ["Text.", "Footer."])
        #expect(mail.textObstacle == nil)
    }

    @Test func `is an attachment where a text stands before it`() throws {
        let inner = Data(CMS.signed("Content-Type: text/plain\r\n\r\nForwarded.")).base64EncodedString()
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/mixed; boundary=m"],
                [
                    "--m", "", "Mine.", "--m", "Content-Type: application/pkcs7-mime",
                    "Content-Transfer-Encoding: base64", "", inner, "--m--", "",
                ]))
        #expect(mail.texts.map(\.text) == ["Mine."])
        #expect(mail.textObstacle == nil)
    }

    struct Doubt: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let inner: String
        let code: String
    }

    static let doubts = [
        Doubt(
            testDescription: "unclosed",
            inner: "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n", code: "mime.unclosed"),
        Doubt(
            testDescription: "two types", inner: "Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\nx",
            code: "mime.duplicate-field"),
        Doubt(
            testDescription: "deep",
            inner: (0..<25).map { "Content-Type: multipart/mixed; boundary=b\($0)x\r\n\r\n--b\($0)x\r\n" }.joined()
                + "\r\nx", code: "mime.too-deep"),
    ]

    @Test(arguments: doubts)
    func `is doubtful where what it encloses is`(doubt: Doubt) throws {
        let mail = try MailFixtures.parse(Self.mail(CMS.signed(doubt.inner)))
        #expect(mail.problems.map(\.code) == [doubt.code])
    }

    struct Unreadable: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let raw: RawMail
        let obstacle: TextObstacle
        init(_ name: String, _ raw: RawMail, _ obstacle: TextObstacle) {
            testDescription = name
            self.raw = raw
            self.obstacle = obstacle
        }
    }

    static let text = "Content-Type: text/plain\r\n\r\nText."

    static let unreadable = [
        Unreadable("S/MIME", mail(encrypted, type: "application/pkcs7-mime; smime-type=enveloped-data"), .encrypted),
        Unreadable("S/MIME by its content", mail(encrypted, type: "application/x-pkcs7-mime"), .encrypted),
        Unreadable(
            "S/MIME by its label", mail([1, 2], type: "application/pkcs7-mime; smime-type=authEnveloped-data"),
            .encrypted),
        Unreadable("no CMS", mail(Array("MIIB".utf8)), .sealed),
        Unreadable("nothing", mail([]), .sealed),
        Unreadable("cut off", mail(CMS.signed(text).dropLast(30)), .sealed),
        Unreadable("something behind", mail(CMS.signed(text) + [0x31]), .sealed),
        Unreadable("no content", mail(CMS.signedData(content: [])), .sealed),
        Unreadable("a length beyond all", mail([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x06]), .sealed),
        Unreadable("a length of a length beyond all", mail([0x30, 0xff, 0xff]), .sealed),
        Unreadable("no MIME inside", mail(CMS.signed("Just words\r\n")), .sealed),
        Unreadable(
            "signatures of signatures",
            mail(
                (0..<4).reduce(CMS.signed(text)) { inner, _ in
                    CMS.signed(
                        Array("Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: binary\r\n\r\n".utf8)
                            + inner)
                }), .sealed),
        Unreadable(
            "PGP/MIME",
            MailFixtures.mime(
                ["Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=e"],
                [
                    "--e", "Content-Type: application/pgp-encrypted", "", "Version: 1", "--e",
                    "Content-Type: application/octet-stream", "", "-----BEGIN PGP MESSAGE-----", "--e--", "",
                ]), .encrypted),
        Unreadable(
            "inline PGP",
            MailFixtures.mime(
                [],
                [
                    "", "-----BEGIN PGP MESSAGE-----", "", "hQEMA+abc/DE==", "=Q5bA", "-----END PGP MESSAGE-----", "",
                    "A footer.",
                ]), .encrypted),
        Unreadable(
            "winmail.dat",
            MailFixtures.mime(
                ["Content-Type: application/ms-tnef; name=winmail.dat", "Content-Transfer-Encoding: base64"], ["eJ8+"]),
            .outlookFormat),
        Unreadable(
            "winmail.dat beside an empty text",
            MailFixtures.mime(
                ["Content-Type: multipart/mixed; boundary=b"],
                [
                    "--b", "Content-Type: text/plain", "", " ", "--b",
                    "Content-Type: application/octet-stream; name=\"WINMAIL.DAT\"", "", "x", "--b--", "",
                ]), .outlookFormat),
    ]

    @Test func `of Exchange's own encryption says so beside the words that come with it`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/mixed; boundary=b"],
                [
                    "--b", "", "You have received a protected message.", "--b",
                    "Content-Type: application/x-microsoft-rpmsg-message; name=message_v2.rpmsg", "", "x", "--b--", "",
                ]))
        #expect(mail.textObstacle == .encrypted)
    }

    struct Hostile: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let octets: [UInt8]
        var isText = false
    }

    static let hostile = [
        Hostile(testDescription: "pieces of nothing", octets: pieces([4, 0], 500_000)),
        Hostile(testDescription: "pieces of one octet", octets: pieces([4, 1, 0x41], 300_000)),
        Hostile(testDescription: "sequences without an end", octets: many([0x30, 0x80], 500_000)),
        Hostile(
            testDescription: "sets without an end",
            octets: [0x30, 0x80] + CMS.oid(2) + [0xa0, 0x80, 0x30, 0x80, 2, 1, 1] + many([0x31, 0x80], 500_000)),
        Hostile(testDescription: "zeros", octets: [UInt8](repeating: 0, count: 1_000_000)),
        Hostile(
            testDescription: "a long text",
            octets: CMS.signed("Content-Type: text/html\r\n\r\n" + String(repeating: "<p>a ", count: 190_000)),
            isText: true),
    ]

    private static func many(_ piece: [UInt8], _ count: Int) -> [UInt8] {
        Array(repeatElement(piece, count: count).joined())
    }

    /// An octet string in many pieces that is no MIME entity.
    private static func pieces(_ piece: [UInt8], _ count: Int) -> [UInt8] {
        [0x30, 0x80] + CMS.oid(2) + [0xa0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80] + CMS.oid(1)
            + [0xa0, 0x80, 0x24, 0x80] + many(piece, count) + [UInt8](repeating: 0, count: 12)
    }

    @Test(.timeLimit(.minutes(1)), arguments: hostile)
    func `made to hurt is read in time`(item: Hostile) throws {
        let mail = try MailFixtures.parse(Self.mail(item.octets))
        #expect(mail.attachments.first?.name == "smime.p7m")
        #expect(mail.texts.isEmpty == !item.isText)
        #expect(mail.textObstacle == (item.isText ? nil : .sealed))
    }

    @Test(arguments: unreadable)
    func `that nobody can read says so`(item: Unreadable) throws {
        let mail = try MailFixtures.parse(item.raw)
        #expect(mail.problems == [])
        #expect(mail.textObstacle == item.obstacle)
        #expect(!mail.texts.contains { $0.text.contains("Text") })
    }

    @Test func `winmail.dat beside words is an attachment like others`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/mixed; boundary=b"],
                ["--b", "", "Words.", "--b", "Content-Type: application/ms-tnef", "", "x", "--b--", ""]))
        #expect(mail.textObstacle == nil)
        #expect(mail.texts.map(\.text) == ["Words."])
        #expect(mail.attachments.map(\.type) == ["application/ms-tnef"])
    }

    @Test func `mutated without end never crashes`() throws {
        var dice = Dice(state: 7)
        let sound = Self.signed.compactMap { Data(base64Encoded: $0, options: .ignoreUnknownCharacters) }
        var read = 0
        for round in 0..<600 {
            var octets = Array(sound[round % sound.count])
            for _ in 0..<Int.random(in: 1...3, using: &dice) {
                // Mostly in the beginning, where the structure is.
                let place = Int.random(in: 0..<(round % 3 == 0 ? octets.count : 70), using: &dice)
                octets[place] = UInt8.random(in: 0...255, using: &dice)
            }
            let mail = try MailFixtures.parse(Self.mail(octets))
            read += mail.texts.isEmpty ? 0 : 1
            #expect(mail.texts.count <= 1)
            #expect(mail.attachments.first?.name == "smime.p7m")
        }
        #expect((1..<600).contains(read))
    }
}

/// Makes what an S/MIME signature looks like, without the signature: nobody checks it.
enum CMS {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
        let count = content.count
        return [tag, 0x83, UInt8(count >> 16 & 0xff), UInt8(count >> 8 & 0xff), UInt8(count & 0xff)] + content
    }

    /// 1.2.840.113549.1.7.`last`
    static func oid(_ last: UInt8) -> [UInt8] { element(6, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last]) }

    static func signedData(content: [UInt8]) -> [UInt8] {
        let data = element(0x30, [2, 1, 1] + element(0x31, []) + element(0x30, oid(1) + content) + element(0x31, []))
        return element(0x30, oid(2) + element(0xa0, data))
    }

    static func signed(_ entity: [UInt8]) -> [UInt8] { signedData(content: element(0xa0, element(4, entity))) }

    static func signed(_ entity: String) -> [UInt8] { signed(Array(entity.utf8)) }
}
