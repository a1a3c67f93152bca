import Reading
import Testing

/// Programs and habits that no one language has for itself.
@Suite struct NewTextOddTests {
    private func kept(_ body: String) -> [String] {
        Shipped.read(body).newText.split(separator: "\n").map { $0.trimmingPrefix(" ") }.map(String.init)
    }

    @Test(
        "Programs of their own ways are known",
        arguments: [
            // GroupWise.
            ">>> Marko Novak <marko@stara.example> 02.11.2026 10:15 >>>\nRole request\nMarko",
            // Notes.
            "Marko Novak---02.11.2026 10:15:12---Dear colleagues, I request\n\nFrom: Marko Novak/ORG\nTo: TRACES",
            "Marko Novak/ORG\n02/11/2026 10:15\n\nTo\nTRACES\ncc\n\nSubject\nRe: role\n\nI am Marko",
            "Marko Novak <marko@stara.example>\n02.11.2026 10:15\n\nAn\nTRACES\nKopie\n\nThema\nRe: Rolle\n\nMarko",
            "----- Forwarded by Ana Horvat/ORG on 02/11/2026 10:15 -----\n\nMarko",
            "----- Weitergeleitet von A/B -----\nMarko",
            "-----Marko Novak/ORG wrote: -----\nTo: a\nFrom: b\nDate: 02/11/2026 10:15\nSubject: c\n\nMarko",
            "From:        Marko Novak/ORG\nTo:        TRACES <sante@support.example>\nCc:        \nDate:        02/11/2026 10:15\nSubject:        role\n_________\n\nMarko",
            // mutt, ProtonMail, eM Client, Roundcube.
            "----- Forwarded message from Marko <marko@stara.example> -----\n\nDate: Mon\nMarko",
            "------- Original Message -------\nOn Monday, November 2nd, 2026 at 10:15 AM, Marko <m@stara.example> wrote:\n\n> Marko",
            "------ Original Message ------\nFrom \"Marko\" <m@stara.example>\nTo x\nDate 02/11/2026 10:15:00\nSubject role\n\nMarko",
            "-------- Original Message --------\nSUBJECT:\trole\nDATE:\t2026-11-02 10:15\nFROM:\tMarko\nTO:\tTRACES\n\nMarko",
            // T-Online, Seznam, Libero, WEB.DE, Freenet.
            "-----Original-Nachricht-----\nBetreff: Rolle\nDatum: 2026-11-02T10:15:00\nVon: \"Marko\" <m@stara.example>\nAn: x\n\nMarko",
            "---------- Původní e-mail ----------\nOd: Marko <m@stara.example>\nKomu: x\nDatum: 2. 11. 2026 10:15:12\nPředmět: Re: role\n\nMarko",
            "Da: \"Marko\" m@stara.example\nA: x\nCc:\nData: Mon, 2 Nov 2026 10:15:00 +0100\nOggetto: ruolo\n\nMarko",
            "---------- Initial Header -----------\n\nFrom : m@stara.example\nTo : x\nCc :\nDate : Mon, 2 Nov 2026\nSubject : ruolo\n\nMarko",
            "Gesendet: Montag, 02. November 2026 um 10:15 Uhr\nVon: \"Marko\" <m@stara.example>\nAn: x\nBetreff: Rolle\n\nMarko",
            "---Ursprüngliche Nachricht---\nVon: Marko\n\nMarko",
            "Temat: rola\nData: 2026-11-02 10:15\nNadawca: Marko\nAdresat: x\n\nMarko",
            // Dashes of other lengths.
            "——— Original ———\nMarko", "–––––Původní zpráva–––––\nMarko", "=====Original Message=====\nMarko",
            // Labels parted from their values, as a table comes out.
            "From:\nMarko Novak\nSent:\n2.11.2026 10:15\nTo:\nTRACES\nSubject:\nrole\n\nMarko",
            "*From: *Marko <m@stara.example>\n*Sent: *Monday 10:15\n*To: *TRACES\n*Subject: *role\n\nMarko",
            // A list of recipients that goes on and on.
            "From: Marko Novak/ORG\nTo: a@x.example,\nb@x.example,\nc@x.example,\nd@x.example,\ne@x.example,\nf@x.example\nDate: 02/11/2026 10:15\nSubject: role\n\nMarko",
            // Marks spelled as HTML does, indented, behind an invisible character or a no-break space.
            "&gt; Marko\n&gt; role", "#> Marko\n#> role", "          > Marko", "\u{A0}\u{A0}> Marko", "\u{FEFF}> Marko",
            ">Marko",
            "> > Marko", ">> Marko\n>>> x",
            // Time as others write it.
            "Von: Marko\nGesendet: 2. November 2026 10h15\nAn: TRACES\n\nMarko",
            "On 2 Nov 2026, Marko Novak wrote:\nMarko",
        ])
    func programs(rest: String) {
        #expect(kept("Ana Horvat\n\n" + rest) == ["Ana Horvat"])
    }

    @Test("A mail that only forwards another has no new text")
    func onlyForwarded() {
        for body in [
            "---------- Forwarded message ---------\nFrom: Marko <m@stara.example>\nDate: Mon, Nov 2, 2026\n\nimporter role",
            "\n\n________________________________\nFrom: Marko Novak\nSent: Monday, November 2, 2026 10:15 AM\nTo: x\nSubject: role\n\nimporter role",
            "From: Marko <m@stara.example>\nSent: Monday\nTo: x\nSubject: importer role\n\nMarko",
            "Begin forwarded message:\n\n> From: Marko\n> Subject: role\n> \n> importer",
        ] {
            let reading = Shipped.read(body)
            #expect(reading.newText.split(separator: "\n").isEmpty, "\(body)")
            #expect(reading.kinds().kinds.isEmpty)
            #expect(reading.mention(ofName: "Marko") == .missing)
        }
    }

