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
        /// `named`: the word for a role stands beside it, "the role of importer".
        case none, plain, linked, tight, named
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
    private static let reach = 14
    private static let close = 3
    private static let beside = 2
    /// Words between a word of asking and a kind in one long sentence.
    private static let sentenceReach = 30

    let text: TokenText
    let tables: Lexicon.Tables
    /// The language of the mail as a bit; 0 when it is not known.
    let detected: UInt32
    private(set) var mentions: [Mention] = []
    /// Names of kinds that don't count, and why.
    private(set) var passedOver: [(mention: Mention, cause: KindReading.PassedOver.Cause)] = []
    private(set) var requests: [Range<Int>] = []
    private(set) var statusInquiry: Range<Int>?
    private(set) var additional: Range<Int>?
    /// Words that take the request back, disown or forbid it.
    private(set) var retraction: Range<Int>?
    /// Whether the request names an office, though not which kind: what its people say of others is then no request.
    var asksForOffice: Bool { !officeRequests.isEmpty }
    private var officeRequests: Set<Range<Int>> = []
    private var roles: [Range<Int>] = []
    /// Words of asking and words for a role wherever they stand, but in questions about the status.
    private(set) var hints = Hints()

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
        self.tables = tables
        self.detected = detected
        var asks: [Range<Int>] = []
        var copied: [PhraseHit] = []
        var past: [PhraseHit] = []
        var denials: [PhraseHit] = []
        var statuses: [Range<Int>] = []
        var found: [Mention] = []
        for hit in phrases {
            switch hit.meaning {
            case .kind(let kind): found.append(Mention(kind: kind, span: hit.span, languages: hit.languages))
            case .kindByRole(let kind):
                found.append(Mention(kind: kind, span: hit.span, languages: hit.languages, onlyByRole: true))
            case .request: requests.append(hit.span)
            case .ask: asks.append(hit.span)
            case .role: roles.append(hit.span)
            case .additional: if additional == nil { additional = hit.span }
            case .status: statuses.append(hit.span)
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
        dropNames(names)
        for index in mentions.indices {
            mentions[index].inOfficeName = offices.contains { $0.overlaps(mentions[index].span) }
        }
        statusInquiry = statuses.first
        findRequests(asks: asks, statuses: statuses)
        drop(nearest: copied, onlyAuthorities: true, as: .copied)
        drop(nearest: past, onlyAuthorities: false, as: .past)
        drop(denied: denials)
        mentions.removeAll { $0.strength == .none }
        findOffice(unclear, outside: names)
        link()
        coordinate()
        mentions.removeAll { $0.onlyByRole && $0.strength < .tight }
        requestByRole(statuses: statuses)
        hints = findHints(asks: asks, statuses: statuses)
    }

    /// "Access request for Dublin Port Customs; we supervise importers": an office stands with the asking words.
    private mutating func findOffice(_ offices: [Range<Int>], outside names: [Range<Int>]) {
        guard !offices.isEmpty else { return }
        for request in requests {
            guard let index = nearest(to: request, in: offices, within: Self.close, sameClause: true),
                !names.contains(where: { $0.overlaps(offices[index]) })
            else { continue }
            officeRequests.insert(request)
        }
    }

    /// "Importer role for Lee Valley Timber, applicant Byrne": a kind beside the word for a role needs no asking.
    private mutating func requestByRole(statuses: [Range<Int>]) {
        guard requests.isEmpty, !roles.isEmpty else { return }
        let asked = Set(statuses.map { text.tokens[$0.lowerBound].sentence })
        for mention in mentions where mention.strength >= .tight && !asked.contains(sentence(of: mention.span)) {
            guard let role = nearest(to: mention.span, in: roles, within: Self.close, sameClause: false) else {
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

    private func isAuthority(_ kind: Int) -> Bool { Self.isOffice(tables.kinds[kind]) }

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
    private mutating func findRequests(asks: [Range<Int>], statuses: [Range<Int>]) {
        let kinds = mentions.map(\.span)
        for ask in asks {
            if let role = nearest(to: ask, in: roles, within: 8, sameClause: false) {
                requests.append(
                    min(ask.lowerBound, roles[role].lowerBound)..<max(ask.upperBound, roles[role].upperBound))
            } else if nearest(to: ask, in: kinds, within: 5, sameClause: false) != nil {
                requests.append(ask)
            }
        }
        // "What is the status of my role request?" asks for no role.
        let asked = Set(statuses.map { text.tokens[$0.lowerBound].sentence })
        requests.removeAll { asked.contains(text.tokens[$0.lowerBound].sentence) }
        requests.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    private func findHints(asks: [Range<Int>], statuses: [Range<Int>]) -> Hints {
        let asked = Set(statuses.map { text.tokens[$0.lowerBound].sentence })
        func isHint(_ span: Range<Int>) -> Bool { !asked.contains(sentence(of: span)) }
        return Hints(asks: asks.filter(isHint), roles: roles.filter(isHint))
    }

    /// The words of asking in the sentence of a mention; not of one in an office's name, for everybody says where they work.
    func ask(beside mention: Mention) -> Range<Int>? {
        mention.inOfficeName
            ? nil
            : nearest(to: mention.span, in: hints.asks, within: Self.sentenceReach, sameClause: false).map {
                hints.asks[$0]
            }
    }

    /// Drops the mention that each context speaks of: the nearest in its clause, else the nearest authority before it.
    private mutating func drop(
        nearest contexts: [PhraseHit], onlyAuthorities: Bool, as cause: KindReading.PassedOver.Cause
    ) {
        guard !contexts.isEmpty, !mentions.isEmpty else { return }
        let spans = mentions.map(\.span)
        for context in contexts {
            var best: (index: Int, distance: Int)?
            for index in indices(near: context.span, in: spans, within: Self.reach) {
                let mention = mentions[index]
                guard !onlyAuthorities || isAuthority(mention.kind), applies(context, to: mention) else { continue }
                let sameClause = clause(of: mention.span) == clause(of: context.span)
                // "The authority, our ministry, is in copy": further away, but nothing else asks for that role.
                // "Existing role: customs office": what has a colon between is still beside it.
                let beside = Self.distance(mention.span, context.span) <= (cause == .past ? 1 : -1)
                guard sameClause || beside || (onlyAuthorities && !isAsked(mention.span)) else { continue }
                let distance = Self.distance(mention.span, context.span) + (sameClause || beside ? 0 : 100)
                if distance < best?.distance ?? .max { best = (index, distance) }
            }
            if let best { drop(best.index, as: cause) }
        }
    }

    /// Whether words of asking, or the word for a role, stand in the same clause close to a mention.
    private func isAsked(_ span: Range<Int>) -> Bool {
        nearest(to: span, in: requests, within: Self.close, sameClause: true) != nil
            || nearest(to: span, in: roles, within: Self.close, sameClause: true) != nil
    }

    private mutating func drop(denied denials: [PhraseHit]) {
        let spans = mentions.map(\.span)
        for denial in denials {
            for index in indices(near: denial.span, in: spans, within: 4)
            where mentions[index].span.lowerBound >= denial.span.upperBound
                && clause(of: mentions[index].span) == clause(of: denial.span) && applies(denial, to: mentions[index])
            {
                drop(index, as: .denied)
                break
            }
        }
    }

    private mutating func drop(_ index: Int, as cause: KindReading.PassedOver.Cause) {
        guard mentions[index].strength != .none else { return }
        mentions[index].strength = .none
        passedOver.append((mentions[index], cause))
    }

    /// A little word means what it means in its own language only.
    private func applies(_ context: PhraseHit, to mention: Mention) -> Bool {
        context.languages & (mention.languages | detected) != 0
    }

    private mutating func link() {
        guard !mentions.isEmpty else { return }
        let spans = mentions.map(\.span)
        for request in requests {
            // "We supervise importers: please enable us as the authority": the object stands in the clause of asking. What an
            // office that asks for itself says in another clause is about others.
            let inClause = nearest(to: request, in: spans, within: Self.reach, sameClause: true)
            let elsewhere =
                officeRequests.contains(request)
                ? nil : nearest(to: request, in: spans, within: Self.reach, sameClause: false)
            if let index = inClause ?? elsewhere {
                let close = Self.distance(spans[index], request) <= Self.close
                mentions[index].strength = max(mentions[index].strength, close ? .tight : .linked)
            }
        }
        for role in roles {
            if let index = nearest(to: role, in: spans, within: Self.close, sameClause: false) {
                let beside =
                    Self.distance(spans[index], role) <= Self.beside && clause(of: spans[index]) == clause(of: role)
                mentions[index].strength = max(mentions[index].strength, beside ? .named : .tight)
            }
        }
    }

    /// "for an importer or an agent": what stands beside the object is an object too.
    private mutating func coordinate() {
        guard mentions.count > 1 else { return }
        for index in mentions.indices.dropFirst() {
            let left = mentions[index - 1]
            let right = mentions[index]
            let gap = left.span.upperBound..<max(left.span.upperBound, right.span.lowerBound)
            guard gap.count <= 3, sentence(of: left.span) == sentence(of: right.span) else { continue }
            let joined =
                gap.contains { tables.joining.contains(Array(text.word($0))) }
                || (gap.isEmpty && text.tokens[left.span.upperBound - 1].traits.contains(.dotFollows))
            guard joined else { continue }
            let strength = max(left.strength, right.strength)
            guard strength >= .linked else { continue }
            mentions[index - 1].strength = strength
            mentions[index].strength = strength
        }
    }

    private func sentence(of span: Range<Int>) -> Int32 { text.tokens[span.lowerBound].sentence }
    private func clause(of span: Range<Int>) -> Int32 { text.tokens[span.lowerBound].clause }

    /// Words between two spans; 0 when they touch or overlap.
    private static func distance(_ one: Range<Int>, _ other: Range<Int>) -> Int {
        max(0, max(other.lowerBound - one.upperBound, one.lowerBound - other.upperBound))
    }

    /// The spans (sorted) of the same sentence within `reach` words, at most a few dozen.
    private func indices(near span: Range<Int>, in spans: [Range<Int>], within reach: Int) -> Range<Int> {
        // Spans have at most a few dozen words, so that this lower bound misses none.
        var low = 0
        var high = spans.count
        let floor = span.lowerBound - reach - 30
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].lowerBound < floor { low = middle + 1 } else { high = middle }
        }
        var first = low
        while first < spans.count, Self.distance(spans[first], span) > reach, spans[first].lowerBound < span.lowerBound
        {
            first += 1
        }
        var end = first
        while end < spans.count, spans[end].lowerBound <= span.upperBound + reach { end += 1 }
        while first < end, sentence(of: spans[first]) != sentence(of: span) { first += 1 }
        while first < end, sentence(of: spans[end - 1]) != sentence(of: span) { end -= 1 }
        return first..<end
    }

    private func nearest(
        to span: Range<Int>, in spans: [Range<Int>], within reach: Int, sameClause: Bool
    ) -> Int? {
        var best: (index: Int, distance: Int)?
        for index in indices(near: span, in: spans, within: reach) {
            let distance = Self.distance(spans[index], span)
            guard distance <= reach, !sameClause || clause(of: spans[index]) == clause(of: span) else { continue }
            if distance < best?.distance ?? .max { best = (index, distance) }
        }
        return best?.index
    }
}
