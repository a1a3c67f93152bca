import Reading
import Testing

/// The guess at a mail's language, and the files that it rests on.
@Suite struct LanguageTests {
    static let sentences: [(String, String)] = [
        ("bg", "Уважаеми колеги, моля за одобрение на ролята. Фирмата е в София и внася от Индонезия."),
        ("cs", "Dobrý den, prosím o schválení mé žádosti. Naše společnost dováží ze zahraničí a ještě nemá přístup."),
        ("da", "Kære alle, jeg vil gerne have adgang til systemet for vores virksomhed. Venlig hilsen"),
        (
            "de",
            "Sehr geehrte Damen und Herren, ich bitte um die Freischaltung für unsere Firma. Mit freundlichen Grüßen"
        ),
        ("el", "Αξιότιμοι κύριοι, παρακαλώ για την έγκριση του ρόλου για την εταιρεία μας. Με εκτίμηση"),
        ("en", "Dear colleagues, could you please approve my request for our company? With kind regards"),
        (
            "es",
            "Estimados señores, les ruego que aprueben la solicitud de nuestra empresa. Muchas gracias y saludos cordiales"
        ),
        ("et", "Lugupeetud kolleegid, palun kinnitage meie ettevõtte taotlus. Parimate tervitustega"),
        ("fi", "Hyvä vastaanottaja, pyydän hyväksymään yrityksen hakemuksen. Ystävällisin terveisin"),
        ("fr", "Bonjour, je vous prie de bien vouloir valider la demande de notre société. Merci et salutations"),
        ("ga", "A chara, ba mhaith liom iarratas a dhéanamh ar son na cuideachta. Le meas, agus go raibh maith agat"),
        (
            "hr",
            "Poštovani, molim odobrenje zahtjeva za našu tvrtku koja je upisana. Lijepo vas pozdravljam, srdačan pozdrav"
        ),
        ("hu", "Tisztelt Címzett! Kérem, hogy hagyják jóvá a cégünk kérelmét. Köszönöm, üdvözlettel"),
        ("it", "Buongiorno, con la presente chiedo di approvare la richiesta della nostra società. Cordiali saluti"),
        ("lt", "Laba diena, prašau patvirtinti mūsų įmonės prašymą. Pagarbiai ir ačiū už pagalbą"),
        ("lv", "Labdien, lūdzu apstiprināt mūsu uzņēmuma pieprasījumu. Ar cieņu un paldies par palīdzību"),
        ("mt", "Għeżież sinjuri, nixtieq nitlob li tapprovaw it-talba tal-kumpanija tagħna. Grazzi u tislijiet"),
        (
            "nl",
            "Geachte heer, mevrouw, ik verzoek u om de aanvraag van ons bedrijf goed te keuren. Met vriendelijke groeten"
        ),
        ("pl", "Szanowni Państwo, proszę o zatwierdzenie wniosku dla naszej firmy. Z poważaniem i dziękuję"),
        (
            "pt",
            "Exmos. Senhores, venho por este meio solicitar a aprovação do pedido da nossa empresa. Com os melhores cumprimentos"
        ),
        ("ro", "Bună ziua, vă rog să aprobați cererea pentru societatea noastră. Cu stimă și mulțumesc"),
        ("sk", "Dobrý deň, prosím o schválenie mojej žiadosti pre našu spoločnosť. Ďakujem a s pozdravom"),
        ("sl", "Spoštovani, prosim za odobritev zahtevka za naše podjetje, ki je vpisano. Lep pozdrav in hvala"),
        ("sv", "Hej, jag skulle vilja få tillgång till systemet för vårt företag. Med vänliga hälsningar"),
    ]

    @Test("A mail's language is recognised", arguments: sentences)
    func language(code: String, text: String) {
        #expect(Shipped.read(text).language == code)
    }

    @Test("A short text's language is recognised, with and without accents", arguments: LanguageSamples.all)
    func shortText(language: String, text: String) {
        #expect(Shipped.read(text).language == language)
    }

    @Test("There are eight short texts of every language")
    func allLanguages() {
        let counts = Dictionary(LanguageSamples.all.map { ($0.language, 1) }, uniquingKeysWith: +)
        #expect(Set(counts.keys) == Set(Self.sentences.map(\.0)))
        #expect(counts.values.allSatisfy { $0 == 8 })
    }

