import Reading
import Testing

/// Organisations in other cases, by their short names, and with legal forms around them.
@Suite struct OrganisationFormTests {
    @Test(
        "An authority is found in another case",
        arguments: [
            ("HR", "Ministarstvo poljoprivrede", "djelatnik Ministarstva poljoprivrede molim"),
            ("HR", "Carinski ured Zagreb", "radim u Carinskom uredu Zagreb od rujna"),
            (
                "HR", "Državni inspektorat Republike Hrvatske",
                "inspektor Državnog inspektorata Republike Hrvatske molim"
            ),
            ("SI", "Finančna uprava Republike Slovenije", "uslužbenec Finančne uprave Republike Slovenije prosim"),
            ("SI", "Izpostava Luka Koper", "Delam v Izpostavi Luka Koper kot carinik"),
            ("CZ", "Celní úřad pro Jihomoravský kraj", "sloužím u Celního úřadu pro Jihomoravský kraj od jara"),
            ("CZ", "Ministerstvo zemědělství", "pracuji na Ministerstvu zemědělství v Praze"),
            ("SK", "Colný úrad Bratislava", "som príslušníkom Colného úradu Bratislava a žiadam"),
            (
                "PL", "Pomorski Urząd Celno-Skarbowy w Gdyni",
                "pracuję w Pomorskim Urzędzie Celno-Skarbowym w Gdyni jako"
            ),
            ("PL", "Krajowa Administracja Skarbowa", "pracownik Krajowej Administracji Skarbowej prosi"),
            ("PL", "Oddział Celny w Medyce", "dla Oddziału Celnego w Medyce proszę"),
            ("LT", "Valstybinė miškų tarnyba", "esu Valstybinės miškų tarnybos specialistas"),
            ("LT", "Klaipėdos teritorinė muitinė", "dirbu Klaipėdos teritorinėje muitinėje ir prašau"),
            ("LV", "Valsts meža dienests", "lomu Valsts meža dienesta inspektoram"),
            ("LV", "Dabas aizsardzības pārvalde", "strādāju Dabas aizsardzības pārvaldē un lūdzu"),
            ("FI", "Ruokavirasto", "haen Ruokaviraston käyttäjäksi"),
            ("FI", "Suomen metsäkeskus", "olen Suomen metsäkeskuksen tarkastaja"),
            ("FI", "Vuosaaren tulli", "nimenomaan Vuosaaren tullin alle"),
            ("EE", "Keskkonnaamet", "roll Keskkonnaameti spetsialistile"),
            ("EE", "Muuga tollipunkt", "töötan Muuga tollipunktis ja palun"),
            ("HU", "Záhonyi Vámkirendeltség", "kirendeltek a Záhonyi Vámkirendeltségre részmunkaidőben"),
            ("HU", "Agrárminisztérium", "az Agrárminisztériumnak kérjük"),
            ("HU", "Röszkei Vámhivatal", "a Röszkei Vámhivatallal dolgozom"),
            ("BG", "Изпълнителна агенция по горите", "задълженията в Изпълнителната агенция по горите моля"),
            ("BG", "Министерство на земеделието", "служител на Министерството на земеделието съм"),
            ("GR", "Τελωνείο Ηγουμενίτσας", "υπάλληλος του Τελωνείου Ηγουμενίτσας ζητώ"),
            ("GR", "Γενική Διεύθυνση Δασών", "εκ μέρους της Γενικής Διεύθυνσης Δασών ζητώ"),
            ("RO", "Garda Forestieră Cluj", "ca reprezentant al Gărzii Forestiere Cluj cer"),
            ("RO", "Ministerul Mediului", "în numele Ministerului Mediului cer"),
            ("IE", "An Roinn Talmhaíochta, Bia agus Mara", "Cigire sa Roinn Talmhaíochta, Bia agus Mara, ag plé"),
            ("IE", "Seirbhís na Foraoise", "ar son Sheirbhís na Foraoise iarraim"),
            ("MT", "Awtorità tal-Foresti", "f'isem l-Awtorità tal-Foresti nitlob"),
            ("MT", "Dwana tal-Port", "naħdem mad-Dwana tal-Port"),
            ("SE", "Skogsstyrelsen", "som Skogsstyrelsens nya handläggare"),
            ("DK", "Miljøstyrelsen", "til Miljøstyrelsens behandling"),
            ("DE", "Hauptzollamt Bremen", "die Kollegen des Hauptzollamts Bremen bei"),
            ("AT", "Bundesamt für Wald", "als Mitarbeiter des Bundesamtes für Wald bitte"),
        ])
    func inflected(country: String, name: String, text: String) {
        let mention = Shipped.read(text).mention(ofOrganisation: name, country: country)
        #expect(mention.isFound, "\(mention)")
    }

