import Defaults
import Reading
import Testing

/// Our own replies, sent back to us by programs that mark no quotes.
@Suite struct OwnReplyTests {
    /// A reply as it is sent, in the words of one language; `wrap` breaks its lines at that many columns.
    private struct Reply: Decodable {
        struct Message: Decodable { let headline, explanation: String; let steps: [String] }
        struct Rule: Decodable { let title, passed, failed, mend: String }
        let language, greeting, closing, footer: String
        let labels, kinds: [String: String]
        let verdicts: [String: Message]
        let rules: [String: Rule]

        func label(_ key: String) -> String { labels[key] ?? "" }

        var text: String {
            let message = verdicts["incomplete"]
            let rule = rules["cc"]
            return """
                \(greeting.replacing("{{name}}", with: "Marko Novak"))

                \(message?.headline ?? "")

                \(message?.explanation ?? "")

                \(label("request"))

                \(label("number")): R-1
                \(label("role")): \(kinds["importer"] ?? "")
                \(label("organisation")): Stara Drvo d.o.o.

                \(label("checks"))

                1. \(rule?.title ?? ""): \(label("fail"))
                   \(rule?.failed ?? "")
                   → \(rule?.mend ?? "")

                \(label("steps"))

                1. \(message?.steps.first ?? "")

                \(label("link"))

                \(label("linkIntroduction"))

                \(label("subject")): \(label("roleRequest")): \(kinds["importer"] ?? "")

                \(label("roleRequest")): \(kinds["importer"] ?? "")

                \(label("firstName")): Marko
                \(label("lastName")): Novak
                \(label("organisation")): Stara Drvo d.o.o.

                \(closing)
                TRACES Support Team

                \(footer.replacing("{{support}}", with: "sante@support.example"))
                """
        }
    }

    private static let replies: [String: Reply] = {
        guard let files = try? ConfigFiles() else { return [:] }
        var replies: [String: Reply] = [:]
        for name in files.names(in: "wording") {
            guard let reply = try? files.decode(Reply.self, from: name) else { continue }
            replies[reply.language] = reply
        }
        return replies
    }()

    private static let languages = Shipped.lexicon.languages

