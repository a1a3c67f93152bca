import Reading
import Testing

/// Whether a person is mentioned.
@Suite struct NameTests {
    @Test(
        "A name is found however it is written",
        arguments: [
            ("Željko", "Ime: Željko"), ("Željko", "ZELJKO ŠARIĆ"), ("Željko", "zeljko saric"),
            ("Šarić", "Željko S\u{30C}aric\u{301}"), ("Zeljko", "Željko Šarić"), ("Đorđe", "Djordje Petrović"),
            ("Đorđe", "Dorde Petrovic"), ("Müller", "Hans Mueller"), ("Müller", "Hans Muller"),
            ("Mueller", "Hans Müller"), ("Muller", "Hans Müller"), ("Müller", "HANS MÜLLER"), ("Strauß", "STRAUSS"),
            ("Strauss", "Strauß"), ("Groß", "GROẞ"), ("Jørgensen", "Jorgensen"), ("Jørgensen", "Joergensen"),
            ("Åse", "Aase Berg"), ("Æbelø", "Aebeloe"), ("Kjær", "Kjaer"), ("Þór", "Thor"), ("Łukasz", "Lukasz"),
            ("Γιώργος", "Giorgos Papadopoulos"), ("Γιώργος", "Yiorgos"), ("Giorgos", "Γιώργος"),
            ("Παπαδόπουλος", "PAPADOPOULOS"), ("Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"), ("Χατζής", "Hatzis"),
            ("Χατζής", "Chatzis"), ("Ευάγγελος", "Evangelos"), ("Ευάγγελος", "Evaggelos"), ("Αυγή", "Avgi"),
            ("Μπάμπης", "Babis"), ("Μπάμπης", "Mpampis"), ("Ντίνος", "Dinos"), ("Ξένια", "Xenia"), ("Ξένια", "Ksenia"),
            ("Θεόδωρος", "Theodoros"), ("Ψαρρός", "Psarros"), ("Papadopoulos", "Παπαδόπουλος"),
            ("Щерев", "Shterev"), ("Йордан", "Yordan"), ("Йордан", "Jordan"), ("Юлия", "Yulia"), ("Юлия", "Julia"),
            ("Христо", "Hristo"), ("Христо", "Christo"), ("Петър", "Petar"), ("Цветан", "Tsvetan"), ("Жельо", "Zhelyo"),
            ("Shterev", "Щерев"), ("ЙОРДАН", "Йордан"), ("Ana Marija", "Marija i Ana"), ("Ana-Marija", "Ana Marija"),
            ("Ana-Marija", "Anamarija"), ("Ana Marija", "Ana-Marija"), ("O'Brien", "O’Brien"), ("O'Brien", "OBrien"),
            ("D'Angelo", "D´Angelo"), ("Ana", "au nom d'Ana Horvat"), ("Nguyễn", "Nguyen"), ("Işık", "Isik"),
            ("Gökçe", "Goekce"), ("Ana", "An\u{AD}a"), ("Ana", "A\u{200B}na"), ("Ana Horvat", "Ana\u{A0}Horvat"),
            ("Ana Horvat", "Ana\nHorvat"), ("Dr. Ana", "Ana Horvat"), ("John P.", "John Murphy"),
            ("García Lopez", "Lopez Garcia"), ("Ana", "Name:Ana,Surname:Horvat"), ("Ｈａｎｓ", "Hans"),
            ("von der Heide", "Jan v.d. Heide"), ("van den Berg", "J. v. d. Berg"), ("von der Heide", "v. der Heide"),
            ("Kovács", "Kovács Éva"), ("Éva", "Kova\u{301}cs E\u{301}va"), ("van der Berg", "VAN DER BERG, Jan"),
        ])
    func found(name: String, body: String) {
        #expect(Shipped.read(body).mention(ofName: name).isFound, "\(Shipped.read(body).mention(ofName: name))")
    }

