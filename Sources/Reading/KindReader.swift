/// Decides from the phrases of one text what kind of role is asked for.
///
/// What a mail *mentions* and what it *asks for* differ: an importer mentions the competent authority because it is in
/// Cc. So a mention counts as the object of the request when it stands closest to words of asking in its sentence, or
/// next to the word for a role, or side by side with such a mention. Only if there is none do plain mentions count.
/// Mentions inside organisations' names, of an authority that gets a copy, of a role had already, or denied, count for
/// nothing.
struct KindReader {
    /// How sure it is that a mention is what is asked for.
    enum Strength: Int, Comparable, Sendable {
        /// - `linked`: nearest to words of asking in its sentence;
        /// - `tight`: close to them;
        /// - `named`: the word for a role stands beside it, "the role of importer";
        /// - `asked`: and words of asking in the same clause, "I apply for the role of importer".
        case none, plain, linked, tight, named, asked
        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A kind's name in the text.
    struct Mention: Sendable {
        let kind: Int
        var span: Range<Int>
        var languages: UInt32
        var strength = Strength.plain
        /// Names a kind only when it is `tight`.
        var onlyByRole = false
        /// Stands in the registered name of an authority or customs office, which says what it is, not what is asked.
        var inOfficeName = false
    }

    /// Lexicon key of what only sounds like a kind: "legal representative". The longer match swallows the shorter.
    static let noKind = "none"
    /// Lexicon key of what says an office without saying which kind: "customs".
    static let unclear = "unclear"
    /// Words between a request and its object: "request for the role of a FLEGT" is about as long as it gets.
    static let reach = 14
    static let close = 3
    static let beside = 2
    /// Words between a word of asking and a kind in one long sentence.
    static let sentenceReach = 30

    let text: TokenText
    let near: NearWords
    let tables: Lexicon.Tables
    /// The language of the mail as a bit; 0 when it is not known.
    let detected: UInt32
    var mentions: [Mention] = []
    /// Words that name a kind only beside a request or a role, and stand beside none.
    var loose: [Mention] = []
    /// Names of kinds that don't count, and why.
    var passedOver: [(mention: Mention, cause: KindReading.PassedOver.Cause)] = []
    var requests: [Range<Int>] = []
    var statusInquiry: Range<Int>?
    var additional: Range<Int>?
    /// Words that take the request back, disown or forbid it.
    var retraction: Range<Int>?
    /// Whether the request names an office, though not which kind: what its people say of others is then no request.
    var asksForOffice: Bool { !officeRequests.isEmpty }
    var officeRequests: Set<Range<Int>> = []
    var roles: [Range<Int>] = []
    /// Sorted by where they begin.
    var asks: [Range<Int>] = []
    /// The sentences with words of asking.
    private var askSentences: Set<Int32> = []
    /// The clauses with words about the status: what they say besides asks for nothing.
    private var silent: Set<Int32> = []
    /// Words of asking and words for a role wherever they stand, but in questions about the status.
    var hints = Hints()

    /// What makes a request together with a kind, even far from it.
    struct Hints: Sendable {
        var asks: [Range<Int>] = []
        var roles: [Range<Int>] = []
    }

