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
        isOwnMessageID: (@Sendable (MessageID) -> Bool)? = nil
    ) throws(CommandFailure) -> Judge {
        do {
            return Judge(
                procedures: try procedures(files, ids: ids),
                lexicon: Lexicon(try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) }),
                trust: trust, support: support, isOwnMessageID: isOwnMessageID)
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

    private static func procedures(_ files: ConfigFiles, ids: [String]?) throws -> [Procedure] {
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
