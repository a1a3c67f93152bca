import Reading
import Registry

/// Rule 4: title or new text says that this is a role request of the request's kind.
///
/// Words for a role request and words for the kind are both needed; for an additional role "additional" may stand for
/// either. Naming another kind only is its own failure, and so is asking for two that exclude one another.
func judgeKind(_ kinds: KindReading, request: RoleRequest, procedure: Procedure, earlier: Bool) -> Finding {
    let stated = kinds.kinds.keys.sorted()
    let wanted = [request.kind.text]
    let namesKind = procedure.terms.contains { kinds.kinds[$0] != nil }
    let saysAdditional = request.additional && kinds.additional != nil
    // Who asks for an additional role speaks of the one that they have as well.
    let mentionsKind = kinds.passedOver.contains {
        $0.cause == .weaker && $0.isClose && procedure.terms.contains($0.kind)
    }
    let namesOtherOnly = !namesKind && !stated.isEmpty && !(saysAdditional && mentionsKind)
    if namesOtherOnly { return Finding(.kind, .fail, reason: "kind.other", seen: stated, wanted: wanted) }
    // In a thread the kind may be settled already; what the mail itself says against it still counts.
    if kinds.isContradictory {
        return Finding(.kind, .fail, reason: "kind.contradictory", seen: stated, wanted: wanted)
    }
    let isRequest = kinds.request != nil || kinds.distantRequest != nil || kinds.additional != nil
    if (namesKind && isRequest) || saysAdditional || earlier {
        return Finding(.kind, .pass, seen: stated, wanted: wanted)
    }
    return Finding(.kind, .fail, reason: "kind.missing", seen: stated, wanted: wanted)
}
