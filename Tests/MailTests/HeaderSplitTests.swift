import Mail
import Testing

/// A header in text, and what the splitter must make of it.
struct SplitCase: Sendable, CustomTestStringConvertible {
    let name: String
    let header: [UInt8]
    let problems: [String]
    /// `name=value` of each field; nil where only the problems matter.
    let fields: [String]?

    init(_ name: String, _ header: String, problems: [String] = [], fields: [String]? = nil) {
        self.name = name
        self.header = Array(header.utf8)
        self.problems = problems
        self.fields = fields
    }

    var testDescription: String { name }
}

@Suite struct `Splitting the header` {
    static let sound: [SplitCase] = [
        SplitCase(
            "two fields", "From: a@x.example\r\nTo: b@y.example\r\n\r\nbody",
            fields: ["From=a@x.example", "To=b@y.example"]),
        SplitCase(
            "LF throughout, as in a file", "From: a@x.example\nTo: b@y.example\n\nbody",
            fields: ["From=a@x.example", "To=b@y.example"]),
        SplitCase(
            "a fold loses its CRLF and nothing else", "Subject: one\r\n two\r\n\tthree\r\n\r\n",
            fields: ["Subject=one two\tthree"]),
        SplitCase("outer white space goes", "Subject: \t one \t\r\n\r\n", fields: ["Subject=one"]),
        SplitCase("no space after the colon", "Subject:one\r\n\r\n", fields: ["Subject=one"]),
        SplitCase("an empty value", "Cc:\r\nSubject: x\r\n\r\n", fields: ["Cc=", "Subject=x"]),
        SplitCase("a value that begins on the second line", "Subject:\r\n one\r\n\r\n", fields: ["Subject=one"]),
        SplitCase("colons in a value", "X-Time: 10:20:30\r\n\r\n", fields: ["X-Time=10:20:30"]),
        SplitCase("a header without a body", "Subject: x\r\n", fields: ["Subject=x"]),
        SplitCase("no header at all", "\r\nbody", fields: []),
        SplitCase("no octets at all", "", fields: []),
        SplitCase(
            "a line of white space alone in a field that decides nothing", "X-Report: a\r\n \r\n b\r\n\r\n",
            fields: ["X-Report=a  b"]),
        SplitCase(
            "a signature's list of fields", "DKIM-Signature: d=x.example; h=Date:\r\n From:To; i=@x.example\r\n\r\n",
            fields: ["DKIM-Signature=d=x.example; h=Date: From:To; i=@x.example"]),
        SplitCase(
            "a signature's list that names From alone in a line",
            "DKIM-Signature: d=x.example; h=Date:\r\n From:\r\n To; i=@x.example\r\n\r\n",
            fields: ["DKIM-Signature=d=x.example; h=Date: From: To; i=@x.example"]),
        SplitCase(
            "a list of fields without an address", "X-Fields: a\r\n from:to\r\n\r\n", fields: ["X-Fields=a from:to"]),
        SplitCase("line ends in the body are the body's affair", "Subject: x\r\n\r\na\nb\rc\0", fields: ["Subject=x"]),
    ]

    @Test(arguments: sound)
    func `A sound header gives its fields and no problem`(_ example: SplitCase) {
        let split = HeaderBlock.split(example.header)
        #expect(split.problems == [])
        #expect(split.block.fields.map { "\($0.name)=\($0.text)" } == example.fields)
    }

