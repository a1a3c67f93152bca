import Reading
import Testing

/// What of a body is new.
@Suite struct NewTextTests {
    static let wroteLines: [(String, String)] = [
        ("en", "On Mon, 2 Nov 2026 at 10:15, TRACES Support <sante@support.example> wrote:"),
        ("de", "Am 02.11.2026 um 10:15 schrieb TRACES Support <sante@support.example>:"),
        ("fr", "Le lun. 2 nov. 2026 à 10:15, TRACES Support <sante@support.example> a écrit\u{A0}:"),
        ("it", "Il giorno lun 2 nov 2026 alle ore 10:15 TRACES Support <sante@support.example> ha scritto:"),
        ("es", "El lun, 2 nov 2026 a las 10:15, TRACES Support (<sante@support.example>) escribió:"),
        ("pt", "TRACES Support <sante@support.example> escreveu no dia segunda, 2/11/2026 à(s) 10:15:"),
        ("nl", "Op ma 2 nov 2026 om 10:15 schreef TRACES Support <sante@support.example>:"),
        ("da", "Den man. 2. nov. 2026 kl. 10.15 skrev TRACES Support <sante@support.example>:"),
        ("sv", "Den mån 2 nov. 2026 kl 10:15 skrev TRACES Support <sante@support.example>:"),
        ("fi", "ma 2. marrask. 2026 klo 10.15 TRACES Support (sante@support.example) kirjoitti:"),
        ("et", "Kuupäev E, 2. november 2026, kell 10:15 kirjutas TRACES Support (<sante@support.example>):"),
        ("lv", "pirmd., 2026. g. 2. nov., plkst. 10:15 — lietotājs TRACES Support (<sante@support.example>) rakstīja:"),
        ("lt", "2026-11-02, pr, 10:15 TRACES Support <sante@support.example> rašė:"),
        ("pl", "pon., 2 lis 2026 o 10:15 TRACES Support <sante@support.example> napisał(a):"),
        ("cs", "po 2. 11. 2026 v 10:15 odesílatel TRACES Support <sante@support.example> napsal:"),
        ("sk", "po 2. 11. 2026 o 10:15 TRACES Support <sante@support.example> napísal(a):"),
        ("sl", "V V pon., 2. nov. 2026 ob 10:15 je oseba TRACES Support <sante@support.example> napisala:"),
        ("hr", "pon, 2. stu 2026. u 10:15 TRACES Support <sante@support.example> napisao je:"),
        ("hu", "TRACES Support <sante@support.example> ezt írta (időpont: 2026. nov. 2., H, 10:15):"),
        ("ro", "În lun., 2 nov. 2026 la 10:15, TRACES Support <sante@support.example> a scris:"),
        ("bg", "На пн, 2.11.2026 г. в 10:15 TRACES Support <sante@support.example> написа:"),
        ("el", "Στις Δευ 2 Νοε 2026 στις 10:15 π.μ., ο χρήστης TRACES Support <sante@support.example> έγραψε:"),
        ("ga", "Ar Luan 2 Samh 2026 ag 10:15, scríobh TRACES Support <sante@support.example>:"),
        ("mt", "Fit-2 ta' Nov 2026 fl-10:15, TRACES Support <sante@support.example> kiteb:"),
    ]

    @Test("A reply line with its quote is left out, with quoting marks and without", arguments: wroteLines)
    func replyLine(language: String, line: String) {
        let quoted = Shipped.read(
            "Ana Horvat\n\n\(line)\n> Role request for a FLEGT timber importer\n>> older\n\nDone.")
        #expect(quoted.newText.split(separator: "\n") == ["Ana Horvat", "Done."])
        #expect(quoted.leftOut.contains { $0.cause == .replyHeader && $0.text == line })
        let unquoted = Shipped.read("Ana Horvat\n\n\(line)\n\nRole request for a FLEGT timber importer")
        #expect(unquoted.newText.split(separator: "\n") == ["Ana Horvat"])
    }

    @Test("A wrapped reply line goes whole, and the line above stays")
    func wrappedReplyLine() {
        let body =
            "Regards,\nAna Horvat\nOn Mon, 2 Nov 2026 at 10:15, TRACES Support Team wrote to\n<sante@support.example>:\n> x"
        #expect(Shipped.read(body).newText == "Regards,\nAna Horvat")
    }

