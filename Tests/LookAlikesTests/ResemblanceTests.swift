import Mail
import Testing

@testable import LookAlikes

struct ResemblanceTests {
    /// What is seen, what is known, in what they look alike.
    static let alike: [(String, String, Resemblance)] = [
        // Cyrillic: one letter among Latin ones; a whole label; letters whose Latin twin is a capital.
        ("xn--frma-l9d.example", "firma.example", .letters),
        ("xn--80ak6aa92e.example", "apple.example", .letters),
        ("xn--80aa1cc.example", "capa.example", .letters),
        ("xn--e1ay.europa.eu", "ec.europa.eu", .letters),
        ("xn--80adzl.example", "bahk.example", .letters),
        // Greek.
        ("xn--0xaafa.example", "oppo.example", .letters),
        // Latin beyond ASCII: accents, a dot below, a dotless i, strokes, a sharp s that older programs take for ss.
        ("xn--uma-zza.example", "suma.example", .letters),
        ("xn--ggle-gx5a.example", "gogle.example", .letters),
        ("xn--rnll-mza.example", "mlll.example", .letters),
        ("xn--d-4ga.example", "od.example", .letters),
        ("xn--fa-hia.example", "fass.example", .letters),
        // Digits and letters, l and a capital I, rn and m, vv and w.
        ("dn0.example", "dno.example", .letters),
        ("legnam1.example", "legnaml.example", .letters),
        ("legnaml.example", "legnami.example", .letters),
        ("firrna.example", "firma.example", .letters),
        ("vvood.example", "wood.example", .letters),
        ("ec.eur0pa.eu", "ec.europa.eu", .letters),
        // Dots and hyphens.
        ("ec-europa.eu", "ec.europa.eu", .separators),
        ("eceuropa.eu", "ec.europa.eu", .separators),
        ("e.c.europa.eu", "ec.europa.eu", .separators),
        ("drvosjever.example", "drvo-sjever.example", .separators),
        ("drvo--sjever.example", "drvo-sjever.example", .separators),
        ("ec-eur0pa.eu", "ec.europa.eu", .separators),
        ("xn--eceuropa-hoa.eu", "ec.europa.eu", .separators),
        // The known domain at the beginning of another.
        ("ec.europa.eu.evil.example", "ec.europa.eu", .beginning),
        ("ec-europa-eu.evil.example", "ec.europa.eu", .beginning),
        ("ec.europa.eu-login.example", "ec.europa.eu", .beginning),
        ("eceuropa.eu.example", "ec.europa.eu", .beginning),
        ("firrna.example.evil.example", "firma.example", .beginning),
        ("ec.europa.eu.co", "ec.europa.eu", .beginning),
        ("firma.com.evil.pl", "firma.com", .beginning),
    ]

    @Test(arguments: alike)
    func `a domain looks like another`(seen: String, known: String, expected: Resemblance) {
        let (seen, known) = (DomainLook(seen), DomainLook(known))
        #expect(Resemblance(of: seen, to: known) == expected)
        #expect(seen.keysToLookUp.contains(known.key))
    }

    static let different: [(String, String)] = [
        ("firma.example", "firma.example"),
        ("legnami.example", "legnamo.example"),
        ("firma-b.example", "firma.example"),
        ("firma2.example", "firma.example"),
        ("firmen.example", "firma.example"),
        ("drvo-jug.example", "drvo-sjever.example"),
        ("holz.de.example", "holz.at"),
        // Another top-level domain, a country's own one for companies.
        ("holz.at", "holz.de"),
        ("firma.com.pl", "firma.com"),
        ("firma.co.uk", "firma.co"),
        // The known domain's own servers and neighbours.
        ("mail.ec.europa.eu", "ec.europa.eu"),
        ("jrc.europa.eu", "ec.europa.eu"),
        ("europa.eu", "ec.europa.eu"),
        ("ec.europa.eu", "mail.ec.europa.eu"),
        ("gov.hr", "gov.si"),
        // 'legno.se' and 'marina.de' have an ending of their own, which these names swallow.
        ("legnose.example", "legno.se"),
        ("marinade.shop.example", "marina.de"),
        ("xn--80axut.example", "suma.example"),
        ("xn--wgv71a.example", "firma.example"),
    ]

    @Test(arguments: different)
    func `neighbours, relatives and the same domain do not`(seen: String, known: String) {
        #expect(Resemblance(of: DomainLook(seen), to: DomainLook(known)) == nil)
    }

    @Test func `the letters of a host name have the skeleton that the standard gives them`() throws {
        for scalar in "abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars where scalar != "i" {
            let letter = String(scalar)
            // With a letter beside that is none of ASCII, the standard's own tables are asked.
            let asked = try #require(UnicodeTables.skeleton(letter)).lowercased()
            #expect(LookAlikeLetters.skeleton(of: letter) == asked)
            #expect(LookAlikeLetters.skeleton(of: "ω\(letter)") == "ω\(asked)")
        }
    }

    @Test(arguments: [
        ("flegt@mps.example", "f1egt@x.example", true), ("sante-traces@x.example", "sante.traces@y.example", true),
        ("Info@x.example", "info@y.example", true), ("ana@x.example", "anna@x.example", false),
        ("flegt@x.example", "flegt2@x.example", false),
    ])
    func `local parts are compared for their looks`(one: String, other: String, expected: Bool) throws {
        let (one, other) = (try #require(EmailAddress(one)), try #require(EmailAddress(other)))
        #expect(one.localPartLooksLike(other) == expected)
    }

    @Test func `a name of very many labels has few beginnings`() {
        #expect(DomainLook(String(repeating: "a.", count: 127) + "x").beginnings.count == 15)
    }
}
