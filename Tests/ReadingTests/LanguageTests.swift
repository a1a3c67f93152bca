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

    @Test(
        "Where the text does not say, nothing is guessed",
        arguments: ["", "Ana Horvat", "TRACES FLEGT", "Željko Šarić, Đakovo", "OK", "漢字"])
    func unclear(text: String) {
        #expect(Shipped.read(text).language == nil)
    }

    @Test("Foreign names don't turn a mail's language")
    func foreignNames() {
        let text = "Dear team, please approve the role for our company. Regards, Željko Šarić, Čučković Đurđica, Žabno"
        #expect(Shipped.read(text).language == "en")
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
