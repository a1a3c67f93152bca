import Defaults
import Foundation
import Judging
import Registry
import Testing

@testable import Replies

/// How the sentences of each language are written: quotation marks, apostrophes, spaces, letters.
struct TypographyTests {
    /// What opens and closes a quotation, by language, after the languages' own rules of spelling.
    static let quotationMarks: [String: (open: String, close: String)] = [
        "bg": ("„", "“"), "cs": ("„", "“"), "da": ("»", "«"), "de": ("„", "“"), "el": ("«", "»"), "en": ("“", "”"),
        "es": ("«", "»"), "et": ("„", "“"), "fi": ("”", "”"), "fr": ("«\u{202F}", "\u{202F}»"), "ga": ("“", "”"),
        "hr": ("„", "”"), "hu": ("„", "”"), "it": ("«", "»"), "lt": ("„", "“"), "lv": ("“", "”"), "mt": ("“", "”"),
        "nl": ("‘", "’"), "pl": ("„", "”"), "pt": ("«", "»"), "ro": ("„", "”"), "sk": ("„", "“"), "sl": ("„", "“"),
        "sv": ("”", "”"),
    ]

    /// All sentences of a wording file, by their keys.
    private func texts(_ language: String) throws -> [String: String] {
        try ConfigFiles().decode(WordingTree.self, from: "wording/\(language).yaml").texts()
    }

    /// The text cut at quotation marks: outside, quoted, outside, …; nil where they don't match.
    private func parts(_ text: String, _ marks: (open: String, close: String)) -> [String]? {
        var parts: [String] = []
        var rest = text[...]
        while let open = rest.range(of: marks.open, options: .literal) {
            guard let close = rest[open.upperBound...].range(of: marks.close, options: .literal) else { return nil }
            parts += [String(rest[..<open.lowerBound]), String(rest[open.upperBound..<close.lowerBound])]
            rest = rest[close.upperBound...]
        }
        return parts + [String(rest)]
    }

    @Test(arguments: WordingTests.languages)
    func `Quotation marks are the language's own, and match`(language: String) throws {
        let marks = try #require(Self.quotationMarks[language])
        for (key, text) in try texts(language) {
            #expect(!text.contains("\"") && !text.contains("'") && !text.contains("`"), "\(key)")
            let parts = try #require(self.parts(text, marks), "\(key)")
            for (place, part) in parts.enumerated() {
                // What is left over outside is an apostrophe at most.
                let strange = part.unicodeScalars.filter { "«»„“”‟‹›‘‚".unicodeScalars.contains($0) }
                #expect(strange.isEmpty, "\(key)")
                let isQuoted = place % 2 == 1
                #expect(!isQuoted || !part.isEmpty && part == part.trimmingCharacters(in: .whitespaces), "\(key)")
            }
        }
    }

