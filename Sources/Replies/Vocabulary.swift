import Judging
import Registry

/// One language's wording, and the names that procedures bring for kinds of requests which it lacks.
struct Vocabulary: Sendable {
    let wording: Wording
    /// By kind: the procedure's name in this language, else its English one.
    private let brought: [String: String]

    init(_ wording: Wording, procedures: [Procedure]) {
        self.wording = wording
        var brought: [String: String] = [:]
        for procedure in procedures {
            guard let name = procedure.names[wording.language] ?? procedure.names["en"] else { continue }
            let line = PlainLine.of(name, limit: 100)
            guard !line.isEmpty else { continue }
            for kind in procedure.kinds where brought[kind.text] == nil { brought[kind.text] = line }
        }
        self.brought = brought
    }

    /// The key of the wording's `kinds` for a request; nil when the wording doesn't know the kind.
    func roleKey(of request: RequestSummary) -> String? {
        let key = request.kind.text == "importer" && request.actingAs == .agent ? "agent" : request.kind.text
        return wording.kinds[key] == nil ? nil : key
    }

    /// What the role that a request asks for is called: by the wording, by the procedure, else by the kind's id. Empty
    /// when not even that can be shown.
    func roleName(of request: RequestSummary) -> String {
        roleKey(of: request).flatMap { wording.kinds[$0]?.words } ?? brought[request.kind.text]
            ?? PlainLine.of(request.kind.text, limit: 100)
    }

    /// What a kind of request is called; nil when nobody names it.
    func kindName(_ kind: String) -> String? { wording.kinds[kind]?.words ?? brought[kind] }

    /// Those keys of a procedure's `permits` that the wording has words for, each once.
    func knownPermissions(_ keys: [String]) -> [String] {
        var known: [String] = []
        for key in keys where wording.permissions[key] != nil && !known.contains(key) { known.append(key) }
        return known
    }
}
