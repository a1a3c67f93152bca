/// What takes a mention out of account: a copy, a role had already, a denial.
extension KindReader {
    /// Drops the mention that each context speaks of: the nearest in its clause, else the nearest authority before it.
    mutating func drop(
        nearest contexts: [PhraseHit], onlyAuthorities: Bool, as cause: KindReading.PassedOver.Cause
    ) {
        guard !contexts.isEmpty, !mentions.isEmpty else { return }
        let spans = mentions.map(\.span)
        for context in contexts {
            var best: (index: Int, distance: Int)?
            for index in near.indices(near: context.span, in: spans, within: Self.reach) {
                let mention = mentions[index]
                guard !onlyAuthorities || isAuthority(mention.kind), applies(context, to: mention),
                    cause != .past || !isParted(context, from: mention)
                else { continue }
                let sameClause = near.clause(of: mention.span) == near.clause(of: context.span)
                // "The authority, our ministry, is in copy": further away, but nothing else asks for that role.
                // "Existing role: customs office": what has a colon between is still beside it.
                let beside =
                    cause == .past && mention.span.lowerBound >= context.span.lowerBound
                    && NearWords.distance(mention.span, context.span) <= 1
                guard sameClause || beside || (onlyAuthorities && !isAsked(mention.span)) else { continue }
                let distance = NearWords.distance(mention.span, context.span) + (sameClause || beside ? 0 : 100)
                // "Besides the role of authority": of two that stand as near, the later.
                if distance <= best?.distance ?? .max { best = (index, distance) }
            }
            guard let best else { continue }
            drop(best.index, as: cause)
            // "The competent authority (Forest Authority) is in copy": the two are one.
            if onlyAuthorities, best.index > 0 {
                let former = mentions[best.index - 1]
                let gap = mentions[best.index].span.lowerBound - former.span.upperBound
                if former.kind == mentions[best.index].kind, gap <= 4,
                    near.sentence(of: former.span) == near.sentence(of: mentions[best.index].span),
                    !isAsked(former.span)
                {
                    drop(best.index - 1, as: cause)
                }
            }
        }
    }

    /// "I have already requested the role": words of asking that go with the past ones make them a request. A word such
    /// as "and" between parts the two: "I have the role already and ask for another".
    func isOpen(_ past: PhraseHit) -> Bool {
        let end = past.span.upperBound
        return asks[firstAsk(from: end)...].prefix { $0.lowerBound <= end + 6 }.contains { ask in
            near.clause(of: ask) == near.clause(of: past.span)
                && !(end..<ask.lowerBound).contains { joins($0, past.languages) }
        }
    }

    /// "I could only read until now and ask for the authority's role": a word for "and" and words of asking stand between.
    private func isParted(_ past: PhraseHit, from mention: Mention) -> Bool {
        guard past.span.upperBound < mention.span.lowerBound else { return false }
        let between = past.span.upperBound..<mention.span.lowerBound
        guard let and = between.first(where: { joins($0, past.languages) }) else { return false }
        let ask = firstAsk(from: and + 1)
        return ask < asks.count && asks[ask].lowerBound < mention.span.lowerBound
    }

    /// The number of the first words of asking that begin at `token` or later.
    private func firstAsk(from token: Int) -> Int {
        var low = 0
        var high = asks.count
        while low < high {
            let middle = (low + high) / 2
            if asks[middle].lowerBound < token { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether a word is one for "and" or "or", in the language of the mail or in one of `languages`.
    func joins(_ index: Int, _ languages: UInt32) -> Bool {
        guard let mask = tables.joiningLanguages[text.word(index)] else { return false }
        return mask & (languages | detected) != 0
    }

    /// Whether words of asking, or the word for a role, stand in the same clause close to a mention.
    func isAsked(_ span: Range<Int>) -> Bool {
        near.nearest(to: span, in: requests, within: Self.close, sameClause: true) != nil
            || near.nearest(to: span, in: roles, within: Self.close, sameClause: true) != nil
    }

    mutating func drop(denied denials: [PhraseHit]) {
        let spans = mentions.map(\.span)
        for denial in denials {
            for index in near.indices(near: denial.span, in: spans, within: 4)
            where mentions[index].span.lowerBound >= denial.span.upperBound
                && near.clause(of: mentions[index].span) == near.clause(of: denial.span)
                && applies(denial, to: mentions[index])
            {
                drop(index, as: .denied)
                break
            }
        }
    }

    mutating func drop(_ index: Int, as cause: KindReading.PassedOver.Cause) {
        guard mentions[index].strength != .none else { return }
        mentions[index].strength = .none
        passedOver.append((mentions[index], cause))
    }

    /// A little word means what it means in its own language only.
    func applies(_ context: PhraseHit, to mention: Mention) -> Bool {
        context.languages & (mention.languages | detected) != 0
    }
}
