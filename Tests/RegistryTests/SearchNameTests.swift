import Registry
import Testing

struct SearchNameTests {
    /// Each line: ways to write one name.
    @Test(arguments: [
        ["Müller", "Mueller", "MULLER", "müller", "Mu\u{308}ller"],
        ["Großmann", "Grossmann", "Grosmann", "Groszmann"],
        ["Sørensen", "Soerensen", "Sorensen", "Sörensen"],
        ["Ångström", "Aangstroem", "Angstrom"],
        ["Šarić", "Saric", "Sharich", "Шарић"],
        ["Łódź", "Lodz"],
        ["Đurđević", "Durdevic"],
        ["Γεωργίου", "Georgiou", "Georgiu", "ΓΕΩΡΓΙΟΥ"],
        ["Παπαδόπουλος", "Papadopoulos", "Papadopulos"],
        ["Ευαγγέλου", "Evangelou", "Evangelu"],
        ["Μπακάλης", "Bakalis", "Mpakalis"],
        ["Φωτιάδης", "Fotiadis", "Photiadis"],
        ["Θεοδώρου", "Theodorou", "Teodoru"],
        ["Иванов", "Ivanov", "Iwanow"],
        ["Желязков", "Zhelyazkov", "Zeliazkov", "Želiazkov"],
        ["Цветанова", "Tsvetanova"],
        ["Юлиян", "Yuliyan", "Juliian", "Iuliyan"],
        ["Стоянчев", "Stoyanchev", "Stojančev", "Stoiancev"],
        ["София", "Sofia", "Sofiya", "Sofija"],
        ["Schäfer", "Schaefer", "Shäfer"],
        ["Kowalczyk", "Kowalčik"],
        ["İstanbul", "istanbul", "Istanbul"],
        ["Œuvre", "Oeuvre"],
        ["O’Brien", "O'Brien", "o brien"],
    ])
    func `ways to write a name have one skeleton`(ways: [String]) throws {
        let skeletons = Set(ways.map { SearchName($0).words })
        #expect(skeletons.count == 1, "\(skeletons)")
        #expect(try #require(skeletons.first).isEmpty == false)
    }

    @Test(arguments: [
        ("Drvo Sjever d.o.o.", "drvo siever"), ("DRVO SJEVER društvo s ograničenom odgovornošću", "drvo siever"),
        ("UAB „Mediena“", "mediena"), ("Holz Müller GmbH & Co. KG", "holz muler"),
        ("Müller Gesellschaft mit beschränkter Haftung", "muler"),
        ("Tartak Kowalski Sp. z o.o. Sp. k.", "tartak kovalski"),
        ("„Дървен внос“ ЕООД", "darven vnos"), ("Ξυλεία Αθήνα Α.Ε.", "ksilia atina"),
        ("ΞΥΛΕΙΑ ΑΘΗΝΑ ΑΝΩΝΥΜΗ ΕΤΑΙΡΕΙΑ", "ksilia atina"), ("Bois du Nord S.à r.l.", "bois du nord"),
        ("GmbH", "gmbh"), ("d.o.o.", "d o o"), ("", ""), ("&%$ “”", ""), ("A", "a"),
        ("木材 株式会社", "木材 株式会社"), ("Depot 11 BV", "depot 11"), ("1000 100", "1000 100"),
    ])
    func `a legal form is left out, unless nothing else is there`(name: String, core: String) {
        let expected = core == "bois du nord" ? "bis du nord" : core
        #expect(SearchName(name).core.joined(separator: " ") == expected)
    }

    @Test(arguments: [
        ("Drvo d.o.o.", "DRVO D.O.O.", SearchMatch.Kind.exact), ("Drvo", "Drvo d.o.o.", .sameName),
        ("Müller Holz", "Mueller Holz GmbH", .sameName), ("Holz Müller", "Müller Holz GmbH", .sameWords),
        ("Müller", "Müller Holz GmbH", .allWords), ("Mulller Hols", "Müller Holz GmbH", .typingErrors),
        ("Meller Holz", "Müller Holz GmbH", .typingErrors), ("Schmidt Holz", "Müller Holz GmbH", .allButOne),
        ("Παπαδόπουλος", "Papadopoulos SA", .sameName),
    ])
    func `how a name fits`(sought: String, name: String, kind: SearchMatch.Kind) {
        #expect(SearchNeedle(sought).match(name)?.kind == kind)
    }