    init(
        text: TokenText, phrases: [PhraseHit], tables: Lexicon.Tables, detected: UInt32, names: [Range<Int>],
        offices: [Range<Int>]
    ) {
        self.text = text
        near = NearWords(text: text)
        self.tables = tables
        self.detected = detected
        var copied: [PhraseHit] = []
        var past: [PhraseHit] = []
        var denials: [PhraseHit] = []
        var statuses: [Range<Int>] = []
        var more: [Range<Int>] = []
        var found: [Mention] = []
        for hit in phrases {
            switch hit.meaning {
            case .kind(let kind): found.append(Mention(kind: kind, span: hit.span, languages: hit.languages))
            case .kindByRole(let kind):
                found.append(Mention(kind: kind, span: hit.span, languages: hit.languages, onlyByRole: true))
            case .request: requests.append(hit.span)
            case .ask: asks.append(hit.span)
            case .role: roles.append(hit.span)
            case .additional: more.append(hit.span)
            case .status where isOwn(hit): statuses.append(hit.span)
            case .status: break
            case .copied: copied.append(hit)
            case .past: past.append(hit)
            case .not: denials.append(hit)
            case .retraction:
                if retraction == nil, !names.contains(where: { $0.overlaps(hit.span) }) { retraction = hit.span }
            }
        }
        let unclear = found.filter { tables.kinds[$0.kind] == Self.unclear }.map(\.span)
        mentions = Self.longest(found.filter { tables.kinds[$0.kind] != Self.unclear })
            .filter { tables.kinds[$0.kind] != Self.noKind }
        mentions = withCompounds(mentions)
        dropNames(names)
        markOffices(offices)
        statusInquiry = statuses.first
        silent = Set(statuses.map { near.clause(of: $0) })
        askSentences = Set(asks.map { near.sentence(of: $0) })
        let asking = (asks + requests).filter { !silent.contains(near.clause(of: $0)) }
        // "How stands my request for the additional role?" asks for none.
        additional = more.first { !silent.contains(near.clause(of: $0)) }
        findRequests()
        drop(nearest: copied, onlyAuthorities: true, as: .copied)
        drop(nearest: past.filter { !isOpen($0) }, onlyAuthorities: false, as: .past)
        drop(denied: denials)
        mentions.removeAll { $0.strength == .none }
        findOffice(unclear, outside: names)
        if !mentions.isEmpty { link(asking: Set(asking.map { near.clause(of: $0) })) }
        if mentions.count > 1 { coordinate(asking: Set(asking.joined())) }
        loose = mentions.filter { $0.onlyByRole && $0.strength < .tight }
        mentions.removeAll { $0.onlyByRole && $0.strength < .tight }
        requestByRole()
        hints = findHints()
    }

    /// Whether a phrase belongs to the mail's language, as far as that is known, or to English, which everybody mixes in.
    private func isOwn(_ hit: PhraseHit) -> Bool {
        detected == 0 || hit.languages & (detected | tables.english) != 0
    }

    /// "Access request for Dublin Port Customs; we supervise importers": an office stands with the asking words.
    private mutating func findOffice(_ offices: [Range<Int>], outside names: [Range<Int>]) {
        guard !offices.isEmpty else { return }
        for request in requests {
            guard let index = near.nearest(to: request, in: offices, within: Self.close, sameClause: true),
                !names.contains(where: { $0.overlaps(offices[index]) })
            else { continue }
            officeRequests.insert(request)
        }
    }

    /// "Importer role for Lee Valley Timber, applicant Byrne": a kind beside the word for a role needs no asking.
    private mutating func requestByRole() {
        guard requests.isEmpty, !roles.isEmpty else { return }
        for mention in mentions
        where mention.strength >= .tight && !silent.contains(near.clause(of: mention.span))
            && !isMereQuestion(near.sentence(of: mention.span))
        {
            guard let role = near.nearest(to: mention.span, in: roles, within: Self.close, sameClause: false) else {
                continue
            }
            requests.append(
                min(
                    mention.span.lowerBound, roles[role].lowerBound)..<max(
                        mention.span.upperBound, roles[role].upperBound))
            return
        }
    }

    /// A kind that an authority asks for, rather than an operator.
    static func isOffice(_ kind: String) -> Bool { kind == "competent-authority" || kind == "customs-office" }

    func isAuthority(_ kind: Int) -> Bool { Self.isOffice(tables.kinds[kind]) }

    /// Of mentions that overlap, the longest; the same place in several languages is one mention.
    private static func longest(_ found: [Mention]) -> [Mention] {
        var kept: [Mention] = []
        for mention in found {
            guard let last = kept.last, last.span.upperBound > mention.span.lowerBound else {
                kept.append(mention)
                continue
            }
            if last.kind == mention.kind {
                kept[kept.count - 1].languages |= mention.languages
                kept[kept.count - 1].onlyByRole = last.onlyByRole && mention.onlyByRole
                if mention.span.count > last.span.count { kept[kept.count - 1].span = mention.span }
            } else if mention.span.count > last.span.count
                || (mention.span.count == last.span.count && last.onlyByRole && !mention.onlyByRole)
            {
                kept[kept.count - 1] = mention
            }
        }
        return kept
    }

