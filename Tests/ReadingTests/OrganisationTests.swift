import Reading
import Testing

/// Whether a company, an authority or a customs office is mentioned.
@Suite struct OrganisationTests {
    @Test(
        "An organisation is found with its legal form written otherwise, or without",
        arguments: [
            ("Drvo Sjever d.o.o.", "za tvrtku Drvo Sjever d.o.o. iz Zagreba"),
            ("Drvo Sjever d.o.o.", "DRVO SJEVER DOO"),
            ("Drvo Sjever d.o.o.", "Drvo Sjever"), ("Drvo Sjever d.o.o.", "\"Drvo Sjever\" d. o. o."),
            ("Drvo Sjever d.o.o.", "Drvo Sjever, društvo s ograničenom odgovornošću"),
            ("Drvo Sjever", "Drvo Sjever d.o.o."), ("Drvo Sjever d.o.o.", "Drvo Sjever sa sjedištem u Zagrebu"),
            ("Drvo Sjever d.o.o.", "I act as Drvo Sjever as importer"),
            ("Drvo Sjever d.o.o.", "Drvo\nSjever d.o.o., Zagreb"),
            ("Drvo Sjever d.o.o.", "Drvo-Sjever d.o.o."), ("Tropenholz Nord GmbH", "Tropenholz Nord Ges.m.b.H."),
            ("Tropenholz Nord GmbH", "Tropenholz Nord Gesellschaft mit beschraenkter Haftung"),
            ("Tropenholz Nord GmbH & Co. KG", "Tropenholz Nord GmbH und Co KG"),
            ("Bois du Sud SARL", "Bois du Sud S.à r.l."),
            ("Bois du Sud SARL", "la société « Bois du Sud »"), ("Houtland BV", "Houtland SRL"),
            ("Houtland NV", "Houtland S.A."),
            ("Drewex sp. z o.o.", "Drewex Sp. z o. o."), ("Drewex sp. z o.o.", "DREWEX SP Z OO"),
            ("Drewex sp. z o.o.", "Drewex spółka z ograniczoną odpowiedzialnością"),
            ("Legnami Rossi S.r.l.", "LEGNAMI ROSSI SRL"),
            ("Koks Baltija SIA", "SIA \"Koks Baltija\""), ("SIA Koks Baltija", "Koks Baltija SIA"),
            ("UAB Mediena", "UAB „Mediena“"),
            ("Puidu Partner OÜ", "OÜ Puidu Partner"), ("Puidu Partner OÜ", "Puidu Partner OU"),
            ("Faipar Kft.", "Faipar korlátolt felelősségű társaság"),
            ("Dřevo Morava s.r.o.", "Drevo Morava spol. s r.o."), ("Дървесина Родопи ООД", "\"Дървесина Родопи\" ООД"),
            ("Дървесина Родопи ООД", "Darvesina Rodopi OOD"), ("Ξυλεία Βορρά ΑΕ", "ΞΥΛΕΙΑ ΒΟΡΡΑ Α.Ε."),
            ("Ξυλεία Βορρά ΑΕ", "Xyleia Vorra AE"),
            ("Holz & Sohn GmbH", "Holz und Sohn GmbH"), ("Wood and Sons Ltd", "Wood & Sons Limited"),
            ("Legno e Figli", "Legno & Figli"),
            ("Madeiras do Norte, Lda.", "Madeiras do Norte Ltda"), ("Nordtræ A/S", "Nordtrae AS"),
            ("Puutavara Virtanen Oy", "Puutavara Virtanen Oy:n"),
            ("Ministarstvo poljoprivrede", "Ministarstvo poljoprivrede, Zagreb"),
            ("Carinski ured Zagreb", "CARINSKI URED ZAGREB"),
            ("Holz Import GmbH", "für die Holz Import GmbH"), ("Müller Holz GmbH", "Mueller Holz GmbH"),
            ("A.B.C. Timber Ltd", "for ABC Timber Ltd"), ("ABC Timber Ltd", "for A.B.C. Timber Ltd"),
            ("ABC Timber Ltd", "for A. B. C. Timber"), ("A.B.C. Timber Ltd", "A.B.C Timber"),
            ("J & B Timber Ltd", "J & B Timber"), ("J.B. Timber Ltd", "JB Timber Limited"),
            ("S.C. Lemn SRL", "S.C. Lemn S.R.L."), ("Oakwood Ltd (in liquidation)", "for Oakwood Ltd"),
            ("Oakwood Ltd (in liquidation)", "for Oakwood Ltd (in liquidation)"),
            ("Drvo d.o.o. (u stečaju)", "tvrtka Drvo d.o.o."), ("Дърво ООД (в ликвидация)", "за Дърво ООД"),
            ("Lemn SRL", "S.C. Lemn S.R.L."), ("Oakwood (Ireland) Ltd", "Ann Bell, Oakwood (Ireland) Ltd"),
            ("Oakwood (Ireland) Ltd", "for Oakwood Ireland Limited"), ("Kane [Wood] Ltd", "for Kane [Wood] Ltd"),
            ("Wood | Stone Ltd", "for Wood | Stone Ltd"), ("Wood | Stone Ltd", "for Wood Stone Ltd"),
            ("Drewno; Handel", "firma Drewno; Handel"), ("Holz - Nord GmbH", "die Holz - Nord GmbH"),
            ("Oak (and Ash) Ltd", "Oak (and Ash) Ltd"), ("Oak (and Ash) Ltd", "Oak (Ash) Ltd"),
            ("Oakwood Cork Ltd", "Oakwood Cork (OC) Ltd"), ("Drvo Sjever d.o.o.", "Drvo Sjever (Zagreb), d.o.o."),
        ])
    func found(name: String, body: String) {
        let mention = Shipped.read(body).mention(ofOrganisation: name)
        #expect(mention.isFound, "\(mention)")
    }