    @Test(arguments: [("Schmidt", "Müller Holz GmbH"), ("Ada", "Ida"), ("Holz 12", "Stein 13"), ("", "Drvo")])
    func `what does not fit`(sought: String, name: String) {
        #expect(SearchNeedle(sought).match(name) == nil)
    }

    @Test func `variants are what one typing error makes, and none for numbers and short words`() {
        let variants = Set(SearchNeedle.variants(of: "holz"))
        #expect(variants.isSuperset(of: ["hulz", "hols", "holzt", "hozl", "aholz"]))
        #expect(!variants.contains("holz"))
        #expect(!variants.contains("hol"), "a word of three letters has no near ones")
        #expect(SearchNeedle.variants(of: "ada") == [])
        #expect(SearchNeedle.variants(of: "1234") == [])
        #expect(SearchNeedle.variants(of: "χγ木材holz") == [])
    }

    @Test(arguments: [("DE 123.456-7", "de1234567"), ("hr12345678901", "hr12345678901"), ("--", ""), ("ÖÄ 1", "ÖÄ1")])
    func `identifiers compare by letters and digits`(value: String, compared: String) {
        #expect(Operator.Identifier.compared(value) == compared)
    }

    @Test(arguments: [
        ("VAT", "DE123456789", true), ("VAT", "EL123456789", true), ("VAT", "ATU12345678", true),
        ("VAT", "GR123456789", false), ("VAT", "DE", false), ("VAT", "de123", false), ("VAT", "DE1234567890123", false),
        ("NATIONAL", "HRB 7", true),
    ])
    func `a VAT number's shape`(scheme: String, value: String, isFine: Bool) {
        #expect((Operator.Identifier(scheme: scheme, value: value).oddity == nil) == isFine)
    }

    @Test(arguments: [
        (#""address":{"street":"Ilica 1","postalCode":"10000","city":"Zagreb"}"#, nil as String?),
        (#""contact":{"name":"Ana","mailbox":"ana@drvo.example","telephone":"+385 1 23"}"#, nil),
        (#""address":{},"contact":{}"#, nil), (#""address":null"#, nil),
        (#""address":"Ilica 1""#, "'address' must be an object"), (#""address":{"city":7}"#, "'city' must be a text"),
        (
            #""contact":{"mailbox":"Ana <ana@drvo.example>"}"#,
            "'mailbox': 'Ana <ana@drvo.example>' is not a plain mail address (local@domain, ASCII)"
        ),
    ])
    func `an operator's address and contact are checked`(member: String, reason: String?) {
        let line = #"{"type":"operator","id":"O","name":"N","country":"HR",\#(member)}"#
        switch RegistryLines.parse(Array(line.utf8), number: 1) {
        case .problem(let problem): #expect(problem.reason == reason)
        case .entry(let read):
            #expect(reason == nil)
            #expect(read.json == line)
            #expect(read.unknownKeys == [])
            #expect(RegistryEntry(json: Array(read.entry.json.utf8)) == read.entry)
        }
    }

    @Test(arguments: [
        ("Željko & Sinovi d.o.o.", "zeljko sinovi d o o"), ("STRAẞE Straße", "strasse strasse"),
        ("Παπαδόπουλος ΞΥΛΕΙΑ", "παπαδοπουλοσ ξυλεια"), ("„Йовков“ ООД", "иовков оод"),
        ("Łódź Đuro Ørsted", "łodz đuro ørsted"),
        ("ﬁrm Ⅳ ½", "firm iv 1 2"), ("木材 株式会社", "木材 株式会社"), ("a\u{200B}b e\u{301}", "ab e"), ("\u{A0}x\u{A0}y", "x y"),
        ("", ""),
    ])
    func `a name's words have neither case nor accents`(name: String, words: String) {
        #expect(NameWords(name).all.joined(separator: " ") == words)
    }

    @Test(arguments: [
        ("GmbH", true), ("d.o.o.", true), ("ЕООД", true), ("„ООД“", true), ("GmbH haftungsbeschränkt", true),
        ("", true),
        ("Drvo d.o.o.", false), ("Желязков ЕООД", false), ("Ξυλεία Α.Ε.", false), ("GmbH Müller", true),
    ])
    func `a name that may be a legal form only is looked at again`(name: String, mayBe: Bool) {
        #expect(NameWords.mayBeLegalFormOnly(name) == mayBe)
        #expect(mayBe || !NameWords(name).isLegalFormOnly)
    }
}