    @Test(
        "Another office, an inflection in the wrong place and a company without its form are none",
        arguments: [
            ("HR", "Carinski ured Zagreb", "radim u Carinskom uredu Rijeka"),
            ("HR", "Ministarstvo poljoprivrede", "Ustanova: Ministarstva poljoprivrede"),
            ("HR", "Ministarstvo poljoprivrede", "djelatnik Ministrastva poljoprivrede molim"),
            ("CZ", "Celní úřad pro Jihomoravský kraj", "u Celní úřadu pro Jihomoravský kraj"),
            ("CZ", "Celní úřad pro Jihomoravský kraj", "u Celního úřadu pro Moravskoslezský kraj"),
            ("PL", "Główny Inspektorat Ochrony Środowiska", "przez Główny Inspektorat Ochrony Środowisky"),
            ("SI", "Les Pohorje d.o.o.", "za Les Pohorju prosim"),
            ("RO", "Cherestea Țărmureș SRL", "pentru Cherestee Țărmureș SRL"),
            ("DE", "Zollamt Hamburg", "des Zollamts Hamburg-Waltershof"),
            ("FI", "Vuosaaren tulli", "Tornion tullin alle"),
            ("HR", "Jasen d.o.o.", "za Jasena molimo"), ("MT", "Qamar Ltd", "Al-Qamar Ltd"),
        ])
    func another(country: String, name: String, text: String) {
        #expect(!Shipped.read(text).mention(ofOrganisation: name, country: country).isFound)
    }

    @Test(
        "The right legal form counts wherever it stands",
        arguments: [
            ("FI", "Oy Nordic Teak Import Ab", "Nordic Teak Import Oy"),
            ("FI", "Oy Nordic Teak Import Ab", "Oy Nordic Teak Import Ab"),
            ("FI", "Nordic Teak Import Oy", "Ab Nordic Teak Import Oy"), ("LV", "AS \"Koks\" Rīga", "AS „Koks“ Rīga"),
            ("LV", "SIA \"Tropu finieris\"", "sabiedrībai ar ierobežotu atbildību «Tropu finieris»"),
            ("LV", "SIA \"Tropu finieris\"", "\"Tropu finieris\", SIA"),
            ("EE", "Balti Teak AS", "Aktsiaselts Balti Teak"),
            ("EE", "Balti Teak AS", "Balti Teak Aktsiaseltsi"),
            ("SE", "Bröderna Åkesson HB", "Handelsbolaget Bröderna Åkesson"),
            ("SK", "Drevina Liptov s.r.o.", "spoločnosti s ručením obmedzeným Drevina Liptov"),
            ("SK", "Drevina Liptov s.r.o.", "Drevina Liptov, spoločnosť s r.o."),
            ("FI", "Kärkkäinen Ky", "Kärkkäinen kommandiittiyhtiön"),
            ("SI", "Jadranski lesni terminal d.d.", "delniška družba Jadranski lesni terminal d. d."),
            ("PL", "Parkiety Śląskie S.A.", "Parkiety Śląskie Spółka Akcyjna"),
            ("PL", "Parkiety Śląskie S.A.", "spółki akcyjnej Parkiety Śląskie"),
            ("MT", "Zammit & Sons Co. Ltd", "Zammit and Sons Company Limited"), ("RO", "Lemn SRL", "S.C. Lemn S.R.L."),
            ("DE", "Furnierwerk UG (haftungsbeschränkt)", "Furnierwerk UG"), ("DE", "Nordholz GmbH", "Nordholz (GmbH)"),
            ("LT", "UAB „Šilo mediena“", "UAB „Šilo mediena“, AB „Klaipėdos fanera“"),
            ("HU", "Faipar Kft.", "a Faipar Kft.-nek"),
            ("PT", "«Pau-Santo» Comércio, Lda.", "A «Pau-Santo» - Comércio, Lda. pretende"),
            ("IT", "Legno S.r.l.", "Ragione sociale: Legno\nForma giuridica: S.r.l."), ("EE", "Puit OÜ", "Puit OÜ-le"),
            ("FI", "Puu Oy", "Puu Oy:n"),
            ("BE", "Houtland BV", "Houtland SRL"),
            ("BG", "Родопи Лес ООД", "дружеството с ограничена отговорност Родопи Лес"),
        ])
    func forms(country: String, name: String, text: String) {
        let mention = Shipped.read(text).mention(ofOrganisation: name, country: country)
        #expect(mention.isFound, "\(mention)")
    }

