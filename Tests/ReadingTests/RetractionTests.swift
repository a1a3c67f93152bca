import Reading
import Testing

/// Mails that take a request back, disown or forbid it, and those that only sound so.
@Suite struct RetractionTests {
    static let languages: [String: String] = [
        "bg": "Моля, анулирайте моята заявка за роля.", "cs": "Prosím zrušte mou žádost o roli dovozce.",
        "da": "Jeg trækker hermed min anmodning tilbage.",
        "de": "Bitte ziehen Sie meinen Rollenantrag als Importeur zurück.",
        "el": "Παρακαλώ ακυρώστε την αίτησή μου.", "en": "Please withdraw the role request as importer.",
        "es": "Por favor, cancelen mi solicitud de rol.", "et": "Palun tühistage minu taotlus.",
        "fi": "Peruutan roolipyyntöni.", "fr": "Veuillez annuler ma demande de rôle.",
        "ga": "Cealaigh m'iarratas ar ról, le do thoil.", "hr": "Molim poništite moj zahtjev za ulogu uvoznika.",
        "hu": "Visszavonom a szerepkör iránti kérelmemet.", "it": "Vi prego di annullare la mia richiesta di ruolo.",
        "lt": "Atšaukiu savo prašymą dėl vaidmens.", "lv": "Lūdzu atcelt manu pieprasījumu.",
        "mt": "Nixtieq nirtira t-talba tiegħi.", "nl": "Ik trek mijn rolaanvraag hierbij in.",
        "pl": "Wycofuję swój wniosek o rolę importera.", "pt": "Peço que cancelem o meu pedido.",
        "ro": "Vă rog să anulați cererea mea.", "sk": "Prosím zrušte moju žiadosť o rolu.",
        "sl": "Preklicujem svojo vlogo.", "sv": "Jag återkallar min begäran om roll.",
    ]

    @Test("A request taken back is seen in every language", arguments: KindSentences.cases(languages))
    func everyLanguage(language: String, text: String) {
        #expect(Shipped.read(text).kinds().retraction?.place == .body)
        #expect(Shipped.read(subject: text, "").kinds().retraction?.place == .subject)
    }