    @Test(
        "Another company, another form or a typing error is near at most",
        arguments: [
            ("Drvo Sjever d.o.o.", "Drvo Sjever d.d."), ("Drvo Sjever d.o.o.", "Drvo Sjever j.d.o.o."),
            ("Drvo Sjever d.o.o.", "Drvo Sjever Ltd"),
            ("Drvo Sjever d.o.o.", "Drvo Sjever Trgovina d.o.o."), ("Drvo Sjever d.o.o.", "Drvo Sjeber d.o.o."),
            ("Drvo Sjever d.o.o.", "Sjever i drvo"),
            ("Drvo Sjever d.o.o.", "Drvosjever d.o.o."), ("Drvo d.o.o.", "Drvo-Promet d.o.o."),
            ("Tropenholz Nord GmbH", "Tropenholz Nord GmbH & Co. KG"),
            ("Tropenholz Nord GmbH", "Tropenholz Nord AG"), ("Koks Baltija SIA", "AS Koks Baltija"),
            ("Mediena UAB", "AB Mediena"),
            ("Holz Import GmbH", "wir betreiben Holz Import"), ("Holz Import GmbH", "Holz Import AG"),
            ("Wood Sons Ltd", "Wood Sons plc"),
            ("Puu Partner Oy", "Puu Partner Oyj"), ("Дървесина Родопи ООД", "Дървесина Родопи ЕООД"),
            ("Legnami Rossi S.r.l.", "Legnami Rossi S.p.A."),
            ("Lee Valley Timber Ltd", "Lee Valley Timber (Northern Ireland) Ltd"),
            ("Oakwood Ltd (in liquidation)", "Oakwood plc"),
            ("Oakwood (Ireland) Ltd", "Oakwood Ltd, an (Ireland) firm"), ("Wood Stone Ltd", "Wood; Stone"),
        ])
    func near(name: String, body: String) {
        let mention = Shipped.read(body).mention(ofOrganisation: name)
        guard case .near = mention else {
            Issue.record("\(mention)")
            return
        }
    }

    @Test(
        "What is not there is missing",
        arguments: [
            ("ABC Timber Ltd", "A, B, C Timber Ltd"), ("Lee Ltd", "L.e.e Ltd"), ("Drvo Sjever d.o.o.", "Drvo d.o.o."),
            ("Drvo Sjever d.o.o.", "info@drvo-sjever.example"),
            ("Drvo Sjever d.o.o.", ""),
            ("", "Drvo Sjever"), ("Ana d.o.o.", "Anamarija d.o.o."),
        ])
    func missing(name: String, body: String) {
        #expect(Shipped.read(body).mention(ofOrganisation: name) == .missing)
    }

    @Test("A longer registered name is its own mention")
    func longerNames() {
        let longer = ["Drvo Sjever Plus d.o.o."]
        let one = Shipped.read("za Drvo Sjever Plus").mention(ofOrganisation: "Drvo Sjever d.o.o.", longerNames: longer)
        #expect(!one.isFound)
        let both = Shipped.read("za Drvo Sjever Plus i Drvo Sjever")
            .mention(ofOrganisation: "Drvo Sjever d.o.o.", longerNames: longer)
        #expect(both.isFound)
    }

    @Test(
        "A longer registered name with brackets is its own mention, with them and without",
        arguments: [
            ("Lee Valley Timber (Northern Ireland) Ltd", "Lee Valley Timber (Northern Ireland) Ltd", false),
            ("Lee Valley Timber (Northern Ireland) Ltd", "Lee Valley Timber (Northern Ireland)", false),
            ("Lee Valley Timber (Northern Ireland) Ltd", "Lee Valley Timber Northern Ireland", false),
            ("Lee Valley Timber Northern Ireland Ltd", "Lee Valley Timber [Northern Ireland]", false),
            ("Lee Valley Timber Holdings Ltd", "Lee Valley Timber\n(Holdings see below)", true),
            ("Lee Valley Timber Holdings Ltd", "Lee Valley Timber; Holdings", true),
        ])
    func longerNamesInBrackets(longer: String, body: String, found: Bool) {
        let mention = Shipped.read(body).mention(ofOrganisation: "Lee Valley Timber Ltd", longerNames: [longer])
        #expect(mention.isFound == found, "\(mention)")
    }

    @Test("In a country a form means what it means there")
    func country() {
        let body = "Legno SRL"
        #expect(Shipped.read(body).mention(ofOrganisation: "Legno BV", country: "BE").isFound)
        #expect(!Shipped.read(body).mention(ofOrganisation: "Legno BV", country: "NL").isFound)
    }

    @Test(
        "A code is found as a word of its own",
        arguments: [
            ("HR000101", "Ured HR000101, Zagreb", true), ("HR000101", "hr000101", true),
            ("HR000101", "HR0001012", false),
            ("FMSCA-HR", "code FMSCA-HR.", true), ("FMSCA-HR", "FMSCA-HRV", false), ("FMSCA-HR", "FMSCA-HR-2", false),
            ("HR000101", "hr000101@carina.example", false), ("", "x", false),
        ])
    func codes(code: String, body: String, found: Bool) {
        #expect(Shipped.read(body).mention(ofOrganisation: "Carinski ured", codes: [code]).isFound == found)
    }
}