    static let blocks: [(String, [String])] = [
        ("en", ["From", "Sent", "To", "Subject"]), ("de", ["Von", "Gesendet", "An", "Betreff"]),
        ("fr", ["De", "Envoyé", "À", "Objet"]), ("it", ["Da", "Inviato", "A", "Oggetto"]),
        ("es", ["De", "Enviado", "Para", "Asunto"]), ("pt", ["De", "Enviado", "Para", "Assunto"]),
        ("nl", ["Van", "Verzonden", "Aan", "Onderwerp"]), ("da", ["Fra", "Sendt", "Til", "Emne"]),
        ("sv", ["Från", "Skickat", "Till", "Ämne"]), ("fi", ["Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"]),
        ("et", ["Saatja", "Saadetud", "Adressaat", "Teema"]), ("lv", ["No", "Nosūtīts", "Kam", "Temats"]),
        ("lt", ["Nuo", "Išsiųsta", "Kam", "Tema"]), ("pl", ["Od", "Wysłano", "Do", "Temat"]),
        ("cs", ["Od", "Odesláno", "Komu", "Předmět"]), ("sk", ["Od", "Odoslané", "Komu", "Predmet"]),
        ("sl", ["Od", "Poslano", "Za", "Zadeva"]), ("hr", ["Od", "Poslano", "Prima", "Predmet"]),
        ("hu", ["Feladó", "Elküldve", "Címzett", "Tárgy"]), ("ro", ["De la", "Trimis", "Către", "Subiect"]),
        ("bg", ["От", "Изпратено", "До", "Относно"]), ("el", ["Από", "Στάλθηκε", "Προς", "Θέμα"]),
        ("ga", ["Ó", "Seolta", "Chuig", "Ábhar"]), ("mt", ["Minn", "Mibgħut", "Lil", "Suġġett"]),
    ]

    @Test("An Outlook header block ends the new text", arguments: blocks)
    func headerBlock(language: String, labels: [String]) {
        let values = ["TRACES <sante@support.example>", "2026-11-02 10:15", "Ana", "RE: role"]
        let block = zip(labels, values).map { "\($0): \($1)" }.joined(separator: "\n")
        let reading = Shipped.read(
            "Ana Horvat\n________________________________\n\(block)\n\nI request the importer role")
        #expect(reading.newText == "Ana Horvat")
        #expect(reading.leftOut.map(\.cause) == [.quoted])
        let bold = block.split(separator: "\n").map { "*" + $0.replacing(":", with: ":*") }.joined(separator: "\n")
        #expect(Shipped.read("Ana Horvat\n\n\(bold)\nI request").newText == "Ana Horvat\n")
    }

    @Test(
        "A forwarded or original mail below its title is left out",
        arguments: [
            "-----Original Message-----", "---------- Forwarded message ---------", "-----Ursprüngliche Nachricht-----",
            "-------- Weitergeleitete Nachricht --------", "Begin forwarded message:",
            "-------- Message d'origine --------",
            "-----Messaggio originale-----", "-----Mensaje original-----", "-----Mensagem original-----",
            "-----Oorspronkelijk bericht-----", "-----Oprindelig meddelelse-----", "-----Ursprungligt meddelande-----",
            "-----Alkuperäinen viesti-----", "-----Algne kiri-----", "-----Sākotnējais ziņojums-----",
            "-----Originalus laiškas-----", "-----Oryginalna wiadomość-----", "-----Původní zpráva-----",
            "-----Pôvodná správa-----", "-----Izvirno sporočilo-----", "-----Izvorna poruka-----",
            "-----Eredeti üzenet-----",
            "-----Mesaj original-----", "-----Оригинално съобщение-----", "-----Αρχικό μήνυμα-----",
            "-----Teachtaireacht Bhunaidh-----", "-----Messaġġ Oriġinali-----",
        ])
    func forwarded(title: String) {
        let reading = Shipped.read("See below.\n\n\(title)\nFrom: x\nI request the importer role")
        #expect(reading.newText == "See below.\n")
        #expect(reading.leftOut.map(\.cause) == [.forwarded])
    }