    static let unsound: [SplitCase] = [
        SplitCase(
            "opening space", " From: a@x.example\r\nTo: b@y.example\r\n\r\n",
            problems: ["structure.opening-white-space"], fields: ["To=b@y.example"]),
        SplitCase("opening tab", "\tX\r\nTo: b@y.example\r\n\r\n", problems: ["structure.opening-white-space"]),
        SplitCase(
            "a line that is no field", "From: a@x.example\r\nhello\r\nTo: b@y.example\r\n\r\n",
            problems: ["structure.not-a-field"], fields: ["From=a@x.example", "To=b@y.example"]),
        SplitCase(
            "an mbox From line", "From ana Mon Jan  1 10:20:30 2026\r\nTo: b@y.example\r\n\r\n",
            problems: ["structure.not-a-field"], fields: ["To=b@y.example"]),
        SplitCase("a nameless field", ": x\r\n\r\n", problems: ["structure.not-a-field"]),
        SplitCase("a name outside ASCII", "From\u{FF}: a@x.example\r\n\r\n", problems: ["structure.not-a-field"]),
        SplitCase("a control in a name", "Fr\u{1}om: a@x.example\r\n\r\n", problems: ["structure.not-a-field"]),
        SplitCase("a folded name", "From\r\n : a@x.example\r\n\r\n", problems: ["structure.not-a-field"], fields: []),
        SplitCase(
            "space before the colon", "From : a@x.example\r\n\r\n", problems: ["structure.space-before-colon"],
            fields: ["From=a@x.example"]),
        SplitCase("tab before the colon", "From\t: a@x.example\r\n\r\n", problems: ["structure.space-before-colon"]),
        SplitCase("NUL", "Subject: a\0b\r\n\r\n", problems: ["structure.nul"]),
        SplitCase(
            "bare LF among CRLF", "Subject: a\nFrom: b@y.example\r\n\r\n", problems: ["structure.mixed-line-ends"]),
        SplitCase("LF after CRLF", "Subject: a\r\nFrom: b@y.example\n\r\n", problems: ["structure.bare-lf"]),
        SplitCase(
            "a blank line that ends in LF alone", "Subject: a\r\n\nFrom: b@y.example\r\n\r\n",
            problems: ["structure.bare-lf"], fields: ["Subject=a"]),
        SplitCase(
            "a blank line that ends in CRLF alone", "Subject: a\n\r\nbody", problems: ["structure.mixed-line-ends"],
            fields: ["Subject=a"]),
        SplitCase("bare CR", "Subject: a\rFrom: b@y.example\r\n\r\n", problems: ["structure.bare-cr"]),
        SplitCase("CR CR LF", "Subject: a\r\r\nTo: b@y.example\r\n\r\n", problems: ["structure.bare-cr"]),
        SplitCase("CR alone in a file of LF", "Subject: a\rb\n\n", problems: ["structure.bare-cr"]),
        SplitCase(
            "cut off in a line", "Subject: a\r\nFrom: b", problems: ["structure.cut-off"],
            fields: ["Subject=a", "From=b"]),
        SplitCase(
            "a continuation that reads like From", "Subject: a\r\n From : b@y.example\r\n\r\n",
            problems: ["sender.folded-from"], fields: ["Subject=a From : b@y.example"]),
        SplitCase(
            "a continuation that reads like From but for marks", "Subject: a\r\n >\"From- :b@y.example\r\n\r\n",
            problems: ["sender.folded-from"]),
        SplitCase(
            "a continuation that reads like From, its address encoded",
            "Subject: a\r\n From: =?utf-8?q?b=40y?=\r\n\r\n", problems: ["sender.folded-from"]),
        SplitCase(
            "a continuation that reads like From, its address in the next line",
            "Subject: a\r\n From:\r\n <b@y.example>\r\n\r\n", problems: ["sender.folded-from"]),
        SplitCase(
            "a From in a signature", "X-Signature: h=\r\n From: b@y.example\r\n\r\n", problems: ["sender.folded-from"]),
        SplitCase(
            "a From in a signature, its address in the next line",
            "DKIM-Signature: h=\r\n From:\r\n =?utf-8?q?b=40y?=\r\n\r\n", problems: ["sender.folded-from"]),
        SplitCase(
            "a blank continuation in From", "From: a@x.example,\r\n \r\n b@y.example\r\n\r\n",
            problems: ["structure.blank-continuation"]),
        SplitCase(
            "a line too long", "Subject: \(String(repeating: "x", count: 990))\r\n\r\n",
            problems: ["structure.line-too-long"]),
    ]

    @Test(arguments: unsound)
    func `Whatever two readers could take differently is a problem, and the rest is still read`(_ example: SplitCase) {
        let split = HeaderBlock.split(example.header)
        #expect(split.problems.map(\.code) == example.problems)
        if let fields = example.fields { #expect(split.block.fields.map { "\($0.name)=\($0.text)" } == fields) }
    }

    @Test func `A line of exactly 998 octets is allowed`() {
        let line = "Subject: " + String(repeating: "x", count: 989)
        #expect(line.utf8.count == 998)
        #expect(HeaderBlock.split(Array("\(line)\r\n\r\n".utf8)).problems == [])
    }

    @Test func `The limits of fields, field and mail hold`() {
        var limits = MailLimits()
        limits.headerFields = 3
        limits.headerField = 20
        limits.size = 100
        let three = HeaderBlock.split(Array("A: 1\r\nB: 2\r\nC: 3\r\n\r\n".utf8), limits: limits)
        #expect(three.problems == [])
        let four = HeaderBlock.split(Array("A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\nx".utf8), limits: limits)
        #expect(four.problems.map(\.code) == ["structure.too-many-fields"])
        #expect(four.block.fields.map(\.name) == ["A", "B", "C"])
        #expect(four.bodyStart == 26)
        let long = HeaderBlock.split(Array("A: 123456789\r\n 123456789\r\n 1\r\nB: 2\r\n\r\n".utf8), limits: limits)
        #expect(long.problems.map(\.code) == ["structure.field-too-long"])
        #expect(long.block.fields.map(\.name) == ["A", "B"])
        let large = HeaderBlock.split(Array("A: 1\r\n\r\n\(String(repeating: "x", count: 100))".utf8), limits: limits)
        #expect(large.problems.map(\.code) == ["structure.too-large"])
    }

    @Test(arguments: [
        ("A: 1\r\n\r\nbody", 8), ("A: 1\n\nbody", 6), ("A: 1\r\n", 6), ("\r\nbody", 2), ("", 0), ("A: 1\r\n\r", 7),
    ])
    func `The body begins behind the empty line`(_ text: String, _ start: Int) {
        #expect(HeaderBlock.split(Array(text.utf8)).bodyStart == start)
    }

    @Test func `One problem of a kind is named once`() {
        let split = HeaderBlock.split(Array("x\r\ny\r\nz\r\nA: \0\r\nB: \0\r\n\r\n".utf8))
        #expect(split.problems.map(\.code) == ["structure.not-a-field", "structure.nul"])
    }

    @Test func `Every problem names its source`() {
        for example in Self.unsound {
            for problem in HeaderBlock.split(example.header).problems {
                #expect(problem.explanation.contains("RFC ") || problem.explanation.contains("MailLimits"))
            }
        }
    }
}
