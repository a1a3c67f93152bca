import Defaults
import Foundation
import Judging
import Mail
import Reading
import Registry
import SenderTrust

/// What judging rests on, made of the files under `Config/` (embedded, or the operator's own) and of who we are.
enum JudgeAssembly {
    /// A judge with the procedures whose ids are in `ids`, or all.
    static func judge(
        files: ConfigFiles, procedures ids: [String]?, trust: TrustSettings, support: SupportIdentity,
        proofs: ProofCodes? = nil, requiresReference: Bool = false,
        isOwnMessageID: (@Sendable (MessageID) -> Bool)? = nil
    ) throws(CommandFailure) -> Judge {
        let procedures = try procedures(files, ids: ids)
        do {
            return Judge(
                procedures: procedures, lexicon: try lexicon(files, procedures), trust: trust, support: support,
                proofs: proofs, requiresReference: requiresReference, isOwnMessageID: isOwnMessageID)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The files, with the operator's folder over them.
    static func files(overlay: String?) throws(CommandFailure) -> ConfigFiles {
        do {
            return try ConfigFiles(overlay: overlay.map { URL(filePath: $0) })
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The procedures in force: those whose ids are in `ids`, or all.
    static func procedures(_ files: ConfigFiles, ids: [String]?) throws(CommandFailure) -> [Procedure] {
        do { return try readProcedures(files, ids: ids) } catch { throw CommandFailure(error) }
    }

    /// The lexicon with the words that procedures bring for kinds of their own.
    private static func lexicon(_ files: ConfigFiles, _ procedures: [Procedure]) throws -> Lexicon {
        var languages = try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) }
        for procedure in procedures {
            for (language, terms) in procedure.words {
                guard let place = languages.firstIndex(where: { $0.language == language }) else {
                    throw CommandFailure.unusable(
                        "procedures: '\(procedure.id)' has words in '\(language)', and there is no lexicon for it")
                }
                for (kind, patterns) in terms {
                    for pattern in patterns where !LanguageTerms.isPattern(pattern) {
                        throw CommandFailure.unusable(
                            "procedures: '\(procedure.id)': '\(pattern)' is no pattern: a '*' takes at least three letters beside it"
                        )
                    }
                    languages[place].kinds[kind, default: []] += patterns
                }
            }
        }
        let wording = try files.names(in: "wording").map { try files.decode(OwnWording.self, from: $0) }
        return Lexicon(languages, ownWording: wording)
    }

    private static func readProcedures(_ files: ConfigFiles, ids: [String]?) throws -> [Procedure] {
        var found: [Procedure] = []
        for name in files.names(in: "procedures") {
            let procedure = try files.decode(Procedure.self, from: name)
            if let other = found.first(where: { $0.id == procedure.id }) {
                throw CommandFailure.unusable("\(name): another procedure has the id '\(other.id)' already")
            }
            found.append(procedure)
        }
        if let ids {
            for id in ids where !found.contains(where: { $0.id == id }) {
                throw CommandFailure.unusable(
                    "procedures: there is no procedure '\(id)'" + Spelling.hint(id, among: found.map(\.id)))
            }
            found.removeAll { !ids.contains($0.id) }
        }
        var kinds: [RoleRequest.Kind: String] = [:]
        for procedure in found {
            for kind in procedure.kinds {
                if let other = kinds.updateValue(procedure.id, forKey: kind) {
                    throw CommandFailure.unusable(
                        "procedures: '\(other)' and '\(procedure.id)' are both for the kind '\(kind)'")
                }
            }
        }
        return found
    }
}
