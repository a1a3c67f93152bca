import Reading
import Testing

/// HTML as mail programs write it, and what of it is read.
@Suite struct `HTML of mail programs` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let html: String
        let text: String

        init(_ name: String, _ html: String, _ text: String) {
            testDescription = name
            self.html = html
            self.text = text
        }
    }

    static let shown = [
        Case(
            "a layout whose cells reset the size of letters",
            "<td style='font-size:0px;padding:10px'><div style='font-size:13px'>Ana</div></td>", "Ana\n"),
        Case("font size inside nothing", "<p style='font-size:0'><font size=2>Ana</font></p>", "Ana\n"),
        Case("a size relative to nothing", "a<p style='font-size:0'><b style='font-size:2em'>b</b></p>c", "a\nc\n"),
        Case(
            "the shorthand", "a<span style='font:0/0 a'>b</span><span style='font:italic 12px/1.5 Arial'>c</span>",
            "ac\n"),
        Case("a small inch", "<p style='font-size:.2in'>a</p><p style='font-size:.8rem'>b</p>", "a\nb\n"),
        Case("half size", "<p style='font-size:50%'>a", "a\n"),
        Case("no size to speak of", "a<i style='font-size:1%'>b</i>c", "ac\n"),
        Case(
            "a preheader",
            "<div style='display:none;font-size:1px;color:#fff;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all'>Ana&#8204;&nbsp;</div><p>Eva</p>",
            "Eva\n"),
        Case(
            "Gmail's preheader",
            "<span class=preheader style='visibility:hidden;opacity:0;color:transparent;height:0;width:0'>Ana</span>Eva",
            "Eva\n"),
        Case("a name broken by a possible break", "Pet<wbr>ković-<wbr>Horvat", "Petković-Horvat\n"),
        Case(
            "soft hyphens and zero-width characters stay for the reader", "Pet&shy;ko&#8203;vić",
            "Pet\u{ad}ko\u{200b}vić\n"),
        Case(
            "lines in cells", "<table><tr><td>Ime:<br>Ana</td><td>Prezime:<br>Horvat</td></tr></table>",
            "Ime:\nAna\tPrezime:\nHorvat\n"),
        Case("paragraphs in cells", "<table><tr><td><p>Ime</p></td><td><p>Ana</p></td></tr></table>", "Ime\nAna\n"),
        Case(
            "nested tables", "<table><tr><td><table><tr><td>Ana</td><td>Horvat</td></tr></table></td></tr></table>",
            "Ana\tHorvat\n"),
        Case("a title", "<html><head><title>Ana</title></head><body>Eva</body></html>", "Eva\n"),
        Case("a comment", "Ana<!-- Eva --> Horvat", "Ana Horvat\n"),
        Case("for Outlook only", "<!--[if mso]><p>Ana</p><![endif]-->Eva", "Eva\n"),
        Case("not for Outlook", "<!--[if !mso]><!-->Ana<!--<![endif]--> Eva", "Ana Eva\n"),
        Case("not for Outlook, shown to all", "<![if !mso]>Ana<![endif]> Eva", "Ana Eva\n"),
        Case("an alternative text of a picture", "<img alt='Ana Horvat'>Eva", "Eva\n"),
        Case("left out for screen readers only", "<b aria-hidden=true>Ana</b>", "Ana\n"),
        Case("form fields", "<input type=hidden value=Ana><input value=Eva>x", "x\n"),
        Case("definitions", "<dl><dt>Ime<dd>Ana</dl>", "Ime\nAna\n"),
        Case("broken nesting", "<b><p>Ana</b> Horvat</p><td>x</i></table>y", "Ana Horvat\nxy\n"),
        Case("no end of a tag", "Ana <b", "Ana\n"),
        Case("a less-than sign", "a < b, Ana &lt;ana@drvo.example&gt;", "a < b, Ana <ana@drvo.example>\n"),
    ]

    @Test(arguments: shown)
    func `is read as it is seen`(item: Case) {
        #expect(visibleText(ofHTML: item.html) == item.text)
    }

    static let answers = [
        Case(
            "Gmail",
            "<div dir=ltr>Ana</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>On Mon, 2 Nov 2026 at 10:15, Eva &lt;eva@drvo.example&gt; wrote:<br></div><blockquote class=gmail_quote>Horvat</blockquote></div>",
            "Ana"),
        Case(
            "Apple Mail",
            "<div>Ana</div><div><br><blockquote type=cite><div>On 2 Nov 2026, at 10:15, Eva &lt;eva@drvo.example&gt; wrote:</div><div>Horvat</div></blockquote></div>",
            "Ana"),
        Case(
            "Thunderbird",
            "<p>Ana</p><div class=moz-cite-prefix>Am 02.11.26 um 10:15 schrieb Eva:<br></div><blockquote type=cite>Horvat</blockquote>",
            "Ana"),
        Case(
            "Outlook on the web",
            "<div>Ana</div><div id=appendonsend></div><hr tabindex=-1><div id=divRplyFwdMsg><b>Von:</b> Eva<br><b>Gesendet:</b> Montag<br></div><div>Horvat</div>",
            "Ana"),
        Case("Yahoo", "<div>Ana</div><div class=yahoo_quoted><div>Horvat</div></div>", "Ana"),
        Case("old Outlook", "<p>Ana</p><div class=OutlookMessageHeader>From: Eva</div><p>Horvat</p>", "Ana"),
    ]

    @Test(arguments: answers)
    func `gives its new words only`(item: Case) {
        let reading = MailReading(
            subject: "", body: [BodyText(kind: .html, text: item.html)], lexicon: Shipped.lexicon)
        #expect(reading.newText.split(whereSeparator: \.isWhitespace) == [Substring(item.text)])
        #expect(reading.mention(ofName: "Horvat") == .missing)
        #expect(!reading.leftOut.isEmpty)
    }

    @Test func `names broken up by the layout are still names`() {
        let html = """
            <table><tr><td>Ime</td><td>&#381;elj&shy;ko</td></tr><tr><td>Prezime</td><td>Pet<wbr>ko&#8203;vi&#263;</td></tr>
            <tr><td>Tvrtka</td><td>Drvo&nbsp;Sjever<br>d.o.o.</td></tr></table>
            """
        let reading = MailReading(subject: "", body: [BodyText(kind: .html, text: html)], lexicon: Shipped.lexicon)
        #expect(reading.mention(ofName: "Željko").isFound)
        #expect(reading.mention(ofName: "Petković").isFound)
        #expect(reading.mention(ofOrganisation: "Drvo Sjever d.o.o.").isFound)
    }

    @Test(arguments: [
        String(repeating: "<div>", count: 500) + "Horvat",
        "<p>Ana</p>" + String(repeating: "x", count: 1_100_000) + "Horvat",
    ])
    func `too deep or too long is marked as cut`(html: String) {
        let reading = MailReading(subject: "", body: [BodyText(kind: .html, text: html)], lexicon: Shipped.lexicon)
        #expect(reading.leftOut.contains { $0.cause == .tooLong })
        #expect(reading.mention(ofName: "Horvat") == .missing)
    }
}