    @Test(
        "Neighbours are told apart by what only one of them has",
        arguments: [
            ("cs", "Prosím o roli dovozce. Děkuji"), ("sk", "Prosím o rolu dovozcu. Ďakujem"),
            ("hr", "Molim ulogu za tvrtku. Hvala"), ("sl", "Prosim vlogo za podjetje. Hvala"),
            ("da", "Jeg mangler også en rolle"), ("sv", "Jag saknar också en roll"),
            ("es", "Necesito el rol para la empresa"), ("pt", "Preciso da função para a empresa"),
            ("et", "Palun meie ettevõttele rolli"), ("fi", "Pyydän yrityksellemme roolia"),
            ("lv", "Lūdzu lomu mūsu uzņēmumam"), ("lt", "Prašau vaidmens mūsų įmonei"),
            ("de", "Ich brauche noch die Rolle"), ("nl", "Ik heb de rol nog nodig"),
            ("fr", "Nous avons besoin du rôle"), ("it", "Abbiamo bisogno del ruolo"),
            ("ro", "Avem nevoie de rol pentru firmă"), ("ga", "Tá an ról ag teastáil uainn"),
        ])
    func neighbours(language: String, text: String) {
        #expect(Shipped.read(text).language == language)
    }

    @Test(
        "Where the text does not say, nothing is guessed",
        arguments: [
            "", "Ana Horvat", "TRACES FLEGT", "Željko Šarić, Đakovo", "OK", "漢字",
            // Said so in both of two languages.
            "Hej, mvh Anna", "Prosím o to, v pondělí", "Dobro jutro", "rol importador", "on, ja, ei",
            // Half in each.
            "Guten Tag, buongiorno, ich bitte um die Rolle, chiedo il ruolo, danke, grazie",
            "Hej / hei, jag begär rollen, pyydän roolia, tack, kiitos",
            // Names alone.
            "Maria de la Cruz van der Veen", "Holz und Wald GmbH", "Banca di Roma", "Anna und Peter Groß",
        ])
    func unclear(text: String) {
        #expect(Shipped.read(text).language == nil)
    }

    @Test(
        "Foreign names, companies and authorities don't turn a mail's language",
        arguments: [
            (
                "en",
                "Dear team, please approve the role for our company. Regards, Željko Šarić, Čučković Đurđica, Žabno"
            ),
            ("en", "Please add the role for Maison de la Forêt et du Bois SARL, Ministère de l'Agriculture. Thanks"),
            ("en", "Please approve my role for Ministerstvo zemědělství a životního prostředí. Thanks"),
            ("de", "Bitte schalten Sie mich für Legnami del Nord e della Valle S.r.l. frei. Danke"),
            ("hr", "Molim ulogu za tvrtku Holz und Wald Import GmbH, u kopiji je nadležno tijelo."),
            ("fi", "Hei, pyydän roolia yritykselle Timber and More of the North Ltd. Kiitos"),
        ])
    func foreignNames(language: String, text: String) {
        #expect(Shipped.read(text).language == language)
    }

    @Test("An English subject and an English signature don't turn a mail's language")
    func englishAround() {
        let text = """
            Dobrý den, prosím o schválení mé žádosti, kterou jsem podal včera. Ještě nemám přístup.

            Kind regards
            Jan Novák
            Sales Manager, Timber and Wood Products
            Phone: +420 000 000 000
            """
        #expect(Shipped.read(subject: "Request for the role of timber importer, please approve", text).language == "cs")
    }

    @Test("Quoted text doesn't turn a mail's language")
    func quoted() {
        let text = """
            Ahoj, posílám to ještě jednou. Děkuji

            > Dear Sir or Madam,
            > the mail that you sent does not have the names that we need. Please write them in the text.
            """
        #expect(Shipped.read(subject: "Re: your role request", text).language == "cs")
    }

    @Test("The subject tells the language where the text is too short to, and not where the text is in two")
    func subject() {
        #expect(Shipped.read(subject: "Prosím o schválení žádosti naší společnosti", "Jan Novák").language == "cs")
        #expect(
            Shipped.read(
                subject: "Please approve the role for our company",
                "Hej / hei, jag begär rollen, pyydän roolia, tack, kiitos"
            ).language == nil)
    }

    @Test("Stems count as words of the language, and a changed list changes the outcome")
    func changedStopwords() {
        var terms = LanguageTerms(language: "xx")
        terms.stopwords = ["snark*", "boojum", "größe*"]
        let lexicon = Lexicon([terms])
        let read = { MailReading(subject: "", body: [BodyText(kind: .plain, text: $0)], lexicon: lexicon).language }
        #expect(read("snarkish boojum") == "xx")
        #expect(read("groesse, Grossen") == "xx")
        #expect(read("snark boojums") == nil)
    }

    @Test("A changed file changes the outcome")
    func changedLexicon() {
        var terms = LanguageTerms(language: "xx")
        terms.kinds = ["importer": ["snark*"]]
        terms.ask = ["beg*"]
        let body = [BodyText(kind: .plain, text: "I beg for snarkhood")]
        #expect(MailReading(subject: "", body: body, lexicon: Shipped.lexicon).kinds().kinds.isEmpty)
        let reading = MailReading(subject: "", body: body, lexicon: Lexicon([terms])).kinds()
        #expect(reading.kinds["importer"]?.words == "snarkhood")
        #expect(reading.kinds["importer"]?.language == "xx")
        #expect(reading.request?.words == "beg")
    }
}
