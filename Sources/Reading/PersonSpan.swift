/// Looks for first and last name side by side, where the words alone don't do: because they stand in another case, or
/// because only the first of several given names is written.
///
/// An inflected name counts only so: with both names in the same case, so that a typing error in one of them remains
/// one. "Jana Novaka" is Jan Novak; "Jan Novaka" and "Jana Novak" are nobody.
struct PersonSpan {
    /// Words that belong together: one name, its parts joined by hyphens and apostrophes.
    private struct Group {
        var words: [InflectedWord]
        let isOptional: Bool
        /// Of the given names, not of the surnames.
        let isGiven: Bool
    }

    private let first: [Group]
    private let last: [Group]
    private let text: TokenText
    private let table: InflectionTable?
    private let titles: WordSet
    private let excluded: [Range<Int>]
    /// The words beside a name that are no part of it.
    private let tables: Lexicon.Tables
    /// Whether the mail may be German, where a capital says nothing about a word.
    private let nounsAreCapitalised: Bool

    /// Without a table, only given names may be left out.
    init(
        first: PersonMention, last: PersonMention, table: InflectionTable?, tables: Lexicon.Tables,
        nounsAreCapitalised: Bool
    ) {
        self.tables = tables
        self.nounsAreCapitalised = nounsAreCapitalised
        titles = tables.titles
        text = first.text
        excluded = first.excluded
        self.table = table
        self.first = Self.groups(of: first.words, table: table, optional: true)
        self.last = Self.groups(of: last.words, table: table, optional: false)
    }

    private static func groups(of words: [NameWord], table: InflectionTable?, optional: Bool) -> [Group] {
        var groups: [Group] = []
        for word in words {
            let inflected = table?.person(word) ?? InflectedWord(word)
            if word.joined, !groups.isEmpty {
                groups[groups.count - 1].words.append(inflected)
            } else {
                groups.append(Group(words: [inflected], isOptional: optional && !groups.isEmpty, isGiven: optional))
            }
        }
        return groups
    }

    /// How far a name has been read.
    private struct Run {
        let start: Int
        var end: Int
        var cases: UInt32 = .max
        /// The words in another case than the nominative: their places and forms.
        var changed: [(index: Int, from: NameWord, to: NameWord)] = []
        /// The given names that are not written.
        var omitted: [NameWord] = []
        /// The titles and initials between the names.
        var fillers: [Int] = []
    }

    /// Where the name stands.
    func find() -> Range<Int>? {
        guard !first.isEmpty, !last.isEmpty, first.count + last.count <= 12 else { return nil }
        var nextExcluded = 0
        let orders = [first + last, last + first]
        for start in text.tokens.indices {
            while nextExcluded < excluded.count, excluded[nextExcluded].upperBound <= start { nextExcluded += 1 }
            if nextExcluded < excluded.count, excluded[nextExcluded].contains(start) { continue }
            guard text.tokens[start].counts, !text.tokens[start].traits.contains(.afterHyphen) else { continue }
            for groups in orders {
                guard let run = read(groups, at: start), isGood(run) else { continue }
                return run.start..<run.end
            }
        }
        return nil
    }

    private func read(_ groups: [Group], at start: Int) -> Run? {
        var run = Run(start: start, end: start)
        for group in groups {
            var place = run.end
            if place > start { while place < run.end + 3, isFiller(place) { place += 1 } }
            if let next = take(group, run, at: place) {
                let fillers = run.end..<place
                run = next
                run.fillers += fillers
            } else if !group.isOptional || place == start || isMistyped(group, at: place) {
                return nil
            } else {
                run.omitted += group.words.map(\.base)
            }
        }
        if !run.omitted.isEmpty, isSomebodyElse(run, lastFirst: !groups[0].isGiven) { return nil }
        guard run.end < text.tokens.count else { return run }
        // "Ana Horvat-Novak" is somebody else.
        return text.tokens[run.end].traits.contains(.afterHyphen) ? nil : run
    }

    /// Where a given name is left out, a name beside the others is in its place: "Luc Jean Martin", "Jean R. Martin".
    private func isSomebodyElse(_ run: Run, lastFirst: Bool) -> Bool {
        if run.fillers.contains(where: { isForeignInitial($0, of: run) }) { return true }
        return isNameBefore(run) || isNameAfter(run, lastFirst: lastFirst)
    }

    /// An initial that none of the omitted names has. In another script it may be spelled in several ways.
    private func isForeignInitial(_ index: Int, of run: Run) -> Bool {
        let token = text.tokens[index]
        guard token.foldedCount == 1, token.traits.contains(.capitalised), !token.traits.contains(.beyondASCII),
            !titles.contains(text.word(index)) || token.traits.contains(.dotFollows)
        else { return false }
        return !run.omitted.contains { $0.beyondASCII || $0.folded.first == text.word(index).first }
    }

    private func isNameBefore(_ run: Run) -> Bool {
        let index = run.start - 1
        guard index >= 0, !nounsAreCapitalised, isBeside(run.start), isName(index),
            !text.tokens[index].traits.contains(.allCapitals) || !text.tokens[run.start].traits.contains(.allCapitals)
        else { return false }
        // The first word of a sentence has its capital from there, unless a label stands before it.
        let traits = text.tokens[index].traits
        guard index > 0, !traits.contains(.startsLine) else { return false }
        return !traits.contains(.afterStop) || titles.contains(text.word(index - 1))
    }