    @Test("All 24 languages are in the table")
    func completeness() { #expect(Set(Self.languages.keys) == Set(Shipped.lexicon.languages)) }

    @Test(
        "What takes back, disowns, forbids or only asks how is a retraction",
        arguments: [
            "I do not want the importer role for Lee Valley Timber Ltd any more, please cancel my request.",
            "I do not want the importer role for Lee Valley Timber Ltd.",
            "Withdrawal of role request", "Please withdraw the role request as importer. It was made in error.",
            "Somebody else made an importer role request in my name, Aoife Byrne.", "Please refuse it!",
            "I did not ask for it.", "Fraudulent role request",
            "Can you explain how to make a role request for an importer?",
            "How do I make a role request for an importer?", "Please remove the importer role from Aoife Byrne.",
            "I hereby revoke my importer role request.", "Please reject the importer role request.",
            "Please do not validate my importer role request yet.", "I never made an importer role request.",
            "I no longer need the importer role.", "My request can be deleted.",
            "Our role request as importer is wrong, please ignore it.",
            "Please change the role request from importer to customs office.",
            "The importer role request was refused. Why?", "I have changed my mind about TRACES.",
            "Bitte lehnen Sie den Rollenantrag ab.", "Ich habe diese Rolle nicht beantragt.",
            "Je n'ai jamais demandé ce rôle.", "No he solicitado ese rol.", "Nisam tražila ulogu uvoznika.",
            "This request is not from me.", "Please stop my role request.", "Den Rollenantrag habe ich nicht gestellt.",
            "Odustajem od zahtjeva za ulogu.", "Ik heb de rol niet meer nodig.", "Nie składałem wniosku o rolę.",
            "Nu mai am nevoie de rol.", "En tarvitse enää roolia.", "Ne validez pas ma demande.",
        ])
    func fires(text: String) {
        #expect(Shipped.read(text).kinds().retraction != nil)
    }

    @Test(
        "Right mails that only sound so are no retraction",
        arguments: [
            "Please validate my importer role. Please do not hesitate to contact me.",
            "I have not yet received the importer role, please validate my request.",
            "I request the importer role; I am no longer at my former address.",
            "The request was made on 3 November, please validate it.",
            "If you cannot validate the role, please tell me why.",
            "I need the importer role to see cancelled licences.", "Thank you for validating the importer role.",
            "I request the importer role, not the customs office role.",
            "Please approve the role request that I made in my name for Lee Valley Timber Ltd.",
            "I already have the importer role and need the customs office role.",
            "Role request for the withdrawal of timber from customs storage",
            "Bitte zögern Sie nicht, mich zum Rollenantrag zu kontaktieren. Ich freue mich auf Ihre Rückmeldung.",
            "Bitte melden Sie sich zurück, wenn Sie zum Rollenantrag Fragen haben.",
            "N'hésitez pas à me contacter au sujet de ma demande de rôle.",
            "Je n'ai pas encore reçu le rôle d'importateur, merci de valider ma demande.",
            "No duden en contactarme sobre mi solicitud de rol.", "Todavía no he recibido el rol de importador.",
            "Ako imate pitanja o zahtjevu za ulogu, slobodno me nazovite.",
            "Non esitate a contattarmi per la richiesta di ruolo.",
            "I have never requested a role before, so please bear with me: I request the importer role.",
            "In case the role request is rejected, please inform me.",
            "I want to remove any doubt about the role: I request the importer role.",
            "Leider kann ich die Rolle nicht aktivieren, bitte freischalten.",
            "Ich habe die Rolle noch nicht erhalten, bitte bestätigen Sie meinen Rollenantrag.",
            "Como puede ver en la solicitud, pido el rol de importador.",
            "Jak w temacie, wniosek o rolę importera.", "Come si evince dalla richiesta, il ruolo è importatore.",
        ] + KindSentences.importer.values.sorted() + KindSentences.authority.values.sorted()
            + KindSentences.customs.values.sorted() + KindSentences.agent.values.sorted()
            + KindSentences.additional.values.sorted() + WordingTests.importer.map(\.1) + WordingTests.others.map(\.2))
    func staysQuiet(text: String) {
        #expect(Shipped.read(text).kinds().retraction == nil)
    }

    @Test("A word inside a given organisation's name takes nothing back")
    func organisation() {
        let reading = Shipped.read("Please validate for Cancel Wood Ltd the importer role request.")
        #expect(reading.kinds(ignoringOrganisations: ["Cancel Wood Ltd"]).retraction == nil)
    }

    @Test(
        "A kind beside the word for a role needs no words of asking",
        arguments: [
            "Importer role for Lee Valley Timber Ltd., applicant Aoife Byrne",
            "Role: FLEGT importer\nUser: Aoife Byrne\nCompany: Lee Valley Timber Ltd",
            "Es geht um die Importeursrolle der Holz Nord GmbH, Antragsteller Müller",
            "Poštovani, zatražio sam ulogu uvoznika.",
            "We would like to use TRACES as a FLEGT importer. Please give us the rights.",
            "I registered yesterday in the system as an importer for Lee Valley Timber. Could you please activate my account?",
        ])
    func plainRequests(text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(reading.request != nil)
        #expect(Set(reading.kinds.keys) == ["importer"])
        #expect(reading.retraction == nil)
    }

    @Test(
        "A kind beside the word for a role asks for nothing where it is denied, had already or asked about",
        arguments: [
            "What is the status of my importer role?", "I already have the importer role.", "Not the importer role.",
        ])
    func noRequests(text: String) {
        #expect(Shipped.read(text).kinds().request == nil)
    }

    @Test("Whom an office supervises is not what it asks for")
    func offices() {
        let text = "Access request for Dublin Port Customs; we supervise importers in the harbour."
        #expect(Shipped.read(text).kinds().kinds["importer"] == nil)
        #expect(Shipped.read(text).kinds().request != nil)
        let split = Shipped.read(subject: "Access request for Dublin Port Customs", "We supervise importers.")
        #expect(split.kinds().kinds["importer"] == nil)
        let importer = Shipped.read("I request the importer role. We clear our timber at Dublin customs.")
        #expect(Set(importer.kinds().kinds.keys) == ["importer"])
    }

    static let automatic: [String: String] = [
        "bg": "Автоматичен отговор: роля", "cs": "Automatická odpověď: role", "da": "Autosvar: rolle",
        "de": "Abwesenheitsnotiz: Rollenantrag", "el": "Αυτόματη απάντηση: ρόλος", "en": "Automatic reply: role",
        "es": "Respuesta automática: rol", "et": "Automaatvastus: roll", "fi": "Automaattinen vastaus: rooli",
        "fr": "Réponse automatique : rôle", "ga": "Freagra uathoibríoch: ról", "hr": "Automatski odgovor: uloga",
        "hu": "Automatikus válasz: szerepkör", "it": "Risposta automatica: ruolo",
        "lt": "Automatinis atsakymas: vaidmuo", "lv": "Automātiskā atbilde: loma", "mt": "Tweġiba awtomatika: rwol",
        "nl": "Automatisch antwoord: rol", "pl": "Automatyczna odpowiedź: rola", "pt": "Resposta automática: função",
        "ro": "Răspuns automat: rol", "sk": "Automatická odpoveď: rola", "sl": "Samodejni odgovor: vloga",
        "sv": "Autosvar: roll",
    ]

    @Test("An automatic reply's subject is seen", arguments: KindSentences.cases(automatic))
    func automaticSubjects(language: String, subject: String) {
        #expect(Shipped.read(subject: subject, "").hasAutomaticSubject)
        #expect(Shipped.read(subject: subject.uppercased(), "").hasAutomaticSubject)
        #expect(Set(Self.automatic.keys) == Set(Shipped.lexicon.languages))
    }

    @Test(
        "Other subjects are nobody's automatic reply",
        arguments: ["", "Automatic", "Role request", "Auto parts: role request", "The office is out of licences"])
    func otherSubjects(subject: String) {
        #expect(!Shipped.read(subject: subject, "").hasAutomaticSubject)
    }
}