    @Test("Words below a forwarded mail without marks can't be told from it, and don't count")
    func belowForwarded() {
        let block = "From: Marko <m@stara.example>\nSent: 2.11.2026 10:15\nTo: x\nSubject: role"
        #expect(kept("See below my data\n\n\(block)\n\nimporter\n\nAna Horvat") == ["See below my data"])
        #expect(kept("See below\n\n\(block)\n\n> importer\n\nAna Horvat") == ["See below", "Ana Horvat"])
    }

    @Test("Top, bottom and in between, with the signature before the quote or after it")
    func places() {
        let header = "On 2 Nov 2026, at 10:15, Marko <m@stara.example> wrote:"
        #expect(kept("Ana\n-- \nAna Horvat\n\n\(header)\n> Marko") == ["Ana", "-- ", "Ana Horvat"])
        #expect(kept("\(header)\n> Marko\n\nAna\n-- \nAna Horvat") == ["Ana", "-- ", "Ana Horvat"])
        #expect(
            kept("\(header)\n> Name?\nAna\n> Role?\nimporter\n-- \nHorvat") == ["Ana", "importer", "-- ", "Horvat"])
        #expect(kept("Ana\n\n\(header)\n> Marko\n>> older\n\n-- \nAna Horvat") == ["Ana", "-- ", "Ana Horvat"])
        #expect(kept("Ana\n\n\(header)\n\n") == ["Ana"])
    }

    @Test("What wrapping tore off a quoted line is quoted, and an answer is not")
    func tornLines() {
        let long = "> Please send us the name of the person who requests the role for us, Mr"
        #expect(kept("\(long)\nMarko Novak\n> of Stara Drvo.\n\nAna") == ["Ana"])
        #expect(
            kept("\(long)\nMarko\n> and the name of the company that imports the timber, which is Stara\nDrvo\n\nAna")
                == ["Ana"])
        #expect(
            kept("> What is the name of the person who requests the role for the company?\nAna\n> Role?\nimporter") == [
                "Ana", "importer",
            ])
        #expect(kept("> Your name\nAna\n> Your role\nimporter") == ["Ana", "importer"])
        #expect(kept("\(long)\n\nAna") == ["Ana"])
        #expect(kept("\(long)\nAna Horvat\nDrvo Sjever") == ["Ana Horvat", "Drvo Sjever"])
    }

    @Test(
        "Forms, letterheads and sentences stay",
        arguments: [
            "Von: Jürgen Weiß\nich bitte um die Rolle", "Name: Jürgen Weiß\nDatum: 3.11.2026\nAn: TRACES\n\nRolle",
            "From: Ana Horvat\nTo: TRACES\nSubject: role\nDate: 3 November 2026\n\nDear all", "As we wrote:\nimporter",
            "My colleague wrote on 3 November:\nimporter", "-------- Applicant --------\nAna Horvat",
            "---------------\nAna Horvat\n---------------", "-- Ana -- Horvat --", "To\nTRACES\n\nSubject\nrole",
            "Hello\n\nTo: sante@support.example\nCc: ca@forest.example\nSubject: role request\n\nAna",
            "Time---12---Ana",
            "Re: role\nNo: 12\nDate: 3.11.2026", "Contact: Ana Horvat, 10:15 to 12:00:\nimporter",
            "From 10:15 to 12:00: Ana",
            "I wrote to sante@support.example the following:\nimporter",
            "We wrote to you (see above) on 3.11.2026 at 10:15:\nAna",
            "On 3.11.2026 at 10:15 I wrote to sante@support.example:\nimporter",
            "Sent from my iPhone", "Details:\nAna Horvat <ana@drvo.example>\nimporter", "&gtx Ana", "* Ana\n* importer",
        ])
    func lookalikes(body: String) {
        #expect(Shipped.read(body).newText == body)
    }

    @Test("A block whose four lines stand as programs write them needs no time of day, even at the very top")
    func orderedBlock() {
        #expect(kept("From: Marko\nSent: Monday\nTo: x\nSubject: role\n\nimporter").isEmpty)
        let memo = "To: TRACES\nFrom: Ana\nDate: Monday\nSubject: role\n\nimporter"
        #expect(Shipped.read(memo).newText == memo)
    }

    @Test("A language's file says what its programs write")
    func changedLexicon() {
        var terms = LanguageTerms(language: "en")
        let bodies = [
            "Xyzzy:\nMarko", "On 2 Nov 2026 10:15 Marko xyzzied:\nMarko", "Xa: Marko\nXb: 10:15\nXc: y\n\nMarko",
        ]
        func read(_ body: String) -> String {
            MailReading(subject: "", body: [BodyText(kind: .plain, text: "Ana\n\n" + body)], lexicon: Lexicon([terms]))
                .newText
        }
        for body in bodies { #expect(read(body) == "Ana\n\n" + body) }
        terms.replies.original = ["Xyzzy"]
        terms.replies.wrote = ["xyzzied"]
        terms.replies.from = ["Xa"]
        terms.replies.sent = ["Xb"]
        terms.replies.subject = ["Xc"]
        for body in bodies { #expect(read(body) == "Ana\n") }
        terms.replies.me = ["Marko"]
        #expect(read(bodies[1]) == "Ana\n\n" + bodies[1])
    }
}
