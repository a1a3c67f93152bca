import Reading
import Testing

@Suite struct `The visible text of HTML` {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let html: String
        let text: String
        var testDescription: String { name }

        init(_ name: String, _ html: String, _ text: String) {
            self.name = name
            self.html = html
            self.text = text
        }
    }

    static let layout = [
        Case("nothing", "", ""),
        Case("text alone", "Hello", "Hello\n"),
        Case("white space", " a \n\t b&nbsp; c\u{a0}", "a b c\n"),
        Case("paragraphs", "<p>one</p><p>two</p>three", "one\ntwo\nthree\n"),
        Case("unclosed paragraphs", "<p>one<p>two", "one\ntwo\n"),
        Case("line breaks", "a<br>b<br/><br>c<br><br><br><br>d", "a\nb\n\nc\n\nd\n"),
        Case("inline elements glue", "<b>Drvo</b><i>Sjever</i> <span>d</span>.o.o.", "DrvoSjever d.o.o.\n"),
        Case(
            "table", "<table><tr><td>First name</td><td>Ana</td></tr><tr><th>Last</th><td>B</td></tr></table>",
            "First name\tAna\nLast\tB\n"),
        Case("empty cells", "<table><tr><td></td><td> </td><td>x</td></tr></table>", "x\n"),
        Case("lists", "<ul><li>one<li>two</ul><ol><li>three</li></ol>", "- one\n- two\n- three\n"),
        Case("preformatted", "<pre>a\n  b</pre>", "a\nb\n"),
        Case("entities", "&Scaron;ari&#263; &amp; &#x160;in &lt;b&gt; &unheard; &", "Šarić & Šin <b> &unheard; &\n"),
        Case("broken entities", "&#xffffffffff; &#0; &#99999999999; &; &#; a", "&; a\n"),
        Case(
            "links and pictures", "<a href='https://x.example/secret'>here</a> <img alt='hidden words' src=x>", "here\n"
        ),
        Case(
            "scripts, styles, comments",
            "<head><title>T</title><style>p{}</style></head><script>var a='<p>b</p>';</script><!-- c --><template>d</template>e",
            "e\n"),
        Case("Outlook's conditional comment", "<!--[if gte mso 9]><xml>a</xml><![endif]-->b<o:p></o:p>", "b\n"),
        Case("an attribute's words", "<p title='a' data-x=\"<b>\">c</p>", "c\n"),
        Case("stray end tags", "</p></div>a</b></table>b", "ab\n"),
        Case("words after the end", "<html><body><p>a</p></body></html>b<p>c</p></html>d", "a\nb\nc\nd\n"),
        Case("a body's colours", "<html><head></head><body bgcolor=#eee text=#eeeeee>a<font color=red>b</font>", "b\n"),
        Case("a meta element's charset", "<meta charset=iso-8859-2><p>Šarić</p>", "Šarić\n"),
        Case("NUL", "a\0b", "a b\n"),
    ]

    @Test(arguments: layout)
    func `keeps lines and words apart`(item: Case) {
        #expect(visibleText(ofHTML: item.html) == item.text)
    }

    static let hidden = [
        Case("hidden", "a<p hidden>b</p>c", "a\nc\n"),
        Case("display", "a<span style='display : none'>b<i>c</i></span>d", "ad\n"),
        Case("important", "a<span style='DISPLAY:NONE!important'>b</span>d", "ad\n"),
        Case("comment in a style", "a<span style='dis/* x */play:no/**/ne'>b</span>d", "ad\n"),
        Case("visibility", "a<span style='color:red;visibility: hidden'>b</span>d", "ad\n"),
        Case("font size", "a<span style='font-size:0px'>b</span><span style='font-size:1px'>b</span>d", "ad\n"),
        Case("opacity", "a<span style='opacity: 0.0'>b</span>d", "ad\n"),
        Case("mso-hide", "a<span style='mso-hide:all'>b</span>d", "ad\n"),
        Case("no extent", "a<div style='max-height:0;overflow:hidden'>b</div>d", "a\nd\n"),
        Case("indented away", "a<div style='text-indent:-9999px'>b</div>d", "a\nd\n"),
        Case("white on white", "a<font color='#FFFFFF'>b</font><span style='color:#fff'>b</span>d", "ad\n"),
        Case("same colours", "<div style='background:#123456'>a<b style='color:rgb(18, 52, 86)'>b</b></div>", "a\n"),
        Case("a class of a style sheet", "<style>.x{display:none}</style>a<p class=x>b</p>c", "a\nc\n"),
        Case(
            "a class below", "a<p class='y X'>b</p>c<style><!-- body .x, h6 { visibility:hidden } --></style>", "a\nc\n"
        ),
        Case("an id of a style sheet", "<style type=text/css>/**/#x{opacity:0}</style>a<b id=x>b</b>c", "ac\n"),
        Case("a tag of a style sheet", "<style>h6{display:none!important}</style>a<h6>b</h6>c", "a\nc\n"),
        Case("a tag's class", "<style>div.x{left:-9999px;position:fixed}</style>a<div class=x>b</div>c", "a\nc\n"),
        Case("a rule for screens", "<style>@media screen{.x{display:none}}</style>a<b class=x>b</b>c", "ac\n"),
        Case(
            "a rule after others", "<style>@import url(x);p{a:b}.x{color:transparent}</style>a<b class=x>b</b>c", "ac\n"
        ),
        Case("off the screen", "a<div style='position:absolute;left:-9999px'>b</div>d", "a\nd\n"),
        Case("far off the screen", "a<div style='position:relative;top:-999em'>b</div>d", "a\nd\n"),
        Case("a margin far away", "a<div style='margin-left:-9999px'>b</div>d", "a\nd\n"),
        Case("indented by ems", "a<div style='text-indent:-99em'>b</div>d", "a\nd\n"),
        Case("transparent", "a<b style='color:transparent'>b</b><b style='color:rgba(0,0,0,0)'>b</b>d", "ad\n"),
        Case("transparent by digits", "a<b style='color:#00000000'>b</b>d", "ad\n"),
        Case("nearly white", "a<b style='color:#fefefe'>b</b><font color=snow>b</font>d", "ad\n"),
        Case("on what is transparent", "<div style='background:transparent'>a<b style='color:#fff'>b</b></div>", "a\n"),
        Case("for want of scripts", "a<noscript>b</noscript>d", "ad\n"),
        Case(
            "scaled away", "a<b style='transform:scale(0)'>b</b><b style='transform: translateX( -9999px )'>b</b>d",
            "ad\n"),
        Case("clipped", "a<b style='clip-path:inset(100%)'>b</b><b style='clip: rect(0, 0, 0, 0)'>b</b>d", "ad\n"),
        Case(
            "struck out", "a<del>b</del><s>b</s><strike>b</strike><u style='text-decoration:line-through'>b</u>d",
            "ad\n"),
        Case("important before", "a<b style='display:none!important;display:block'>b</b>d", "ad\n"),
        Case("a closed dialog", "a<dialog>b <i>c</i></dialog>d", "ad\n"),
        Case(
            "closed details",
            "a<details><summary>b <i>c</i></summary>x<summary>z</summary><p>y<summary>z</summary></p></details>d",
            "a\nb c\nd\n"),
        Case(
            "white under a style sheet without backgrounds",
            "<style>p{margin:0}</style><p class=x>a<b style='color:#ffffff'>b</b></p>", "a\n"),
        Case(
            "white under a style sheet's white",
            "<style>p{background:#fff}</style><p class=x>a<b style='color:#ffffff'>b</b></p>", "a\n"),
        Case("letters of no size by a class", "a<style>.x{font-size:0}</style><b class=x>b</b>c", "ac\n"),
        Case("letters of no size by a tag", "<style>h6{font:0/0 a}</style>a<h6>b</h6>c", "a\nc\n"),
        Case("on a cell", "<table><tr><td bgcolor=black>a<font color=black>b</font></td></tr></table>", "a\n"),
    ]

    @Test(arguments: hidden)
    func `leaves out what nobody sees`(item: Case) {
        #expect(visibleText(ofHTML: item.html) == item.text)
    }

    static let shown = [
        Case("half opacity", "<p style='opacity:.5'>a</p>", "a\n"),
        Case("small print", "<p style='font-size:8px'>a</p><p style='font-size:.8em'>b</p>", "a\nb\n"),
        Case("white on colour", "<td style='background-color:#036'><b style='color:white'>a</b></td>", "a\n"),
        Case(
            "white on a picture", "<div style='background:url(x.png) repeat'><b style='color:white'>a</b></div>", "a\n"),
        Case("white under a style sheet", "<style>p{background:red}</style><p><b style='color:white'>a</b>", "a\n"),
        Case("black on an unknown black", "<body bgcolor=black>a", "a\n"),
        Case("odd declarations", "<p style=';:;display;;color:;display:blocknone'>a</p>", "a\n"),
        Case("for small screens only", "<style>@media (max-width:9px){.x{display:none}}</style><p class=x>a", "a\n"),
        Case("for print only", "<style media=print>.x{display:none}</style><p class=x>a", "a\n"),
        Case("in a comment", "<!--[if mso]><style>.x{display:none}</style><![endif]--><p class=x>a", "a\n"),
        Case("shown after all", "<style>.x{display:none}</style><p class=x style='display:block'>a", "a\n"),
        Case("shown by a later rule", "<style>.x{display:none}.x{display:block}</style><p class=x>a", "a\n"),
        Case("other selectors", "<style>.x:hover,.x .y,.y,[a]{display:none}</style><p class=x>a", "a\n"),
        Case(
            "letters sized anew", "<style>.x{font-size:0}</style><p class=x>a<b style='font-size:9px'>b</b></p>c",
            "b\nc\n"),
        Case(
            "letters sized anew by the sheet",
            "<style>td{font-size:0}.x p{font-size:9px}</style><table class=x><td>a<p>b</p></td></table>", "b\n"),
        Case("an open dialog", "<dialog open>a</dialog>b", "ab\n"),
        Case("open details", "<details open><summary>a</summary>b<p>c</p></details>d", "a\nb\nc\nd\n"),
        Case(
            "white under a style sheet for small screens",
            "<style>@media (max-width:9px){p{background:red}}</style><p><b style='color:white'>a</b>", "a\n"),
        Case("a broken style sheet", "<style>}}{.x{;:{@media</style><p class=x>a", "a\n"),
        Case("a little to the left", "<p style='position:relative;left:-9px'>a", "a\n"),
        Case("not placed", "<p style='left:-9999px'>a", "a\n"),
        Case("pale grey", "<p style='color:#ccc'>a", "a\n"),
        Case("scaled", "<p style='transform:scale(.5);clip-path:inset(5px)'>a", "a\n"),
        Case("the last one decides", "<p style='display:none;display:block'>a", "a\n"),
        Case("flow after a hidden paragraph", "<p style='display:none'>a<p>b", "b\n"),
    ]

    @Test(arguments: shown)
    func `keeps what somebody sees`(item: Case) {
        #expect(visibleText(ofHTML: item.html) == item.text)
    }

    static let quoted = [
        Case(
            "blockquote", "new<blockquote>old<br>older<blockquote>oldest</blockquote></blockquote>new",
            "new\n> old\n> older\n> > oldest\nnew\n"),
        Case(
            "Gmail",
            "<div>new</div><div class=\"gmail_quote gmail_quote_container\"><div class=gmail_attr>On Monday A wrote:<br></div><blockquote class=gmail_quote style='margin:0;border-left:1px solid'>old</blockquote><div>between</div></div>",
            "new\nOn Monday A wrote:\n> old\nbetween\n"),
        Case(
            "Thunderbird",
            "<div class=moz-cite-prefix>A wrote:</div><blockquote type=cite cite='mid:x'>old</blockquote>new",
            "A wrote:\n> old\nnew\n"),
        Case(
            "forwarded by Thunderbird", "new<div class='moz-forward-container'>old<p>older</p></div>",
            "new\n> old\n> older\n"),
        Case(
            "Outlook on the web",
            "<div>new</div><hr><div id=divRplyFwdMsg dir=ltr><b>From:</b> A<br></div><div>old</div>",
            "new\n> From: A\n> old\n"),
        Case(
            "Outlook for Windows",
            "<p class=MsoNormal>new</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>From:</b> A</p></div></div><p>old</p>",
            "new\n> From: A\n> old\n"),
        Case(
            "a blockquote without a border", "new<blockquote style='border:none'>old</blockquote>new",
            "new\n> old\nnew\n"),
        Case(
            "the new Outlook", "<p>new</p><div id=mail-editor-reference-message-container><div>old</div></div>",
            "new\n> old\n"),
        Case("GMX", "<p>new</p><div name=quote style='margin:9px'>old</div>new", "new\n> old\nnew\n"),
        Case("Yahoo", "new<div class=yahoo_quoted>old</div>new", "new\n> old\nnew\n"),
        Case(
            "merely indented", "<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>new</blockquote>", "new\n"
        ),
    ]

    @Test(arguments: quoted)
    func `marks what is quoted`(item: Case) {
        #expect(visibleText(ofHTML: item.html) == item.text)
    }

    static let megabyte = 1_000_000

    struct Source: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let html: String

        init(_ name: String, _ html: String) {
            testDescription = name
            self.html = html
        }
    }

    static let hostile = [
        Source("unclosed elements", String(repeating: "<b>", count: megabyte / 3)),
        Source(
            "unclosed elements, then end tags of others",
            String(repeating: "<b>", count: megabyte / 6) + String(repeating: "</i>", count: megabyte / 8)),
        Source(
            "end tags under some open elements",
            String(repeating: "<b>", count: 390) + String(repeating: "</i>", count: megabyte / 4)),
        Source(
            "bodies under open elements",
            String(repeating: "<b>", count: 390) + String(repeating: "<body>", count: megabyte / 6)),
        Source("attributes in one tag", "<a " + (0..<megabyte / 7).map { "a\($0)" }.joined(separator: " ") + ">x"),
        Source(
            "attributes in many tags",
            String(repeating: "<a " + (0..<900).map { "a\($0)" }.joined(separator: " ") + ">", count: 220)),
        Source(
            "quoted angle brackets", "<a " + (0..<megabyte / 12).map { "a\($0)=\">\"" }.joined(separator: " ") + ">x"),
        Source("a tag without end", "<a href=\"" + String(repeating: "x ", count: megabyte / 2)),
        Source("a comment without end", "<!--" + String(repeating: "- -", count: megabyte / 3)),
        Source("ends of the document", String(repeating: "</html></body>", count: megabyte / 14)),
        Source("entities", String(repeating: "&#", count: megabyte / 2)),
        Source("angle brackets", String(repeating: "<", count: megabyte)),
        Source("declarations", String(repeating: "<!x", count: megabyte / 3)),
        Source("conditions", String(repeating: "<![", count: megabyte / 3)),
        Source("closed conditions", String(repeating: "<![if a]>", count: megabyte / 9)),
        Source("nested quotes", String(repeating: "<blockquote>x", count: megabyte / 13)),
        Source("nested tables", String(repeating: "<table><tr><td>", count: megabyte / 15)),
        Source("style sheets", String(repeating: "<style>", count: megabyte / 7)),
        Source("closed style sheets", String(repeating: "<style></style>", count: megabyte / 15)),
        Source("rules", "<style>" + String(repeating: ".a,.b{display:none}", count: megabyte / 19) + "</style><p>x"),
        Source("open rules", "<style>" + String(repeating: "@media all{", count: megabyte / 11)),
        Source("braces", "<style>" + String(repeating: "a{", count: megabyte / 2)),
        Source(
            "classes",
            "<style>.x{display:none}</style>" + String(repeating: "<p class='a b c d e'>", count: megabyte / 21)),
        Source("styles", "<p style='" + String(repeating: "a:b;", count: megabyte / 4) + "'>x"),
    ]

    @Test(arguments: hostile)
    func `ends in time and within bounds, however hostile the source`(source: Source) {
        let clock = ContinuousClock()
        var text = ""
        let time = clock.measure { text = visibleText(ofHTML: source.html) }
        #expect(text.utf8.count <= 1024 * 1024 + 1)
        // Quadratic work on these takes minutes; the bound leaves room for slow machines and debug builds.
        #expect(time < .seconds(20), "took \(time)")
    }

    @Test func `a long text comes out whole across the parser's chunks`() {
        let words = (0..<20_000).map { "Šarić\($0)" }
        let html = words.enumerated().map { index, word in
            let width = String(repeating: "1", count: index % 7)
            return
                "<span style='color:red' title=\"a > b\" width=\(width)>\(word)</span><!-- > --><script>'</b>'</script>"
        }
        #expect(visibleText(ofHTML: html.joined(separator: " ")) == words.joined(separator: " ") + "\n")
    }

    @Test func `many attributes and long comments in honest mail do not end the text`() {
        let rule = "<w:LsdException Locked=\"false\" Priority=\"9\" SemiHidden=\"true\" Name=\"heading 1\"/>\n"
        let html = "<!--[if gte mso 9]>" + String(repeating: rule, count: 400) + "<![endif]--><p>a"
        #expect(visibleText(ofHTML: String(repeating: html, count: 4)) == "a\na\na\na\n")
    }

    @Test func `an embedded picture of any size does not end the text`() {
        let html = "a<img src=\"data:image/png;base64," + String(repeating: "iVBORw0KGgo", count: 50_000) + "==\">b"
        #expect(visibleText(ofHTML: html) == "ab\n")
    }
}
