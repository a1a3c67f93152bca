import Foundation
import Judging
import Mail
import MailParsing
import Registry
import SenderTrust

/// Everything that judging a mail from a file takes, put together once.
struct CheckBench: Sendable {
    private let judge: Judge
    private let parser: GMimeParser
    private let registry: RegistryIndex
    private let limits: MailLimits
    private let explains: Bool

    /// What became of one file.
    struct Outcome: Sendable {
        let file: MailFile
        let content: Content

        enum Content: Sendable {
            case unreadable(String)
            case judged(Decision, messageID: MessageID?, explanation: CheckExplanation?)
        }
    }

    init(options: CheckCommand) throws {
        // Settings are read only for what the options leave open.
        let isSelfContained = options.registry != nil && options.authservID != nil && !options.support.isEmpty
        let reader: SettingsReader?
        if isSelfContained, options.settings.file == nil {
            reader = nil
        } else {
            reader = try options.settings.reader()
        }
        let addresses = try Self.addresses(options.support) ?? reader?.support().addresses ?? []
        let trust = try Self.trust(options, reader)
        let files = try JudgeAssembly.files(overlay: reader?.configFolder())
        let domain =
            try reader.map { try $0.replies(support: .init(addresses: addresses, displayName: "")).messageIDDomain }
            ?? addresses[0].domain
        judge = try JudgeAssembly.judge(
            files: files, procedures: reader?.procedures(), trust: trust,
            support: SupportIdentity(addresses: addresses, messageIDDomain: domain))
        limits = try reader?.limits() ?? .standard
        parser = GMimeParser(limits: limits)
        explains = options.explain
        guard let path = options.registry else {
            throw CommandFailure.unusable("check: name a registry with --registry")
        }
        registry = try Self.index(path)
    }

    /// Reads, parses and judges one mail.
    func check(_ file: MailFile, at now: Date) -> Outcome {
        let bytes: [UInt8]?
        do {
            bytes = try file.bytes(limit: limits.size)
        } catch {
            return Outcome(file: file, content: .unreadable("\(file.path ?? "-"): \(error.words)"))
        }
        guard let bytes else { return unread("limit.size", file) }
        let mail: InboundMail
        do {
            mail = try parser.parse(RawMail(bytes: bytes, receivedAt: nil))
        } catch {
            return unread(Reason(error.code), file)
        }
        let view = registry.view(for: judge.key(of: mail).sender)
        let decision = judge.judge(mail, view: view, now: now)
        return Outcome(
            file: file,
            content: .judged(
                decision, messageID: mail.messageID,
                explanation: explains ? CheckExplanation(subject: mail.subject, reading: judge.reading(of: mail)) : nil)
        )
    }

    private func unread(_ reason: Reason, _ file: MailFile) -> Outcome {
        Outcome(file: file, content: .judged(.held(unread: reason), messageID: nil, explanation: nil))
    }

    private static func addresses(_ texts: [String]) throws(CommandFailure) -> [EmailAddress]? {
        var addresses: [EmailAddress] = []
        for text in texts {
            guard let address = EmailAddress(text) else {
                throw .unusable("--support: '\(text)' is not a plain mail address (local@domain, ASCII)")
            }
            addresses.append(address)
        }
        return addresses.isEmpty ? nil : addresses
    }

    private static func trust(_ options: CheckCommand, _ reader: SettingsReader?) throws -> TrustSettings {
        guard let id = options.authservID else {
            guard var trust = try reader?.trust() else {
                throw CommandFailure.unusable("check: --authserv-id is missing")
            }
            if let host = options.borderHost { trust.borderHost = host }
            return trust
        }
        return TrustSettings(authservID: id, borderHost: options.borderHost)
    }

    /// The registry of a file; nothing is judged against one that has broken lines.
    private static func index(_ path: String) throws(CommandFailure) -> RegistryIndex {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path, limit: 4_294_967_296)
        } catch {
            throw .unusable("\(path): \(error.words)")
        }
        let file = RegistryFile(chunks: [bytes])
        if let first = file.problems.first {
            let more = file.problems.count > 1 ? " (and \(file.problems.count - 1) more broken lines)" : ""
            throw .unusable("\(path): \(first)\(more)")
        }
        return file.index
    }
}
