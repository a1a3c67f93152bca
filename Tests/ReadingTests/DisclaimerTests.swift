import Reading
import Testing

/// Lines that companies put under every mail. They ask to delete mails that went astray, and take nothing back.
@Suite struct DisclaimerTests {
    static let disclaimers: [(language: String, text: String)] = [
        ("bg", "Ако сте получили това съобщение по грешка, моля изтрийте го и уведомете подателя."),
        ("cs", "Pokud jste tuto zprávu obdrželi omylem, prosíme, vymažte ji a informujte odesílatele."),
        ("da", "Har du modtaget denne e-mail ved en fejl, bedes du slette den og give afsenderen besked."),
        (
            "de",
            "Sollten Sie diese E-Mail irrtümlich erhalten haben, löschen Sie sie bitte und informieren Sie den Absender."
        ),
        ("el", "Εάν λάβατε το μήνυμα αυτό κατά λάθος, παρακαλούμε διαγράψτε το και ενημερώστε τον αποστολέα."),
        (
            "en",
            "If you have received this message in error, please delete it and notify the sender. It was sent in error."
        ),
        (
            "en",
            "Beware of fraudulent e-mails: we never ask for your password."
        ),
        ("es", "Si ha recibido este mensaje por error, le rogamos que lo elimine y avise al remitente."),
        ("et", "Kui saite selle kirja ekslikult, palun kustutage see ja teatage saatjale."),
        ("fi", "Jos olette saanut tämän viestin erehdyksessä, pyydämme poistamaan sen ja ilmoittamaan lähettäjälle."),
        ("fr", "Si vous avez reçu ce message par erreur, merci de le supprimer et d’en informer l’expéditeur."),
        ("ga", "Má fuair tú an ríomhphost seo trí dhearmad, scrios é le do thoil agus cuir an seoltóir ar an eolas."),
        ("hr", "Ako ste ovu poruku primili greškom, molimo obrišite je i obavijestite pošiljatelja."),
        ("hu", "Ha tévedésből kapta meg ezt az üzenetet, kérjük, törölje, és értesítse a feladót."),
        ("it", "Se avete ricevuto questo messaggio per errore, vi preghiamo di cancellarlo e di avvisare il mittente."),
        ("lt", "Jei gavote šį laišką per klaidą, prašome jį ištrinti ir pranešti siuntėjui."),
        ("lv", "Ja saņēmāt šo vēstuli kļūdas dēļ, lūdzu, izdzēsiet to un paziņojiet sūtītājam."),
        ("mt", "Jekk irċevejt din l-email bi żball, jekk jogħġbok ħassarha u avża lill-mittent."),
        ("nl", "Hebt u dit bericht ten onrechte ontvangen, verwijder het dan en stel de afzender op de hoogte."),
        ("pl", "Jeśli otrzymali Państwo tę wiadomość omyłkowo, prosimy o jej usunięcie i powiadomienie nadawcy."),
        ("pt", "Se recebeu esta mensagem por engano, por favor elimine-a e avise o remetente."),
        ("ro", "Dacă ați primit acest mesaj din greșeală, vă rugăm să îl ștergeți și să anunțați expeditorul."),
        ("sk", "Ak ste túto správu dostali omylom, vymažte ju, prosím, a informujte odosielateľa."),
        ("sl", "Če ste to sporočilo prejeli pomotoma, ga prosimo izbrišite in obvestite pošiljatelja."),
        ("sv", "Om du fått detta meddelande av misstag, vänligen radera det och meddela avsändaren."),
    ]

    @Test("A disclaimer takes no request back and asks for no role", arguments: disclaimers)
    func takesNothingBack(language: String, text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(reading.retraction == nil)
        #expect(reading.kinds.isEmpty)
        #expect(reading.request == nil)
    }

    @Test(
        "Who forbids, puts off or hands on the request takes it back",
        arguments: [
            "Please do not yet approve the importer role request.", "Please don't enable the importer role yet.",
            "Please wait with the importer role request until I write again.",
            "Please block the importer role request.",
            "We have never applied for an importer role.", "I would like to give up the importer role.",
            "I asked for the importer role by mistake.", "Kindly transfer my importer role request to my colleague.",
            "Ich möchte die Importeur-Rolle nicht.", "Die Importeur-Rolle bitte noch nicht bestätigen.",
            "Bitte warten Sie noch mit der Freischaltung der Importeur-Rolle.",
            "Bitte übertragen Sie meine Importeur-Rolle an meine Kollegin.",
            "Merci d'attendre avant de valider le rôle d'importateur.", "Molim da još ne odobrite ulogu uvoznika.",
        ])
    func takesBack(text: String) {
        #expect(Shipped.read(text).kinds().retraction != nil)
    }

    @Test(
        "A question about the role asks for none",
        arguments: [
            "What is the importer role good for? Please let me know.", "Do I have the importer role?",
            "Welche Rechte hat die Rolle Importeur?", "Quels sont les droits du rôle d'importateur ?",
            "Što znači uloga uvoznika?",
        ])
    func onlyAsks(text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(reading.request == nil && reading.distantRequest == nil)
    }

    @Test(
        "A polite question asks",
        arguments: [
            "Could you please activate my importer role?", "Können Sie mir bitte die Rolle Importeur freischalten?",
        ])
    func politely(text: String) { #expect(Shipped.read(text).kinds().request != nil) }
}