    private func isNameAfter(_ run: Run, lastFirst: Bool) -> Bool {
        guard run.end < text.tokens.count, isBeside(run.end) else { return false }
        if isForeignInitial(run.end, of: run) { return lastFirst }
        guard isName(run.end) else { return false }
        return lastFirst || !nounsAreCapitalised || isAfterColon(run.start)
    }

    private func isAfterColon(_ index: Int) -> Bool {
        index > 0
            && text.bytes[Int(text.tokens[index - 1].end)..<Int(text.tokens[index].start)].contains(UInt8(ascii: ":"))
    }

    /// Whether nothing but one space stands before a word.
    private func isBeside(_ index: Int) -> Bool {
        text.bytes[Int(text.tokens[index - 1].end)..<Int(text.tokens[index].start)].elementsEqual([0x20])
    }

    /// A capitalised word that is no title, no ordinary word and no part of an organisation's name.
    private func isName(_ index: Int) -> Bool {
        let token = text.tokens[index]
        let word = text.word(index)
        return token.counts && token.foldedCount > 1 && token.traits.contains(.capitalised)
            && !token.traits.contains(.dotFollows) && !titles.contains(word) && !tables.generic.contains(word)
            && !tables.joining.contains(word) && !tables.isStopword(index, in: text)
            && !isExcluded(index)
    }

    /// Whether a word is an organisation's. Sought by halves: there may be as many spans as words.
    private func isExcluded(_ index: Int) -> Bool {
        var low = 0
        var high = excluded.count
        while low < high {
            let middle = (low + high) / 2
            if excluded[middle].upperBound <= index { low = middle + 1 } else { high = middle }
        }
        return low < excluded.count && excluded[low].contains(index)
    }

    /// A given name that may be left out must not be there with a typing error: "Maria Grazzia" is not Maria Grazia.
    private func isMistyped(_ group: Group, at place: Int) -> Bool {
        guard place < text.tokens.count, let word = group.words.first else { return false }
        return word.base.isNear(text, place)
    }

    /// Titles and initials may stand between the names.
    private func isFiller(_ index: Int) -> Bool {
        guard index < text.tokens.count, text.tokens[index].counts,
            text.tokens[index].traits.isDisjoint(with: [.startsParagraph, .afterHyphen]),
            !text.tokens[index].traits.contains(.afterStop) || isAfterInitial(index)
        else { return false }
        return titles.contains(text.word(index))
            || (text.tokens[index].foldedCount == 1 && text.tokens[index].traits.contains(.capitalised))
    }

    private func take(_ group: Group, _ run: Run, at start: Int) -> Run? {
        var run = run
        var place = start
        for (number, word) in group.words.enumerated() {
            guard place < text.tokens.count, text.tokens[place].counts else { return nil }
            let traits = text.tokens[place].traits
            if place > run.start {
                guard traits.isDisjoint(with: [.startsParagraph, .afterStop]) || isAfterInitial(place) else {
                    return nil
                }
                if number == 0, !traits.isDisjoint(with: [.afterHyphen, .afterBar]) { return nil }
            }
            guard let seen = word.look(at: place, in: text) else { return nil }
            if let changed = seen.changed {
                run.changed.append((place, word.base, changed))
            }
            // Particles and the like go with any case.
            run.cases &= seen.cases
            guard run.cases != 0 || table?.lastOnly != false else { return nil }
            place += 1
        }
        run.end = place
        return run
    }

    /// The stop before the word may be an initial's or a title's.
    private func isAfterInitial(_ index: Int) -> Bool {
        !text.tokens[index].traits.contains(.startsParagraph) && index > 0 && text.tokens[index - 1].foldedCount <= 3
    }

    private func isGood(_ run: Run) -> Bool {
        guard !run.changed.isEmpty else { return true }
        guard let table, InflectionFrame.isInSentence(run.start..<run.end, in: text) else { return false }
        if table.lastOnly { return run.changed.count == 1 && run.changed[0].index == run.end - 1 }
        guard run.cases != 0 else { return false }
        var before = run.start
        while before > 0, before > run.start - 3, isFiller(before - 1), table.cases(after: text.word(before - 1)) == nil
        {
            before -= 1
        }
        let asked = before > 0 ? table.cases(after: text.word(before - 1)) : nil
        if let asked { return run.cases & asked != 0 }
        // One word that is a letter away, beside words that never change: only where something asks for the case.
        return run.changed.count > 1
            || !NameWord.oneEdit(run.changed[0].from.folded[...], run.changed[0].to.folded[...])
    }
}

/// Where a name can stand in another case than the nominative: in a sentence. What follows a label, or stands on a line
/// of its own as signatures do, is in the nominative.
enum InflectionFrame {
    static func isInSentence(_ span: Range<Int>, in text: TokenText) -> Bool {
        guard let first = span.first else { return false }
        let start = Int(text.tokens[first].start)
        let gap = first > 0 ? Int(text.tokens[first - 1].end)..<start : 0..<start
        if text.bytes[gap].contains(UInt8(ascii: ":")) { return false }
        guard first == 0 || text.tokens[first].traits.contains(.startsLine) else { return true }
        return span.upperBound < text.tokens.count && !text.tokens[span.upperBound].traits.contains(.startsLine)
    }
}
