import Reading
import Testing

/// Wordings beside those that the lexicon was built from, as people write them.
@Suite struct WordingTests {
    static let importer: [(String, String)] = [
        ("en", "Good morning, could you activate our access as importer of tropical timber (FLEGT)? Thanks"),
        ("en", "Subject: Request for Role – FLEGT Timber Importer\nPlease find my details below."),
        ("en", "We would like to be registered in TRACES NT as importers of FLEGT licensed timber."),
        ("en", "I have sent an authorisation request in TRACES for the role of timber importer, kindly approve it."),
        ("en", "Applying for FLEGT importer authorization - company Drvo"),
        ("de", "ich habe in TRACES die Rolle „FLEGT-Importeur“ beantragt und bitte um Bestätigung."),
        ("de", "Wir bitten um Zuteilung der Importeursrolle für FLEGT-Holz."),
        ("de", "Antrag auf Zugang zu TRACES als Einführer von Holz"),
        ("de", "Betreff: Freischaltung Holzimporteur"),
        ("fr", "Je vous remercie de bien vouloir valider ma demande d'accès en tant qu'importateur FLEGT."),
        ("fr", "Nous souhaitons obtenir l'habilitation d'importateur de bois tropicaux dans TRACES."),
        ("fr", "Objet : demande de rôle importateur bois FLEGT"),
        ("it", "Si richiede l'abilitazione al sistema FLEGT come impresa importatrice di legname."),
        ("it", "vorrei registrare la nostra ditta come importatore di legname tropicale"),
        ("es", "Quisiéramos darnos de alta como importadores de madera en el sistema FLEGT."),
        ("es", "Ruego validen la petición de acceso como empresa importadora de madera."),
        ("pt", "Gostaria de solicitar o acesso como importador de madeiras tropicais."),
        ("pt", "Agradeço a validação do meu perfil de importadora de madeira no TRACES."),
        ("nl", "Graag zou ik toegang krijgen tot TRACES als importeur van hout."),
        ("nl", "Wilt u mijn aanvraag voor de rol van invoerder van hout goedkeuren?"),
        ("da", "Vi vil gerne registreres som importør af FLEGT-træ. På forhånd tak."),
        ("da", "Ansøgning om godkendelse som træimportør i TRACES"),
        ("sv", "Vi önskar bli registrerade som timmerimportör i TRACES."),
        ("sv", "Kan ni godkänna min förfrågan om behörighet som importör av virke?"),
        ("fi", "Haluaisimme rekisteröityä puun maahantuojaksi TRACES-järjestelmään."),
        ("fi", "Pyytäisin hyväksyntää maahantuojaroolille FLEGT-järjestelmässä."),
        ("et", "Soovime registreeruda TRACESis puidu importijana."),
        ("et", "Palun andke meile importööri õigused FLEGT süsteemis."),
        ("lv", "Vēlamies reģistrēties kā FLEGT kokmateriālu importētājs."),
        ("lv", "Lūgums aktivizēt importētāja tiesības TRACES sistēmā."),
        ("lt", "Norime užsiregistruoti kaip medienos importuotojai FLEGT sistemoje."),
        ("lt", "Prašome aktyvuoti importuotojo prieigą TRACES sistemoje."),
        ("pl", "Uprzejmie proszę o aktywację dostępu jako importer drewna w systemie TRACES."),
        (
            "pl",
            "Chcielibyśmy zarejestrować się jako firma importująca – importerzy drewna FLEGT, prosimy o zatwierdzenie."
        ),
        ("cs", "Rádi bychom se zaregistrovali jako dovozci dřeva v systému FLEGT, prosíme o aktivaci."),
        ("cs", "Prosím o udělení přístupu dovozci dřeva."),
        ("sk", "Radi by sme sa zaregistrovali ako dovozcovia dreva, prosíme o aktiváciu."),
        ("sk", "Prosím o pridelenie prístupu pre dovozcu dreva."),
        ("sl", "Radi bi se registrirali kot uvozniki lesa v sistemu FLEGT."),
        ("sl", "Prosimo za dodelitev pravic uvoznika lesa."),
        ("hr", "Željeli bismo se registrirati kao uvoznici drva u sustavu FLEGT, molimo odobrenje."),
        ("hr", "Molim Vas da mi odobrite pristup kao uvozniku drvne sirovine."),
        ("hu", "Szeretnénk regisztrálni faanyagimportőrként a TRACES rendszerben."),
        ("hu", "Kérném a jogosultságom jóváhagyását mint fa importőr."),
        ("ro", "Dorim să ne înregistrăm ca importatori de lemn în sistemul FLEGT."),
        ("ro", "Vă rugăm să activați accesul pentru importatorul de lemn tropical."),
        ("bg", "Бихме искали да се регистрираме като вносители на дървесина."),
        ("bg", "Моля, активирайте достъпа ми като вносител на тропическа дървесина."),
        ("el", "Θα θέλαμε να εγγραφούμε ως εισαγωγείς ξυλείας στο σύστημα FLEGT."),
        ("el", "Παρακαλούμε ενεργοποιήστε την πρόσβασή μας ως εισαγωγική εταιρεία ξυλείας."),
        ("mt", "Nixtiequ nirreġistraw bħala importaturi tal-injam fis-sistema FLEGT."),
        ("mt", "Jekk jogħġbok approva t-talba tiegħi bħala importatur tal-injam."),
        ("ga", "Ba mhaith linn clárú mar allmhaireoirí adhmaid i gcóras FLEGT."),
        ("ga", "Le bhur dtoil, ceadaigh an rochtain mar allmhaireoir adhmaid."),
    ]

