import Foundation
import Reading
import Testing

/// Names in other cases than the nominative.
@Suite struct InflectionTests {
    /// One sentence of a mail, and whose names stand in it.
    struct Sample: Sendable, CustomTestStringConvertible {
        let language: String
        let first: String
        let last: String
        let text: String

        init(_ language: String, _ first: String, _ last: String, _ text: String) {
            self.language = language
            self.first = first
            self.last = last
            self.text = text
        }

        var testDescription: String { "\(language): \(text)" }
        var isFound: Bool {
            let person = Shipped.read(text).mention(ofPerson: first, last, languages: [language])
            return person.first.isFound && person.last.isFound
        }
    }

    static let persons: [Sample] = [
        Sample("hr", "Miroslav", "Palić", "pišem radi računa Miroslava Palića iz Rijeke"),
        Sample("hr", "Ana", "Ilić", "molimo ulogu za Anu Ilić u sustavu"),
        Sample("hr", "Ana", "Horvat", "dodijelite gospođi Ani Horvat ulogu"),
        Sample("hr", "Ivan", "Horvat", "ulogu za gospodina Ivana Horvata molimo"),
        Sample("sl", "Blaž", "Žnidaršič", "imenovala Blaža Žnidaršiča iz podjetja"),
        Sample("sl", "Marko", "Kobal", "vlogo za Marka Kobala prosimo"),
        Sample("sl", "Gregor", "Kranjec", "dostop Gregorju Kranjcu dodelite"),
        Sample("cs", "Kateřina", "Nováková Dvořáčková", "oprávnění pro Kateřinu Novákovou Dvořáčkovou za společnost"),
        Sample("cs", "Jan", "Novák", "žádáme roli panu Janu Novákovi v systému"),
        Sample("cs", "Marek", "Čapek", "roli pro Marka Čapka prosíme"),
        Sample("cs", "Jiří", "Veselý", "přístup pana Jiřího Veselého prosíme"),
        Sample("sk", "Andrea", "Kráľ Mrázová", "splnomocnila kolegyňu Andreu Kráľ Mrázovú na úkony"),
        Sample("sk", "Peter", "Kováč", "rolu pre Petra Kováča prosíme"),
        Sample("pl", "Jędrzej", "Ćwiąkalski", "powierzył sprawy Jędrzejowi Ćwiąkalskiemu z agencji"),
        Sample("pl", "Paweł", "Szczęsny", "uruchomić konto Pawła Szczęsnego z uprawnieniami"),
        Sample("pl", "Anna", "Nowak", "rola dla Anny Nowak w systemie"),
        Sample("pl", "Agnieszka", "Kowalska", "proszę o rolę dla pani Agnieszki Kowalskiej w systemie"),
        Sample("lt", "Žygimantas", "Čepulis", "vadybininkui Žygimantui Čepuliui suteikti vaidmenį"),
        Sample("lt", "Rasa", "Jankauskaitė", "prašome Rasai Jankauskaitei suteikti vaidmenį"),
        Sample("lv", "Jānis", "Bērziņš", "lomu Jānim Bērziņam lūdzam"),
        Sample("lv", "Ilze", "Kalniņa", "piešķirt Ilzei Kalniņai lomu"),
        Sample("fi", "Matti", "Virtanen", "pyydän roolia Matti Virtaselle järjestelmässä"),
        Sample("fi", "Abdullahi", "Warsame Nuur", "pyydetään, että Abdullahi Warsame Nuurille hyväksytään"),
        Sample("et", "Liis", "Käärik-Žukova", "omistada roll peaspetsialistile Liis Käärik-Žukovale süsteemis"),
        Sample("hu", "János", "Kovács", "kérjük Kovács Jánosnak a szerepkört"),
        Sample("hu", "Éva", "Nagy", "a szerepkört Nagy Évának kérjük"),
        Sample("el", "Γιώργος", "Παπαδόπουλος", "για τον Γιώργο Παπαδόπουλο ζητούμε"),
        Sample("el", "Ευάγγελος", "Καραγκιοζίδης", "του υπαλλήλου Ευάγγελου Καραγκιοζίδη ως χειριστή"),
        Sample("el", "Μαρία", "Γεωργίου", "το αίτημα της Μαρίας Γεωργίου εκκρεμεί"),
        Sample("sv", "Anna", "Lindqvist", "vi ber om Anna Lindqvists roll i systemet"),
        Sample("da", "Jens", "Holm", "vi beder om Jens Holms rolle i systemet"),
        Sample("de", "Jan", "Müller", "wir bitten um Jan Müllers Freischaltung"),
    ]

    @Test("First and last name are found in one case side by side", arguments: persons)
    func found(sample: Sample) {
        #expect(sample.isFound)
    }