    @Test(
        "What is not the name is not found",
        arguments: [
            ("Ana", "Anamarija Horvat"), ("Ana", "Banana"), ("Ana", "ana@drvo.example"), ("Ana", "mailto:ana.horvat"),
            ("Ana", "https://drvo.example/ana/profile"), ("Ana", "www.ana.example"),
            ("Ana", "<ana.horvat@drvo.example>"),
            ("Horvat", "see horvat.example"), ("Ana", ""), ("Ana", "A. Horvat"), ("", "Ana Horvat"), ("Ана", "Ivan"),
            ("de Wit", "d Wat."), ("de", "d.o.o."), ("Ana", "annual report"), ("Li", "Lia Lim Oli"),
            ("Ana Horvat", "x.example?n=Ana+Horvat"),
            ("Ana Horvat", "x.example/Ana/Horvat"), ("Ana Horvat", "drvo.example/Ana-Horvat."),
            ("Ana Horvat", "drvo.example#Ana+Horvat"), ("Ana Horvat", "drvo.example:8080/Ana+Horvat"),
            ("Ana Horvat", "/srv/Ana/Horvat"), ("Ana Horvat", "~/Ana/Horvat"), ("Ana Horvat", "../Ana/Horvat"),
            ("Ana Horvat", #"C:\Users\Ana\Horvat"#), ("Ana Horvat", #"\\disk\Ana\Horvat"#),
            ("Ana Horvat", "Ana_Horvat.pdf"), ("Ana Horvat", "see Ana-Horvat.PDF."),
            ("Ana Horvat", "(Ana_Horvat.docx)"), ("Ana Horvat", "scans/Ana/Horvat.jpg"),
            ("Ana Horvat", "file:///C:/Ana Horvat.pdf"),
        ])
    func missing(name: String, body: String) {
        #expect(Shipped.read(body).mention(ofName: name) == .missing)
    }

    @Test(
        "Slashes and stops make no link of words",
        arguments: [
            ("Ana", "Ana/Eva"), ("Byrne", "Byrne/Kelly"), ("Byrne", "and/or Byrne"), ("Byrne", "Aoife /Byrne"),
            ("Ana", "//Ana//"), ("Ana", "d.o.o./Ana"), ("Ana", "S.p.A./Ana"), ("Ana", "N.V./S.A./Ana"),
            ("Ana", "Drvo d.o.o.:Ana"), ("Ana", "ime.:Ana"), ("Ana", "Horvat.Ana"), ("Ana", "A/S Ana"),
            ("Ana", "s.r.o./Ana/Eva"), ("Horvat", "Ana.Horvat"), ("Ana", "Ime/Name/Nom: Ana"),
        ])
    func notLinks(name: String, body: String) {
        #expect(Shipped.read(body).mention(ofName: name).isFound)
    }

    @Test(
        "What the registry has in brackets need not be written",
        arguments: [
            ("Smith (née Jones)", "Mary Smith", true), ("Smith (née Jones)", "Mary Smith (née Jones)", true),
            ("Smith [Jones]", "Mary Smith", true), ("(Jones)", "Mary Jones", true), ("(Jones)", "Mary Smith", false),
            ("Smith (née Jones)", "Mary Jones", false), ("Smith) Jones(", "Smith Jones", true),
        ])
    func brackets(name: String, body: String, found: Bool) {
        #expect(Shipped.read(body).mention(ofName: name).isFound == found)
    }

    @Test(
        "A typing error or a missing part is near",
        arguments: [
            ("Horvat", "Ana Horvta", "Horvta"), ("Horvat", "Ana Horvatt", "Horvatt"), ("Horvat", "Ana Hrvat", "Hrvat"),
            ("Horvat", "Ana Horbat", "Horbat"), ("García Lopez", "Juan García", "García"),
            ("Ana-Marija", "Ana Horvat", "Ana"), ("Ana", "Ana-Marija Horvat", "Ana"),
            ("Παπαδόπουλος", "Papadopolos", "Papadopolos"), ("Щерев", "Shtrev", "Shtrev"),
            ("Manuel", "Manul Ortega", "Manul"), ("Müller", "Hans Müller-Schmidt", "Müller"),
        ])
    func near(name: String, body: String, read: String) {
        let mention = Shipped.read(body).mention(ofName: name)
        guard case .near(let evidence) = mention else {
            Issue.record("\(mention)")
            return
        }
        #expect(evidence.words == read)
    }

    @Test("Three letters have no near ones")
    func shortNames() {
        #expect(Shipped.read("Ama").mention(ofName: "Ana") == .missing)
    }

    @Test("A name inside a company's name mentions nobody, when asked so")
    func insideOrganisation() {
        let reading = Shipped.read("Please validate Hans for Müller Holz GmbH.")
        #expect(reading.mention(ofName: "Müller").isFound)
        #expect(reading.mention(ofName: "Müller", outside: ["Müller Holz GmbH"]) == .missing)
        let other = Shipped.read("Please validate Hans Müller for Müller Holz GmbH.")
        #expect(other.mention(ofName: "Müller", outside: ["Müller Holz GmbH"]).isFound)
    }

    @Test("The evidence's range is the words' place in the new text")
    func range() throws {
        let reading = Shipped.read("Pozdrav, Željko\nŠarić.")
        guard case .found(let evidence) = reading.mention(ofName: "Zeljko Saric") else {
            Issue.record("not found")
            return
        }
        #expect(evidence.words == "Željko\nŠarić")
        #expect(Array(reading.newText.utf8)[evidence.range].elementsEqual(evidence.words.utf8))
    }
}