    @Test("A request in other words is understood", arguments: importer)
    func otherWords(language: String, text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(Set(reading.kinds.keys) == ["importer"])
        #expect(reading.request != nil)
        #expect(reading.statusInquiry == nil)
    }

    static let others: [(String, [String], String)] = [
        (
            "en", ["competent-authority"],
            "Our ministry is the FLEGT competent authority of Croatia; please grant me that role."
        ),
        ("en", ["competent-authority"], "Authorisation request: MSCA user for FLEGT"),
        ("en", ["customs-office"], "I work at the customs office of Split and need access to FLEGT to clear licences."),
        ("de", ["customs-office"], "Ich bin beim Zollamt Suben tätig und benötige den Zugang zu FLEGT."),
        ("de", ["competent-authority"], "Bitte um Freischaltung als Nutzer der zuständigen FLEGT-Behörde (BLE)."),
        ("fr", ["customs-office"], "Je travaille au bureau des douanes de Lyon et souhaite un accès à FLEGT."),
        ("fr", ["competent-authority"], "Merci d'activer mon accès pour l'autorité compétente française."),
        ("it", ["customs-office"], "Si chiede l'abilitazione per l'Ufficio delle Dogane di Trieste."),
        ("it", ["competent-authority"], "Si richiede l'accesso quale autorità competente nazionale FLEGT."),
        ("es", ["customs-office"], "Necesito el perfil de la oficina de aduanas de Bilbao."),
        ("es", ["competent-authority"], "Necesitamos acceso como autoridad competente para FLEGT."),
        ("pl", ["customs-office"], "Proszę o dostęp dla oddziału celnego w Gdyni."),
        ("pl", ["competent-authority"], "Proszę o nadanie uprawnień dla organu właściwego FLEGT."),
        ("hr", ["customs-office"], "Zaposlena sam u carinskom uredu Rijeka i trebam pristup sustavu."),
        ("hr", ["competent-authority"], "Molim pristup za nadležno tijelo Republike Hrvatske."),
        ("nl", ["customs-office"], "Ik werk bij het douanekantoor Rotterdam en heb toegang nodig."),
        ("hu", ["customs-office"], "A vámhivatal munkatársaként hozzáférést kérek."),
        ("el", ["customs-office"], "Εργάζομαι στο τελωνείο και ζητώ πρόσβαση."),
        ("bg", ["customs-office"], "Работя в митница Бургас и моля за достъп."),
        ("ro", ["competent-authority"], "Solicit acces pentru autoritatea competentă FLEGT."),
        ("cs", ["customs-office"], "Pracuji na celním úřadu v Brně a žádám o přístup."),
        ("fi", ["customs-office"], "Työskentelen tullitoimipaikassa ja tarvitsen käyttöoikeuden."),
        ("sv", ["competent-authority"], "Jag behöver behörighet för den behöriga myndigheten (FLEGT)."),
        ("lt", ["customs-office"], "Dirbu muitinės poste ir man reikia prieigos."),
        ("lv", ["competent-authority"], "Lūdzu piešķirt piekļuvi kompetentajai iestādei."),
        ("et", ["competent-authority"], "Palun juurdepääsu pädevale asutusele."),
    ]

    @Test("Other kinds in other words are understood", arguments: others)
    func otherKinds(language: String, kinds: [String], text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(reading.kinds.keys.sorted() == kinds)
        #expect(reading.request != nil)
    }

    @Test(
        "Mail about something else asks for no role",
        arguments: [
            "Dear team, the PDF export of certificate INTRA.EU.HR.2026.0001 fails since Monday. Please help.",
            "Our veterinarian can't sign the CHED-P. Could you look into it?",
            "EUDR API – Request for credentials", "Bonjour, je n'arrive plus à me connecter, mot de passe oublié.",
            "Guten Tag, wir haben eine Frage zur Phytosanitär-Erklärung.", "Please unsubscribe me.",
            "Invoice 2026-17 attached, payable within 30 days.", "Danke, hat funktioniert!",
        ])
    func unrelated(text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(reading.kinds.isEmpty)
        #expect(reading.additional == nil)
    }
}