    private static func wrapped(_ text: String, at width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var result = ""
            var column = 0
            for word in line.split(separator: " ", omittingEmptySubsequences: false) {
                if column > 0, column + 1 + word.count > width {
                    result += "\n"
                    column = 0
                } else if column > 0 || !result.isEmpty {
                    result += " "
                    column += 1
                }
                result += word
                column += word.count
            }
            return result
        }.joined(separator: "\n")
    }

    @Test("A reply of ours is no word of the sender's, marked or not", arguments: languages)
    func reply(language: String) throws {
        let reply = try #require(Self.replies[language]).text
        for text in [
            reply, reply.replacing("\n", with: "\r\n"), Self.wrapped(reply, at: 72), Self.wrapped(reply, at: 60),
            reply.replacing("\n\n", with: "\n\n\n"), reply.replacing("   ", with: "\u{A0} \u{A0}"),
        ] {
            let above = Shipped.read("Ana Horvat\n\n" + text)
            #expect(above.newText.split(separator: "\n") == ["Ana Horvat"])
            #expect(above.leftOut.map(\.cause) == [.ownWords])
            let both = Shipped.read("Ana Horvat\n\n\(text)\n\nDrvo Sjever d.o.o.\nAna")
            #expect(both.newText.split(separator: "\n") == ["Ana Horvat", "Drvo Sjever d.o.o.", "Ana"])
            let alone = Shipped.read(text)
            #expect(alone.newText.split(separator: "\n").isEmpty)
            #expect(alone.mention(ofName: "Marko") == .missing)
            #expect(alone.kinds().kinds.isEmpty)
        }
    }

    @Test("Its header goes with it, and what is written below it stays", arguments: languages)
    func header(language: String) throws {
        let reply = try #require(Self.replies[language]).text
        let programs = try #require(MailPrograms.all.first { $0.language == language })
        let labels = try #require(programs.labels.first)
        for header in programs.filledAttributions + programs.labels.map({ programs.block($0, order: "fstu") }) + [
            "-----\(programs.titles[0])-----\n" + programs.block(labels, order: "fstu")
        ] {
            let reading = Shipped.read("Ana\n\n\(header)\n\n\(reply)\n\nHorvat")
            #expect(reading.newText.split(separator: "\n") == ["Ana", "Horvat"], "\(header)")
        }
    }

    @Test("Cut off before its end, all below its headline is ours", arguments: languages)
    func cutOff(language: String) throws {
        let reply = try #require(Self.replies[language])
        let footer = reply.footer.replacing("{{support}}", with: "sante@support.example")
        let start = reply.text.replacing(footer, with: "")
        let reading = Shipped.read("Ana Horvat\n\n\(start)")
        #expect(reading.newText.split(separator: "\n") == ["Ana Horvat"])
    }

    @Test("A sentence of ours that somebody quotes goes, and their words stay")
    func sentence() {
        let body = """
            You wrote me this:
            Put the official mailbox of your competent authority in the Cc field.
            I have done so.
            Your role has been granted.
            Ana Horvat
            """
        let reading = Shipped.read(body)
        #expect(
            reading.newText.split(separator: "\n") == ["You wrote me this:", "I have done so.", "Ana Horvat"])
    }

    @Test("The list of what was checked is ours without the reply's beginning", arguments: languages)
    func list(language: String) throws {
        let reply = try #require(Self.replies[language])
        let names = try #require(reply.rules["names"])
        let kind = try #require(reply.rules["kind"])
        let long = "Marko, Novak, Staroslavenska Drvna Industrija Gornji Grad i Donji Grad d.o.o."
        let list = """
            \(reply.label("checks"))

            4. \(kind.title): \(reply.label("fail"))
               \(kind.failed)
               \(reply.label("seen")): Marko
               \(reply.label("wanted")): \(reply.kinds["importer"] ?? "")
               → \(kind.mend)

            5. \(names.title): \(reply.label("skipped"))
               \(reply.label("wanted")): \(long)
            """
        let rows = list.split(separator: "\n").map { "| \($0) |" }.joined(separator: "\n")
        let ticked = list.replacing("4. ", with: "- ").replacing(
            ": \(reply.label("fail"))", with: ": ✗\u{A0}\(reply.label("fail"))")
        for text in [
            list, rows, Self.wrapped(list, at: 72), list.replacing("   ", with: ""), ticked,
            list.replacing("\(reply.label("checks"))\n", with: ""),
            list.replacing("\(reply.label("wanted")):", with: "*\(reply.label("wanted")):*"),
            list.replacing("\(reply.label("wanted")): ", with: "\(reply.label("wanted")):\n"),
            list.split(whereSeparator: \.isNewline).joined(separator: " "),
        ] {
            let reading = Shipped.read("Ana Horvat?\n\n\(text)\n\nDrvo Sjever d.o.o.\nAna")
            #expect(
                reading.newText.split(separator: "\n") == ["Ana Horvat?", "Drvo Sjever d.o.o.", "Ana"], "\(text)")
        }
    }

    @Test("A reply of ours run together in one line is no word of the sender's", arguments: languages)
    func oneLine(language: String) throws {
        let reply = try #require(Self.replies[language]).text
        let line = reply.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let reading = Shipped.read("Ana Horvat\nTRACES Support Team: \(line)\nDrvo Sjever")
        #expect(reading.newText.split(separator: "\n") == ["Ana Horvat", "Drvo Sjever"])
        let wrapped = Self.wrapped("TRACES Support Team: \(line)", at: 72)
        let below = Shipped.read("Ana Horvat\n\(wrapped)\n\nDrvo Sjever")
        #expect(below.newText.split(separator: "\n") == ["Ana Horvat", "Drvo Sjever"])
    }

    @Test("The labels of our list are anybody's words where no list of ours stands")
    func labels() {
        let far = String(repeating: "Ana\n", count: 16)
        for body in [
            "Expected: Ana Horvat\nIn your mail: Drvo Sjever d.o.o.",
            "Names: Ana Horvat\nPurpose: FLEGT timber importer\nExpected: Drvo Sjever d.o.o.",
            "What we checked in your forest\nExpected: Ana Horvat", "What we checked: Ana\nExpected: Horvat",
        ] {
            #expect(Shipped.read(body).newText == body)
        }
        let below = Shipped.read("What we checked\n\(far)Expected: Horvat")
        #expect(below.newText == "\(far)Expected: Horvat")
    }

    @Test("The mail that a reply prepares is its reader's to send", arguments: languages)
    func prepared(language: String) throws {
        let reply = try #require(Self.replies[language])
        let body = """
            \(reply.label("to")): sante@support.example
            \(reply.label("cc")): ca@forest.example
            \(reply.label("subject")): \(reply.label("roleRequest")): \(reply.kinds["importer"] ?? "")

            \(reply.label("roleRequest")): \(reply.kinds["importer"] ?? "")

            \(reply.label("firstName")): Ana
            \(reply.label("lastName")): Horvat
            \(reply.label("organisation")): Drvo Sjever d.o.o.
            \(reply.label("reference")): PR-A549-9FC5-S0FZ-C176
            """
        #expect(Shipped.read(body).newText == body)
    }

    @Test("Without our wording nothing is ours")
    func none() {
        let lexicon = Lexicon([LanguageTerms(language: "en")])
        let body = "Your mail does not yet meet all the rules.\n\nYour role has been granted."
        #expect(MailReading(subject: "", body: [BodyText(kind: .plain, text: body)], lexicon: lexicon).newText == body)
    }
}