    @Test(arguments: WordingTests.languages)
    func `Letters are composed, of one alphabet in a word, and single spaces part words`(language: String) throws {
        for (key, text) in try texts(language) {
            #expect(
                text.unicodeScalars.elementsEqual(text.precomposedStringWithCanonicalMapping.unicodeScalars), "\(key)")
            #expect(!text.contains("  ") && !text.contains(" .") && !text.contains(" ,"), "\(key)")
            // Romanian has commas below its letters, not cedillas.
            #expect(!text.contains { "şţŞŢ".contains($0) }, "\(key)")
            for word in text.split(whereSeparator: { !$0.isLetter }) {
                let alphabets = Set(
                    word.unicodeScalars.map { $0.value < 0x250 ? "Latin" : $0.value < 0x400 ? "Greek" : "Cyrillic" })
                #expect(alphabets.count == 1, "\(key): \(word)")
            }
        }
    }

    @Test(arguments: WordingTests.languages)
    func `No letter is foreign to its language`(language: String) throws {
        let letters = [
            "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüß", "en": "", "es": "áéíóúüñ", "et": "äõöüšž",
            "fi": "äöå", "fr": "àâæçéèêëîïôœùûüÿ", "ga": "áéíóú", "hr": "čćđšž", "hu": "áéíóöőúüű", "it": "àèéìòùº",
            "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "mt": "ċġħżàèìòù", "nl": "éèëïöü", "pl": "ąćęłńóśźż",
            "pt": "áâãàçéêíóôõú", "ro": "ăâîșț", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "sv": "åäöé",
        ]
        // Greek and Bulgarian: their alphabets, and plain Latin letters in names.
        let own = Set((letters[language] ?? "").unicodeScalars)
        for (key, text) in try texts(language) {
            for scalar in text.lowercased().unicodeScalars where scalar.properties.isAlphabetic && scalar.value > 0x7f {
                let isOwn =
                    switch language {
                    case "el": (0x370...0x3FF).contains(scalar.value)
                    case "bg":
                        (0x430...0x44F).contains(scalar.value) && !"ыэ".unicodeScalars.contains(scalar)
                            || scalar == "ѝ"
                    default: own.contains(scalar)
                    }
                #expect(isOwn, "\(key): \(scalar)")
            }
        }
    }

    @Test
    func `French has no-break spaces inside its quotation marks and before double punctuation`() throws {
        let breaks: Set<Character> = ["\u{202F}", "\u{A0}"]
        for (key, text) in try texts("fr") {
            let letters = Array(text.replacingOccurrences(of: "{{", with: "").replacingOccurrences(of: "}}", with: ""))
            for (place, letter) in letters.enumerated() {
                if ";?!:»".contains(letter) { #expect(place > 0 && breaks.contains(letters[place - 1]), "\(key)") }
                if letter == "«" { #expect(place + 1 < letters.count && breaks.contains(letters[place + 1]), "\(key)") }
            }
        }
    }

    @Test(arguments: WordingTests.languages.filter { $0 != "en" })
    func `No English words are left in other languages' sentences`(language: String) throws {
        let english: Set<Substring> = ["the", "your", "this", "which", "please", "with", "request", "not", "and"]
        for (key, text) in try texts(language) {
            let words = text.lowercased().split { !$0.isLetter }
            #expect(words.filter { english.contains($0) } == [], "\(key)")
        }
    }

    /// The codes that a mail which is answered can bear, after the README.
    static let codes: Set<String> = [
        "from.former-mailbox", "from.reference-missing", "from.reference-expired", "from.reference-used",
        "from.reference-wrong", "to.missing", "to.in-cc", "to.in-bcc", "to.in-reply-to", "to.look-alike", "cc.missing",
        "cc.authority-in-to", "cc.former-mailbox", "cc.other-country", "cc.look-alike", "cc.no-official-mailbox",
        "kind.missing", "kind.other", "kind.contradictory", "names.first-name", "names.last-name",
        "names.organisation", "names.first-name-near", "names.last-name-near", "names.organisation-near",
        "names.eori", "names.several", "text.encrypted", "text.tnef", "text.sealed", "text.only-attachments",
        "match.none-fits", "match.reference-not-pending", "match.several", "match.no-pending-request",
        "match.no-account", "access.administrative", "access.consultation", "access.eori-invalid",
        "access.delegation-invalid", "access.second-msca-role", "access.account-not-active", "status.inquiry",
        "account.validated", "account.already-active", "account.code-expired", "account.code-wrong",
    ]

    @Test(arguments: WordingTests.languages)
    func `Every reason that an answered mail can have is said in words`(language: String) throws {
        let wording = try #require(try Sample.wordings().first { $0.language == language })
        // Said by their rule or their verdict.
        let plain: Set = [
            "to.missing", "cc.missing", "match.several", "match.no-pending-request", "match.no-account",
            "status.inquiry",
        ]
        #expect(Set(wording.reasons.keys).union(wording.answers.keys).union(plain) == Self.codes)
        #expect(plain.isDisjoint(with: wording.reasons.keys))
        let kinds: Set = ["importer", "agent", "competent-authority", "customs-office", "eudr-operator"]
        #expect(Set(wording.kinds.keys) == kinds)
        #expect(Set(wording.statuses.keys) == Set(RoleRequest.Status.allCases.map(\.rawValue)))
        #expect(Set(wording.notices.keys) == Set(Notice.Event.allCases.map(\.rawValue)))
        #expect(Set(wording.verdicts.keys) == Set(Verdict.allCases.filter(\.replies).map(\.rawValue)))
    }

    @Test(arguments: WordingTests.languages)
    func `A word for a status is another than for each other status, and quoted as it is`(language: String) throws {
        let wording = try #require(try Sample.wordings().first { $0.language == language })
        let statuses = wording.statuses.values.map(\.words)
        #expect(Set(statuses).count == statuses.count)
        // The instructions quote the status that a request begins with.
        let marks = try #require(Self.quotationMarks[language])
        let step = try #require(wording.verdicts["answered"]?.steps.first).words
        let requested = try #require(wording.statuses["requested"]).words
        #expect(step.contains(marks.open + requested + marks.close), "\(step)")
    }
}
