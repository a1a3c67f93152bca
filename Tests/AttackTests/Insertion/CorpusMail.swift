import Foundation
import Judging
import Mail
import MailParsing
import MailServers
import Registry
import SenderTrust

@testable import postern

/// An acceptable mail of the corpus, with the registry that it is judged against.
struct CorpusMail: Sendable {
    /// `SET/NAME`.
    let name: String
    let request: String
    let bytes: [UInt8]
    let registry: RegistryIndex

    struct NotMade: Error { let reason: String }

    /// Some mails, drawn by a seed from all sets that were learned from.
    static func sample(_ count: Int, seed: UInt64) async throws -> [CorpusMail] {
        let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Corpus")
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-corpus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let errors = folder.appending(path: "errors")
        try Data().write(to: errors)
        let process = try ChildProcess(
            corpus.appending(path: "acceptable.py").path,
            [folder.path, "\(count)", "\(seed)", "first", "second", "third", "fourth"],
            environment: ["PATH": "/usr/bin:/bin"], streams: ["/dev/null", "/dev/null", errors.path])
        guard await process.end() == 0 else {
            throw NotMade(reason: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
        }
        return try read(folder)
    }

    private static func read(_ folder: URL) throws -> [CorpusMail] {
        var registries: [Substring: RegistryIndex] = [:]
        return try String(contentsOf: folder.appending(path: "list"), encoding: .utf8).split(separator: "\n").map {
            let words = $0.split(separator: " ")
            guard words.count == 3 else { throw NotMade(reason: "\($0)") }
            let set = words[0]
            if registries[set] == nil {
                let data = try Data(contentsOf: folder.appending(path: "\(set).registry.jsonl"))
                registries[set] = RegistryFile(chunks: [Array(data)]).index
            }
            guard let registry = registries[set] else { throw NotMade(reason: "\($0)") }
            let data = try Data(contentsOf: folder.appending(path: "\(set)/\(words[1]).eml"))
            return CorpusMail(
                name: "\(set)/\(words[1])", request: String(words[2]), bytes: Array(data), registry: registry)
        }
    }

    /// 2026-11-20T12:00:00Z, after all of the corpus was written.
    private static let now = World.now

    /// What some octets come to in the place of this mail.
    func judged(_ bytes: [UInt8]) throws -> Decision {
        let bench = try World.bench()
        let mail: InboundMail
        do {
            mail = try bench.parser.parse(RawMail(bytes: bytes))
        } catch {
            return .held(unread: Reason(error.code))
        }
        let judge = try Self.judge.get()
        return judge.judge(mail, view: registry.view(for: judge.key(of: mail).sender), now: Self.now)
    }

    /// The judge of the corpus's support mailbox, behind its border.
    private static let judge = Result {
        guard let support = EmailAddress("traces-support@postern.example") else { throw NotMade(reason: "support") }
        return try JudgeAssembly.judge(
            files: JudgeAssembly.files(overlay: nil), procedures: nil,
            trust: TrustSettings(authservID: "mx.postern.example"),
            support: SupportIdentity(
                addresses: [support], messageIDDomain: SupportIdentity.messageIDDomain(for: support)))
    }
}
