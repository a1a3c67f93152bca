import Defaults
import Foundation
import Reading
import Testing

/// The files under `Config/lexicon` as a translator meets them.
@Suite struct LexiconFileTests {
    /// Runs `body` with a folder that holds one lexicon file.
    private func withOverlay(_ yaml: String, _ body: (ConfigFiles) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-lexicon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "lexicon"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(yaml.utf8).write(to: folder.appending(path: "lexicon/en.yaml"))
        try body(try ConfigFiles(overlay: folder))
    }

    @Test("Every file of the lexicon can be read, is named by its language and fills every list")
    func everyFile() throws {
        let files = try ConfigFiles()
        let names = files.names(in: "lexicon")
        #expect(names.count == 24)
        for name in names {
            let terms = try files.decode(LanguageTerms.self, from: name)
            #expect(name == "lexicon/\(terms.language).yaml")
            for kind in ["importer", "agent", "competent-authority", "customs-office", "eudr-operator"] {
                #expect(terms.kinds[kind]?.isEmpty == false, "\(name): \(kind)")
            }
            for list in [
                terms.stopwords, terms.request, terms.ask, terms.role, terms.additional, terms.status, terms.copied,
                terms.past, terms.not, terms.retraction, terms.automaticSubjects, terms.joining, terms.titles,
                terms.generic, terms.replies.wrote,
                terms.replies.original, terms.replies.from, terms.replies.sent, terms.replies.to, terms.replies.subject,
            ] {
                #expect(!list.isEmpty, "\(name)")
            }
            #expect(!terms.name.isEmpty)
        }
    }

    @Test("A changed file changes the outcome")
    func changedFile() throws {
        let body = [BodyText(kind: .plain, text: "I ask for the role of a woodbringer.")]
        #expect(MailReading(subject: "", body: body, lexicon: Shipped.lexicon).kinds().kinds.isEmpty)
        let yaml = """
            language: en
            kinds:
              importer: [woodbringer*]
            ask: ask
            role: [role]
            """
        try withOverlay(yaml) { files in
            let lexicon = Lexicon([try files.decode(LanguageTerms.self, from: "lexicon/en.yaml")])
            let reading = MailReading(subject: "", body: body, lexicon: lexicon).kinds()
            #expect(reading.kinds["importer"]?.words == "woodbringer")
            #expect(reading.request?.words == "ask for the role")
        }
    }

    @Test(
        "A broken file is named with the key and the reason",
        arguments: [
            ("language: en\nkind: [x]", "there is no key 'kind' in a lexicon file"),
            ("language: en\nreplies: {wrot: [x]}", "there is no key 'wrot' in a lexicon file"),
            ("language: en\nask: [\"ab*\"]", "'ab*' is no pattern"),
            ("name: English", "the key 'language' is missing"),
            ("language: en\nkinds: {importer: [\"*\"]}", "'*' is no pattern"),
        ])
    func brokenFile(yaml: String, reason: String) throws {
        try withOverlay(yaml) { files in
            #expect {
                try files.decode(LanguageTerms.self, from: "lexicon/en.yaml")
            } throws: { error in
                "\(error)".contains("lexicon/en.yaml") && "\(error)".contains(reason)
            }
        }
    }
}
