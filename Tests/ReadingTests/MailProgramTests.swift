import Reading
import Testing

/// What of a mail is new, for every mail program in every language.
@Suite struct MailProgramTests {
    private static let new = ["Ana Horvat", "Drvo Sjever d.o.o."]
    private static let older = "I request the role of FLEGT timber importer for Stara Drvo d.o.o.\nMarko Novak"

    /// The lines that count of new words above something else.
    private func kept(above rest: String) -> [Substring] {
        Shipped.read(Self.new.joined(separator: "\n") + "\n\n" + rest).newText.split(separator: "\n")
    }

    private func keeps(_ rest: String) -> Bool { kept(above: rest).map(String.init) == Self.new }

    @Test("All languages are there")
    func languages() {
        #expect(Set(MailPrograms.all.map(\.language)) == Set(Shipped.lexicon.languages))
    }

    @Test("An older mail below an attribution goes, marked or not", arguments: MailPrograms.all)
    func attributions(programs: MailPrograms) {
        for line in programs.filledAttributions {
            #expect(keeps("\(line)\n\n\(Self.older)"), "\(line)")
            #expect(keeps("\(line)\n\(Self.older)"), "\(line)")
            let marked = "\(line)\n> " + Self.older.replacing("\n", with: "\n> ")
            #expect(keeps(marked), "\(line)")
            let answered = Shipped.read("\(marked)\n\nAna Horvat").newText.split(separator: "\n")
            #expect(answered == ["Ana Horvat"], "\(line)")
            #expect(keeps("> \(line)\n> \(Self.older.replacing("\n", with: "\n> "))"), "\(line)")
            #expect(keeps(line), "\(line)")
        }
    }

    /// Breaks a line where a mail program would that allows `width` columns.
    private static func wrap(_ line: String, at width: Int) -> String {
        var lines = [""]
        for word in line.split(separator: " ") {
            let current = lines[lines.count - 1]
            if current.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if current.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n")
    }

    @Test("An attribution goes whole when it has been wrapped", arguments: MailPrograms.all)
    func wrapped(programs: MailPrograms) {
        for line in programs.filledAttributions {
            for name in [
                "Marko Novak", "Marko Novak Stara Drvo Trading", "Marko Novak, Ministry of Agriculture and Forests",
            ] {
                let line = line.replacing("Marko Novak", with: name)
                for width in 70...80 {
                    let lines = Self.wrap(line, at: width)
                    #expect(keeps("\(lines)\n\n\(Self.older)"), "\(lines)")
                }
            }
            let atAddress = line.replacing(" <", with: "\n<").replacing(" (<", with: "\n(<")
            #expect(keeps("\(atAddress)\n\n\(Self.older)"), "\(atAddress)")
        }
    }

    @Test("An older mail below a header block goes", arguments: MailPrograms.all)
    func headerBlocks(programs: MailPrograms) {
        let rule = "________________________________"
        for set in programs.labels {
            for block in [
                // Outlook on the desk and on the web, Outlook for Mac, GMX, Thunderbird's table, Libero, abv.bg.
                programs.block(set, order: "fstcu"), programs.block(set, order: "fstu"),
                programs.block(set, order: "sftu"),
                programs.block(set, order: "usft", between: ":\t"), programs.block(set, order: "ftcsu"),
                programs.block(set, order: "futs"), "\(rule)\n" + programs.block(set, order: "fstu"),
                // Outlook on phones, Notes, and a program that parts the lines.
                "\(rule)\n" + programs.block(set, order: "fstu", bold: true),
                programs.block(set, order: "ftcsu", between: ":        "),
                programs.block(set, order: "fstcu").replacing("\n", with: "\n\n"),
                programs.block(set, order: "fs"),
            ] {
                #expect(keeps("\(block)\n\n\(Self.older)"), "\(block)")
                #expect(keeps("\(block)\n\n> \(Self.older.replacing("\n", with: "\n> "))"), "\(block)")
            }
            let block = programs.block(set, order: "fstcu")
            let alone = Shipped.read("\(block)\n\n\(Self.older)")
            #expect(alone.newText.isEmpty, "\(block)")
            let answered = Shipped.read("\(block)\n\n> Role?\nImporter\n> Name?\nAna Horvat").newText
            #expect(answered.split(separator: "\n") == ["Importer", "Ana Horvat"], "\(block)")
        }
    }

    @Test("An older mail below a title goes", arguments: MailPrograms.all)
    func titles(programs: MailPrograms) throws {
        let labels = try #require(programs.labels.first)
        for title in programs.titles {
            for line in [
                "-----\(title)-----", "-------- \(title) --------", "---------- \(title) ---------", "____\(title)____",
            ] {
                #expect(keeps("\(line)\n\(Self.older)"), "\(line)")
                #expect(keeps("\(line)\n\(programs.block(labels, order: "usft"))\n\n\(Self.older)"), "\(line)")
                #expect(keeps("\(line)\n> \(Self.older.replacing("\n", with: "\n> "))"), "\(line)")
                let answered = Shipped.read("\(line)\n\(programs.block(labels, order: "fstu"))\n\n> Name?\nAna Horvat")
                    .newText
                #expect(answered.split(separator: "\n") == ["Ana Horvat"], "\(line)")
            }
        }
        for line in programs.begins {
            #expect(keeps("\(line)\n\n\(programs.block(labels, order: "fust"))\n\n\(Self.older)"), "\(line)")
            #expect(keeps("\(line)\n\n> \(Self.older.replacing("\n", with: "\n> "))"), "\(line)")
        }
        // Gmail's title is English, its labels are not.
        let gmail = "---------- Forwarded message ---------\n\(programs.block(labels, order: "fsut"))"
        #expect(keeps("\(gmail)\n\n\n\(Self.older)"))
        // A title in words that no file has, above labels.
        #expect(keeps("------ Xyzzy ------\n\(programs.block(labels, order: "fs"))\n\n\(Self.older)"))
    }

    @Test("What phones write below a mail stays, and what it quotes goes", arguments: MailPrograms.all)
    func phones(programs: MailPrograms) {
        for line in programs.sentFrom {
            #expect(kept(above: line).map(String.init) == Self.new + [line.description])
            let attribution = programs.filledAttributions[0]
            let quoted = kept(above: "\(line)\n\n> \(attribution)\n> \n> \(Self.older.replacing("\n", with: "\n> "))")
            #expect(quoted.map(String.init) == Self.new + [line], "\(line)")
        }
    }

    @Test("What a person writes about having written stays", arguments: MailPrograms.all)
    func ownSentences(programs: MailPrograms) {
        for line in programs.own {
            let body = "\(line)\n\nAna Horvat, Drvo Sjever d.o.o."
            #expect(Shipped.read(body).newText == body, "\(line)")
        }
    }

    @Test("A form with the labels of a header stays", arguments: MailPrograms.all)
    func forms(programs: MailPrograms) throws {
        for set in programs.labels {
            let labels = set.split(separator: "|")
            try #require(labels.count == 5)
            for body in [
                "\(labels[0]): Drvo Sjever d.o.o.\n\(labels[2]): TRACES\n\(labels[1]): 3.11.2026\n\nAna Horvat",
                "Hello,\n\n\(labels[0]): Ana Horvat\n\(labels[1]): 3.11.2026\n\nDrvo Sjever",
                "\(labels[2]): sante@support.example\n\(labels[3]): ca@forest.example\n\(labels[4]): importer\n\nAna Horvat",
            ] {
                #expect(Shipped.read(body).newText == body, "\(body)")
            }
        }
    }
}
