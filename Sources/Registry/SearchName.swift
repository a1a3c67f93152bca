/// A name as search looks for it: the skeletons of its words, and of those without a legal form.
package struct SearchName: Sendable, Hashable {
    /// All words in their order.
    package let words: [String]
    /// The words without a legal form at the beginning or the end; never empty unless `words` is.
    package let core: [String]

    package init(_ name: String) {
        var words: [String] = []
        var bytes: [UInt8] = []
        SearchSkeleton.shared.write(name, to: &bytes) { bytes, start in
            words.append(String(decoding: bytes[start...], as: UTF8.self))
        }
        self.words = words
        core = Array(words[SearchLegalForms.shared.core(of: words)])
    }

    /// One token for names that have the same words without their legal form, in any order.
    package var whole: String { Self.whole(core) }

    static func whole(_ core: some Sequence<String>) -> String { "=" + core.sorted().joined() }
}

/// Legal forms, as skeletons, at the ends of names.
struct SearchLegalForms: Sendable {
    static let shared = SearchLegalForms()

    private let words: Set<String>
    /// Forms written out, by their last word and by their first.
    private let closing: [String: [[String]]]
    private let opening: [String: [[String]]]

    private init() {
        func skeletons(_ text: some StringProtocol) -> [String] {
            var words: [String] = []
            var bytes: [UInt8] = []
            SearchSkeleton.shared.write(String(text), to: &bytes) { bytes, start in
                words.append(String(decoding: bytes[start...], as: UTF8.self))
            }
            return words
        }
        words = Set(skeletons(Self.abbreviations))
        let forms = Self.writtenOut.split(separator: "|").map(skeletons).sorted { $0.count > $1.count }
        closing = Dictionary(grouping: forms) { $0.last ?? "" }
        opening = Dictionary(grouping: forms) { $0.first ?? "" }
    }

    /// Where a name's words are more than its legal form.
    func core(of all: [String]) -> Range<Int> {
        var core = all.indices
        guard let last = all.last, let first = all.first else { return core }
        // Most names have no form before them, and many none behind.
        if !words.contains(last), !words.contains(first), closing[last] == nil, opening[first] == nil { return core }
        shorten: while let last = core.last {
            if words.contains(all[last]) {
                core.removeLast()
                continue
            }
            for form in closing[all[last]] ?? [] where all[core].suffix(form.count).elementsEqual(form) {
                core.removeLast(form.count)
                continue shorten
            }
            break
        }
        shorten: while let first = core.first {
            if all[first].utf8.count > 1, words.contains(all[first]) {
                core.removeFirst()
                continue
            }
            for form in opening[all[first]] ?? [] where all[core].prefix(form.count).elementsEqual(form) {
                core.removeFirst(form.count)
                continue shorten
            }
            break
        }
        return core.isEmpty ? all.indices : core
    }

    /// Words that legal forms are made of (domain §3), dotted ones letter by letter.
    private static let abbreviations = """
        GmbH mbH AG KG KGaA OHG OG UG eK e K Co Cie BV SRL NV SA SC ООД ЕООД АД ЕАД ЕТ d o j doo jdoo dd obrt Ltd
        Limited ΛΤΔ s r z spol sro a as ApS OÜ Oy Oyj Ab SARL EURL SAS SASU SCA ΑΕ ΕΠΕ ΙΚΕ ΟΕ ΕΕ Α Ε Π Ι Κ Ο Kft Zrt
        Nyrt Rt Bt Teo DAC plc l p n SpA Snc Sapa SIA UAB MB b v VOF c sp zoo oo sk k u i g m h Lda Ltda SL SLU HB KB
        SE SCE Inc LLC LLP Corp EOOD OOD EAD AD EPE IKE Tmi Ky Ay
        """

    /// The same, written out.
    private static let writtenOut = """
        Gesellschaft mit beschränkter Haftung|Unternehmergesellschaft|haftungsbeschränkt|Aktiengesellschaft|\
        Kommanditgesellschaft|offene Handelsgesellschaft|eingetragener Kaufmann|eingetragene Kauffrau|\
        besloten vennootschap|naamloze vennootschap|vennootschap onder firma|commanditaire vennootschap|\
        société à responsabilité limitée|société anonyme|société par actions simplifiée|société en nom collectif|\
        дружество с ограничена отговорност|еднолично дружество с ограничена отговорност|акционерно дружество|\
        еднолично акционерно дружество|едноличен търговец|събирателно дружество|\
        društvo s ograničenom odgovornošću|jednostavno društvo s ograničenom odgovornošću|dioničko društvo|\
        družba z omejeno odgovornostjo|delniška družba|Εταιρεία Περιορισμένης Ευθύνης|Ανώνυμη Εταιρεία|\
        Ανώνυμη Εταιρία|Ιδιωτική Κεφαλαιουχική Εταιρεία|Ομόρρυθμη Εταιρεία|Ετερόρρυθμη Εταιρεία|Λίμιτεδ|\
        společnost s ručením omezeným|spoločnosť s ručením obmedzeným|akciová společnost|akciová spoločnosť|\
        anpartsselskab|aktieselskab|osaühing|aktsiaselts|osakeyhtiö|aktiebolag|handelsbolag|kommanditbolag|\
        korlátolt felelősségű társaság|részvénytársaság|betéti társaság|Teoranta|private company limited by shares|\
        private limited company|designated activity company|public limited company|società a responsabilità limitata|\
        società per azioni|società in nome collettivo|società in accomandita semplice|sabiedrība ar ierobežotu atbildību|\
        akciju sabiedrība|uždaroji akcinė bendrovė|akcinė bendrovė|mažoji bendrija|\
        spółka z ograniczoną odpowiedzialnością|spółka z o o|spółka akcyjna|spółka jawna|spółka komandytowa|\
        Limitada|Unipessoal|sociedade anónima|societate cu răspundere limitată|societate pe acțiuni|\
        sociedad limitada|sociedad de responsabilidad limitada|sociedad anónima|Incorporated|Corporation|\
        limited liability company|limited liability partnership|Societas Europaea
        """
}