    @Test(
        "Another legal form is another company, wherever it stands",
        arguments: [
            ("LV", "AS \"Kurzemes bloks\"", "sabiedrības ar ierobežotu atbildību \"Kurzemes bloks\" speciālists"),
            ("LV", "AS \"Kurzemes bloks\"", "SIA „Kurzemes bloks“"),
            ("LV", "AS \"Kurzemes bloks\"", "SIA «Kurzemes bloks»"),
            ("LV", "AS \"Kurzemes bloks\"", "\"Kurzemes bloks\" SIA"),
            ("LV", "AS \"Kurzemes bloks\"", "\"Kurzemes bloks\" (SIA)"),
            ("LV", "AS \"Kurzemes bloks\"", "\"Kurzemes bloks\", SIA"),
            ("LV", "AS \"Kurzemes bloks\"", "Uzņēmums: Kurzemes bloks\nJuridiskā forma: SIA"),
            ("LV", "AS \"Kurzemes bloks\"", "SIA \"Kurzemes bloks\" AS"),
            ("EE", "Balti Teak AS", "Osaühing Balti Teak"),
            ("EE", "Balti Teak AS", "osaühingu Balti Teak esindaja"),
            ("SE", "Åkesson Trä HB", "Kommanditbolaget Åkesson Trä"),
            ("SE", "Åkesson Trä HB", "Åkesson Trä Aktiebolaget"),
            ("SK", "Drevina Liptov s.r.o.", "akciovej spoločnosti Drevina Liptov"),
            ("SK", "Drevina Liptov s.r.o.", "Právna forma: a.s.\nNázov: Drevina Liptov"),
            ("CZ", "Pila Šumava a.s.", "s.r.o. Pila Šumava"),
            ("PL", "Tartak Borowina S.A.", "spółki z ograniczoną odpowiedzialnością Tartak Borowina"),
            ("PL", "Żak Sp.j.", "Żak spółka komandytowa"),
            ("LT", "UAB „Šilo mediena“", "akcinės bendrovės „Šilo mediena“"),
            ("DE", "Nordholz Brandt GmbH", "Aktiengesellschaft Nordholz Brandt"),
            ("HU", "Tölgy Bt.", "Tölgy korlátolt felelősségű társaságnak"),
            ("SI", "Les Pohorje d.o.o.", "delniške družbe Les Pohorje"),
            ("HR", "Jasen d.o.o.", "dioničkog društva Jasen"),
            ("FI", "Oy Nordic Teak Import Ab", "Nordic Teak Import Oyj"), ("FI", "Puu Oy", "Puu kommandiittiyhtiön"),
        ])
    func otherForms(country: String, name: String, text: String) {
        let mention = Shipped.read(text).mention(ofOrganisation: name, country: country)
        guard case .near = mention else {
            Issue.record("\(mention)")
            return
        }
    }

