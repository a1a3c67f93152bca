import Reading
import Testing

/// Input made to hurt: nothing traps, and the time stays in proportion.
@Suite struct HostileTests {
    /// Without optimisation a part of it says as much.
    #if DEBUG
        private static let megabyte = 30_000
    #else
        private static let megabyte = 1_000_000
    #endif

    private static let bodies: [String: String] = [
        "one letter": String(repeating: "a", count: megabyte),
        "quoted lines": String(repeating: ">\n", count: megabyte / 2),
        "deep quotes": String(repeating: ">", count: megabyte),
        "blank lines": String(repeating: "\n", count: megabyte),
        "colons": String(repeating: "1234 wrote:\n", count: megabyte / 12),
        "header lines": String(repeating: "From: a\n", count: megabyte / 8),
        "header lines of all kinds": String(repeating: "To: a\nDate: b\nCc: c\n", count: megabyte / 20),
        "torn header": String(repeating: "From: a\n\nx\n", count: megabyte / 11),
        "wrote without end": "On 2 Nov 2026 10:15 a@b wrote" + String(repeating: " wrote", count: megabyte / 6) + ":",
        "attributions": String(repeating: "a@b <a@b> 10:15 2026\nwrote:\n", count: megabyte / 28),
        "titles": String(repeating: "--Original--\n>\n", count: megabyte / 15),
        "unknown titles": String(repeating: "-----a-----\nFrom: a\n", count: megabyte / 20),
        "rules": String(repeating: "________\n\n", count: megabyte / 10),
        "dashes and figures": String(repeating: "---1", count: megabyte / 4),
        "bare labels": String(repeating: "10:15\nTo\n", count: megabyte / 9),
        "torn quotes": String(repeating: "> " + String(repeating: "a", count: 70) + "\nb\n", count: megabyte / 76),
        "indented quotes": String(repeating: " ", count: megabyte / 2) + ">"
            + String(repeating: "\u{A0}", count: megabyte / 4),
        "banners": String(repeating: ">>> a@b >>>\n>\n", count: megabyte / 14),
        "our headlines": String(repeating: "Your role has been granted.\n", count: megabyte / 28),
        "our sentences": String(
            repeating: "The mail does not come from the mailbox of your TRACES\n", count: megabyte / 55),
        "our replies": String(
            repeating: "Your role has been granted.\nThis message was sent automatically. If you need help, write to\n",
            count: megabyte / 96),
        "our greetings": String(repeating: "Dear a,\n", count: megabyte / 8),
        "combining marks": String(repeating: "\u{301}", count: megabyte / 2),
        "marks on a letter": "e" + String(repeating: "\u{301}", count: megabyte / 2),
        "direction controls": String(repeating: "\u{202E}\u{200F}", count: megabyte / 6),
        "importers": String(repeating: "importer ", count: megabyte / 9),
        "requests and importers": String(repeating: "request importer role not cc ", count: megabyte / 28),
        "roles in a question": String(repeating: "role ", count: megabyte / 10) + "? "
            + String(repeating: "apply ", count: megabyte / 12),
        "past roles and asking": String(repeating: "already have apply importer and ", count: megabyte / 32),
        "gaps": String(repeating: "competent ", count: megabyte / 10),
        "at signs": String(repeating: "@", count: megabyte), "dots": String(repeating: "a.", count: megabyte / 2),
        "hyphens": String(repeating: "ana-", count: megabyte / 4),
        "apostrophes": String(repeating: "'", count: megabyte),
        "Greek": String(repeating: "ου", count: megabyte / 4),
        "names": String(repeating: "Drvo Drvo Sjever Ana ", count: megabyte / 21),
        "emoji": String(repeating: "👩‍👩‍👧‍👦", count: megabyte / 25), "nothing": "", "NUL": "\0\0\0",
        "a lone mark": "\u{301}Ana", "other scripts": String(repeating: "漢字かなالعربية ", count: megabyte / 30),
    ]

    @Test("A mail made to hurt is read in time", .timeLimit(.minutes(1)), arguments: bodies.keys.sorted())
    func hostile(name: String) {
        let body = Self.bodies[name] ?? ""
        let reading = Shipped.read(
            subject: String(body.prefix(1_000)), body, html: "<p>" + body, ownMarks: ["@x.example"])
        let plain = Shipped.read(body)
        for each in [reading, plain] {
            let kinds = each.kinds(ignoringOrganisations: ["Drvo Sjever d.o.o."])
            #expect(kinds.kinds.count <= 5)
            #expect(!each.mention(ofName: "Δημήτρης Müller-Lüdenscheid").isFound)
            #expect(
                !each.mention(
                    ofOrganisation: "Holz & Eisen GmbH", codes: ["HR000101"], longerNames: ["Holz & Eisen Plus"]
                ).isFound)
            #expect(each.newText.utf8.count <= 256 * 1024)
        }
    }

    @Test(
        "A name that stands there a thousand times with another form is judged in time", .timeLimit(.minutes(1)),
        arguments: [
            "Müller KG\n", "Müller Holz GmbH ", "Holz Müller GmbH\n", "Müller\nKG ", "MÜLLER HOLZ ", "Müller ",
            "Rechtsform: x, Müller KG, ",
        ])
    func repeatedName(words: String) {
        let reading = Shipped.read(String(repeating: words, count: min(Self.megabyte, 250_000) / words.utf8.count))
        let mention = reading.mention(
            ofOrganisation: "Müller GmbH", longerNames: ["Müller Holz GmbH", "Müller Müller GmbH"], country: "DE")
        #expect(mention != .missing)
        let person = reading.mention(ofPerson: "Jean Paul", "Müller", outside: ["Müller KG"])
        #expect(!person.first.isFound)
    }

    @Test("What is beyond the limit is left out and said to be")
    func limit() {
        let reading = Shipped.read(String(repeating: "é ", count: 200_000) + "Ana Horvat")
        #expect(reading.newText.utf8.count <= 256 * 1024)
        #expect(reading.newText.utf8.count > 256 * 1024 - 4)
        #expect(reading.leftOut.map(\.cause) == [.tooLong])
        #expect(reading.mention(ofName: "Ana") == .missing)
    }

    @Test("Names made to hurt are only names")
    func names() {
        let reading = Shipped.read("Ana Horvat, Drvo Sjever d.o.o.")
        for name in [
            "", " ", "\u{301}", "-", "'", "d.o.o.", String(repeating: "ивана ", count: 5_000),
            String(repeating: "ü", count: 10_000),
        ] {
            #expect(!reading.mention(ofName: name).isFound || name == "d.o.o.")
            #expect(!reading.mention(ofOrganisation: name, codes: [name]).isFound || name == "d.o.o.")
        }
    }
}