    @Test("No typing error in an inflected name makes the name", arguments: persons)
    func typos(sample: Sample) {
        // The words of the text that hold the name: those that begin as its words do.
        let names = (sample.first + " " + sample.last).split { $0 == " " || $0 == "-" }.filter { $0.count >= 3 }
        var random = SplitMix(seed: 20_261_121)
        var tried = 0
        for name in names {
            guard let range = sample.text.range(of: String(name.prefix(3))) else { continue }
            let start = range.lowerBound
            let rest = sample.text[start...].prefix { $0.isLetter }
            let word = Array(rest)
            // The last letters are the ending's: another ending may be another case.
            let stem = min(word.count - 1, max(2, name.count - 2))
            for place in 0..<stem {
                for typo in Typo.all(of: word, at: place, random: &random) where typo != word {
                    let text = sample.text.replacingCharacters(in: start..<rest.endIndex, with: String(typo))
                    let changed = Sample(sample.language, sample.first, sample.last, text)
                    #expect(!changed.isFound, "\(text)")
                    tried += 1
                }
            }
        }
        #expect(tried > 8)
    }

    @Test(
        "Cases that don't agree, signatures and labelled lines want the nominative",
        arguments: [
            Sample("hr", "Ivan", "Horvat", "ulogu za Ivan Horvata molimo"),
            Sample("hr", "Ivan", "Horvat", "ulogu za Ivana Horvat molimo"),
            Sample("hr", "Ivan", "Horvat", "Molim ulogu.\n\nIvana Horvata\n"),
            Sample("hr", "Ivan", "Horvat", "Ime i prezime: Ivana Horvata"),
            Sample("hr", "Ana", "Ilić", "Ja sam Anu Ilić i molim ulogu"),
            Sample("cs", "Jan", "Novák", "roli pro Jan Nováka prosíme"),
            Sample("cs", "Jana", "Nováková", "roli pro Jana Nováka prosíme"),
            Sample("pl", "Paweł", "Szczęsny", "konto Paweł Szczęsnego z uprawnieniami"),
            Sample("lt", "Žygimantas", "Čepulis", "vadybininkui Žygimantas Čepuliui suteikti"),
            Sample("lv", "Jānis", "Bērziņš", "lomu Jānis Bērziņam lūdzam"),
            Sample("fi", "Matti", "Virtanen", "pyydän roolia Matille Virtaselle järjestelmässä"),
            Sample("hu", "János", "Kovács", "kérjük Kovácsnak Jánosnak a szerepkört"),
            Sample("el", "Γιώργος", "Παπαδόπουλος", "ο Γιώργος Παπαδόπουλο ζητά"),
            Sample("de", "Jan", "Novák", "die Rolle für Jana Nováka bitte"),
            Sample("hr", "Ivan", "Horvat", "ulogu za Ivana molimo. Za Horvata."),
        ])
    func notFound(sample: Sample) {
        #expect(!sample.isFound)
    }

    @Test(
        "The first of several given names is enough beside the last name",
        arguments: [
            ("Friederike Sophie", "Graf", "Friederike Graf", true),
            ("Friederike Sophie", "Graf", "Graf, Friederike", true),
            ("Friederike Sophie", "Graf", "Friederike S. Graf", true),
            ("Friederike Sophie", "Graf", "Sophie Graf", false), ("Friederike Sophie", "Graf", "F. Sophie Graf", false),
            ("Friederike Sophie", "Graf", "Friederike. Herr Graf", false), ("Ana-Marija", "Ilić", "Ana Ilić", false),
            ("José Luis", "Ferreyra Conti", "José Ferreyra Conti", true),
            ("José Luis", "Ferreyra Conti", "José Ferreyra", false),
            ("Jan", "de Vries", "Jan Peter de Vries", true), ("Ana", "Ilić", "Ana Ilić-Horvat", false),
        ])
    func givenNames(first: String, last: String, text: String, found: Bool) {
        let person = Shipped.read(text).mention(ofPerson: first, last)
        #expect((person.first.isFound && person.last.isFound) == found, "\(person)")
    }
}

/// Typing errors of one letter.
enum Typo {
    /// The letter swapped with the next, dropped, doubled, and replaced by some others.
    static func all(of word: [Character], at place: Int, random: inout SplitMix) -> [[Character]] {
        var result: [[Character]] = []
        var swapped = word
        if place + 1 < word.count {
            swapped.swapAt(place, place + 1)
            result.append(swapped)
        }
        var dropped = word
        dropped.remove(at: place)
        var doubled = word
        doubled.insert(word[place], at: place)
        result += [dropped, doubled]
        for _ in 0..<3 {
            var replaced = word
            let letter = "bdgkmprtvz".randomElement(using: &random) ?? "b"
            replaced[place] = letter
            if !String(word[place]).lowercased().contains(letter) { result.append(replaced) }
        }
        return result
    }
}

/// The same numbers on every run (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