    /// Two names of kinds without a word between are one: "customs agent" is an agent, "customs post inspector" somebody of
    /// customs.
    private func withCompounds(_ found: [Mention]) -> [Mention] {
        var kept: [Mention] = []
        for var mention in found {
            if var last = kept.last, last.kind != mention.kind, last.span.upperBound == mention.span.lowerBound {
                let span = last.span.lowerBound..<mention.span.upperBound
                if last.onlyByRole, tables.kinds[mention.kind] == "agent" {
                    kept.removeLast()
                    mention.span = span
                    mention.onlyByRole = false
                } else if mention.onlyByRole, !last.onlyByRole, isAuthority(mention.kind), isAuthority(last.kind) {
                    last.span = span
                    kept[kept.count - 1] = last
                    continue
                }
            }
            kept.append(mention)
        }
        return kept
    }

    /// `names` are sorted and apart from each other.
    private mutating func dropNames(_ names: [Range<Int>]) {
        guard !mentions.isEmpty else { return }
        var next = 0
        var kept: [Mention] = []
        for mention in mentions {
            while next < names.count, names[next].upperBound <= mention.span.lowerBound { next += 1 }
            let isInside = next < names.count && names[next].overlaps(mention.span)
            if isInside || isUnregisteredName(mention) {
                passedOver.append((mention, .inName))
            } else {
                kept.append(mention)
            }
        }
        mentions = kept
    }

    /// `offices` are sorted and apart from each other.
    private mutating func markOffices(_ offices: [Range<Int>]) {
        var next = 0
        for index in mentions.indices {
            let span = mentions[index].span
            while next < offices.count, offices[next].upperBound <= span.lowerBound { next += 1 }
            mentions[index].inOfficeName = next < offices.count && offices[next].overlaps(span)
        }
    }

    /// "Timber Importers Ltd" needs no register to be seen as a name.
    private func isUnregisteredName(_ mention: Mention) -> Bool {
        let after = mention.span.upperBound
        guard after < text.tokens.count, text.tokens[after].traits.isDisjoint(with: [.startsLine, .afterBar]),
            let form = LegalForms.shared.form(in: text, at: after),
            text.tokens[mention.span.lowerBound].traits.contains(.capitalised)
        else { return false }
        return LegalForms.isUnmistakable(text, form.span) && !LegalForms.shared.mayStandFirst(form)
    }

    /// A request is a phrase that says so, or words of asking near the word for a role, or near a kind.
    private mutating func findRequests() {
        let kinds = mentions.filter { !$0.inOfficeName }.map(\.span)
        for ask in asks {
            if let role = near.nearest(to: ask, in: roles, within: 8, sameClause: false) {
                requests.append(
                    min(ask.lowerBound, roles[role].lowerBound)..<max(ask.upperBound, roles[role].upperBound))
            } else if near.nearest(to: ask, in: kinds, within: 5, sameClause: false) != nil {
                requests.append(ask)
            }
        }
        // "What is the status of my role request?" asks for no role.
        requests.removeAll { silent.contains(near.clause(of: $0)) }
        requests.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    private func findHints() -> Hints {
        func isHint(_ span: Range<Int>) -> Bool {
            !silent.contains(near.clause(of: span)) && !isMereQuestion(near.sentence(of: span))
        }
        return Hints(asks: asks.filter(isHint), roles: roles.filter(isHint))
    }

    /// "What does the importer role allow?": a question without words of asking asks for nothing.
    private func isMereQuestion(_ sentence: Int32) -> Bool {
        near.isQuestion(sentence) && !askSentences.contains(sentence)
    }

    /// Whether a mention shares its sentence with the word for a role, or with a role request.
    func goesWithRole(_ mention: Mention) -> Bool {
        [hints.roles, requests].contains {
            near.nearest(to: mention.span, in: $0, within: Self.sentenceReach, sameClause: false) != nil
        }
    }

    /// The words of asking in the sentence of a mention; not of one in an office's name, for everybody says where they work.
    func ask(beside mention: Mention) -> Range<Int>? {
        mention.inOfficeName
            ? nil
            : near.nearest(to: mention.span, in: hints.asks, within: Self.sentenceReach, sameClause: false).map {
                hints.asks[$0]
            }
    }
}