    @Test(
        "What stands in brackets as a short name is a name, in capitals",
        arguments: [
            ("Bundesanstalt für Landwirtschaft (BLE)", "Bundesanstalt für Landwirtschaft", true),
            ("Bundesanstalt für Landwirtschaft (BLE)", "für die BLE", true),
            ("Bundesanstalt für Landwirtschaft (BLE)", "für die ble", false),
            ("Bundesanstalt für Landwirtschaft (BLE)", "Bundesanstalt für Landwirtschaft (BLE)", true),
            ("Zollamt Hamburg (Waltershof)", "Zollamt Hamburg", false), ("Oakwood (OAK) Ltd", "for OAK", false),
            ("Oakwood Ltd (OAK)", "for Oakwood", true), ("Oakwood Ltd (OAK)", "for OAK", false),
        ])
    func shortNames(name: String, text: String, found: Bool) {
        #expect(Shipped.read(text).mention(ofOrganisation: name).isFound == found)
    }

    @Test(
        "A longer registered name with a typing error is not the shorter one",
        arguments: [
            ("Les Pohorje d.o.o.", "Les Pohorje Trgovina d.d.", "za Les Pohorje Trgvina"),
            ("Jasen d.o.o.", "Slavonski Jasen d.o.o.", "za Slavnski Jasen d.o.o."),
            ("Lefèvre & Fils SAS", "Établissements Lefèvre & Fils SAS", "societe ETABLISEMENTS LEFEVRE ET FILS (SAS)"),
        ])
    func longerWithTypo(name: String, longer: String, text: String) {
        #expect(!Shipped.read(text).mention(ofOrganisation: name, longerNames: [longer]).isFound)
    }

    @Test(
        "Small differences in writing make no other organisation",
        arguments: [
            ("Holz & Eisen GmbH", "Holz und Eisen GmbH"), ("Bois & Fils SARL", "Bois et Fils SARL"),
            ("Madera & Hijos SL", "Madera y Hijos S.L."),
            ("Legno & Figli S.r.l.", "Legno e Figli SRL"), ("Drvo & Sin d.o.o.", "Drvo i Sin d.o.o."),
            ("Les & sin d.o.o.", "Les in sin d.o.o."),
            ("Puu & Pojat Oy", "Puu ja Pojat Oy"), ("Træ & Søn A/S", "Træ og Søn AS"),
            ("Fa & Társa Kft.", "Fa és Társa Kft"), ("Lemn & Fii SRL", "Lemn și Fii SRL"),
            ("Koks & Dēli SIA", "SIA Koks un Dēli"), ("Medis & Ko UAB", "UAB Medis ir Ko"),
            ("Injam & Ulied Ltd", "Injam u Ulied Limited"), ("Adhmad & Mac Teo", "Adhmad agus Mac Teoranta"),
            ("Ξύλο & Υιοί ΟΕ", "Ξύλο και Υιοί Ο.Ε."), ("Кедър & Син ЕООД", "Кедър и Син ЕООД"),
            ("Hout & Zoon B.V.", "Hout en Zoon BV"), ("Dřevo & Syn s.r.o.", "Dřevo a syn s. r. o."),
            ("Drvo Sjever d.o.o.", "Drvo Sjever's request"), ("Drvo Sjever d.o.o.", "firma Drvo Sjever"),
            ("Oak 2004 Ltd", "Oak 2004 Limited"),
            ("J.B. Timber Ltd", "J B Timber Ltd"), ("Teak \"Havnen\" ApS", "Teak Havnen ApS"),
            ("Parquets « Le Chêne Doré » SARL", "Parquets Le Chene Dore"),
            ("'t Hoekje Hardhout B.V.", "'t Hoekje Hardhout BV"), ("'t Hoekje Hardhout B.V.", "’t Hoekje Hardhout"),
            ("Houtland NV", "Houtland SA"),
            ("Legnami F.lli Dell'Acqua S.n.c.", "Legnami F.lli Dell’Acqua snc"),
            ("Tropicais do Sado, Lda.", "Tropicais do Sado Lda, Setúbal"),
            ("Madeiras Sequeira & Filhos, Lda.", "MADEIRAS SEQUEIRA E FILHOS LDA"),
        ])
    func writing(name: String, text: String) {
        let mention = Shipped.read(text).mention(ofOrganisation: name)
        #expect(mention.isFound, "\(mention)")
    }
}