    @Test(
        "Quotes of other programs go as well",
        arguments: [
            "| Role request\n| Ana", "|| older\n| Ana", "» Role request\n» Ana", "»» older\n» Ana",
            "AB> Role request\nAB> Ana",
            "ab> Role request\nab> Ana", "  X> Ana", "From: x\nDate: 2.11.2026 10:15\n\nRole request\nAna",
            "Date: y\nFrom: x <x@y.example>\nTo: z\n\nRole request", "Von: x\nDatum: 2.11.26 10.15\n\nAna",
            "Od: x@y.example\nData: y\n\nAna", "From: x\nTo: z\nSubject: y\n\nRole request",
            "--- Original ---\nRole request\nAna", "------Originale------\nAna",
            "2026-01-14 8:00 GMT+01:00 Ana Horvat <ana@drvo.example>:\n\nRole request\nAna",
            "14 Jan 2026, Ana Horvat <ana@drvo.example>:\n> Ana",
        ])
    func otherQuotes(quote: String) {
        #expect(Shipped.read("ok\n\n" + quote).newText.split(separator: "\n") == ["ok"])
    }

    @Test(
        "Answers between quotes of other programs stay",
        arguments: [
            "| Name?\nAna\n| Role?\nImporter", "AB> Name?\nAna\nAB> Role?\nImporter", "» Name?\nAna\n» Role?\nImporter",
            "2026-01-14 8:00 A <a@x.example>:\n> Name?\nAna\n> Role?\nImporter",
        ])
    func answers(body: String) {
        #expect(Shipped.read(body).newText.split(separator: "\n") == ["Ana", "Importer"])
    }

    @Test("Answers between quotes stay, and so do signatures")
    func interleaved() {
        let body = "> Which role?\nThe importer role.\n> Your name?\nAna Horvat\n-- \nAna Horvat\nDrvo Sjever d.o.o."
        let reading = Shipped.read(body)
        #expect(reading.newText == "The importer role.\n\nAna Horvat\n-- \nAna Horvat\nDrvo Sjever d.o.o.")
        #expect(reading.leftOut.count == 2)
    }

    @Test(
        "What only looks like a reply line stays",
        arguments: [
            "My colleague wrote:", "Your office wrote in 2025 that:", "Name: Ana\nFrom: Zagreb\nCompany: Drvo",
            "I wrote on 2 Nov 2026:\nplease help", "To: support\nSubject: role", "---", "Original message",
            "Ana Horvat | Drvo Sjever d.o.o. | Zagreb", "| First name | Ana |\n| Last name | Horvat |",
            "»Drvo Sjever« d.o.o.", "» Drvo Sjever « d.o.o.", "Name> Ana\nRole> importer",
            "From: Drvo\nDate: today\n\nAna",
            "Please note\nFrom: Zagreb\nCompany: Drvo", "Original", "--- Role request ---",
            "Contact: Ana <ana@drvo.example>:",
            "ab> Ana", "Ana > Drvo", "->Ana", "Room 2026 Ana <ana>:",
        ])
    func lookalikes(body: String) {
        #expect(Shipped.read(body).newText == body)
    }

    @Test("Our own words are no words of the sender's")
    func ownWords() {
        let body = "Ana Horvat\n\nYour request R-1\nref <x@postern.example>\nrole of importer\n\nmore of ours"
        let reading = Shipped.read(body, ownMarks: ["@postern.example"])
        #expect(reading.newText == "Ana Horvat\n")
        #expect(reading.leftOut.map(\.cause) == [.ownWords])
    }

    @Test("A quote's words are no request")
    func quotedKinds() {
        let reading = Shipped.read("Thanks.\n> Role request for a FLEGT timber importer\n> Ana Horvat")
        #expect(reading.kinds().kinds.isEmpty)
        #expect(reading.kinds().request == nil)
        #expect(reading.mention(ofName: "Ana") == .missing)
    }

    @Test("Of two versions of a text only what both say counts")
    func alternatives() {
        let same = Shipped.read("I am Ana Horvat", html: "<p>I am <b>Ana</b> Horvat</p>")
        #expect(same.mention(ofName: "Ana").isFound)
        let differing = Shipped.read("I am Ana Horvat of Zagreb", html: "<p>I am Eva Horvat of Zagreb</p>")
        #expect(differing.mention(ofName: "Ana") == .missing)
        #expect(differing.mention(ofName: "Eva") == .missing)
        #expect(differing.mention(ofName: "Horvat").isFound)
        let stub = Shipped.read("HTML only", html: "<p>I am Ana Horvat and I ask for the role of an importer</p>")
        #expect(stub.mention(ofName: "Ana").isFound)
        let blank = Shipped.read("  \n", html: "<p>Ana Horvat</p>")
        #expect(blank.mention(ofName: "Ana").isFound)
    }
}
