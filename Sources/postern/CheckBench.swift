import Foundation
import Judging
import Mail
import MailParsing
import Registry
import SenderTrust
import Store

/// Everything that judging a mail from a file takes, put together once.
struct CheckBench: Sendable {
    private let judge: Judge
    private let parser: GMimeParser
    private let registry: Source
    private let limits: MailLimits
    private let explains: Bool

    /// What mails are judged against.
    private enum Source: Sendable {
        case file(RegistryIndex)
        case store(Store)

        func views(for keys: [ViewKey], at now: Date) async throws -> [RegistryView] {
            switch self {
            case .file(let index): keys.map { index.view(for: $0.sender) }
            case .store(let store): try await store.views(for: keys, at: now).map(\.registry)
            }
        }
    }

    /// What became of one file.
    struct Outcome: Sendable {
        let file: MailFile
        let content: Content

        enum Content: Sendable {
            case unreadable(String)
            case judged(Decision, messageID: MessageID?, explanation: Explanation?)
        }
    }

    init(options: CheckCommand) throws {
        // Settings are read only for what the options leave open.
        let isSelfContained = options.registry != nil && options.namesTheBorder && !options.support.isEmpty
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
            ?? SupportIdentity.messageIDDomain(for: addresses[0])
        judge = try JudgeAssembly.judge(
            files: files, procedures: reader?.procedures(), trust: trust,
            support: SupportIdentity(addresses: addresses, messageIDDomain: domain),
            proofs: try reader.flatMap { try Self.proofs($0) },
            requiresReference: try reader?.codes().isRequired ?? false)
        limits = try reader?.limits() ?? .standard
        parser = GMimeParser(limits: limits)
        explains = options.explain
        if let path = options.registry {
            registry = .file(try Self.index(path))
        } else {
            registry = .store(try options.settings.store(.read))
        }
    }

    /// Reads, parses and judges mails.
    func check(_ files: [MailFile], at now: Date) async throws -> [Outcome] {
        let opened = files.map(open)
        let keys = opened.map { mail in
            if case .success(let mail) = mail { judge.key(of: mail) } else { ViewKey(sender: nil, answers: []) }
        }
        let views = try await registry.views(for: keys, at: now)
        return zip(files, zip(opened, views)).map { file, opened in
            switch opened.0 {
            case .failure(.unreadable(let words)):
                Outcome(file: file, content: .unreadable("\(file.path ?? "-"): \(words)"))
            case .failure(.unread(let reason)):
                Outcome(file: file, content: .judged(.held(unread: reason), messageID: nil, explanation: nil))
            case .success(let mail):
                Outcome(file: file, content: judged(mail, view: opened.1, now: now))
            }
        }
    }

    private func judged(_ mail: InboundMail, view: RegistryView, now: Date) -> Outcome.Content {
        guard explains else {
            return .judged(
                judge.judge(mail, view: view, now: now), messageID: mail.messageID, explanation: nil)
        }
        let explanation = judge.explain(mail, view: view, now: now)
        return .judged(explanation.decision, messageID: mail.messageID, explanation: explanation)
    }

    /// Why a file came to no mail.
    private enum Unopened: Error {
        case unreadable(String)
        case unread(Reason)
    }

    private func open(_ file: MailFile) -> Result<InboundMail, Unopened> {
        do {
            guard let bytes = try file.bytes(limit: limits.size) else { return .failure(.unread("limit.size")) }
            return .success(try parser.parse(RawMail(bytes: bytes)))
        } catch let unreadable as FileBytes.Unreadable {
            return .failure(.unreadable(unreadable.words))
        } catch let failure as ParsingFailure {
            return .failure(.unread(Reason(failure.code)))
        } catch {
            return .failure(.unreadable("\(error)"))
        }
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

    /// The codes of this installation; nil where its key can't be read, and then no reference is known. That is told where
    /// verdicts depend on it.
    private static func proofs(_ reader: SettingsReader) throws -> ProofCodes? {
        let codes = try reader.codes()
        let store = try reader.store()
        guard let key = InstallationKey.existing(beside: store) else {
            if codes.isRequired {
                let path = InstallationKey.path(beside: store)
                Output.note("postern: references can't be checked, as the key can't be read: \(path)".visible)
            }
            return nil
        }
        return ProofCodes(codes, key: key)
    }

    /// What the options say, over what the settings say. Options that name the border leave nothing of the settings.
    private static func trust(_ options: CheckCommand, _ reader: SettingsReader?) throws -> TrustSettings {
        var trust: TrustSettings
        if options.namesTheBorder {
            trust = TrustSettings(authservID: options.authservID ?? "", borderHost: options.borderHost)
        } else if let settings = try reader?.trust() {
            trust = settings
            if let host = options.borderHost { trust.borderHost = host }
        } else {
            throw CommandFailure.unusable("check: --authserv-id is missing")
        }
        if let profile = options.trustProfile { trust.profile = profile }
        if let dkim = options.dkim { trust.dkim = dkim }
        if !options.arcSealer.isEmpty { trust.arcSealers = try sealers(options.arcSealer) }
        return trust
    }

    private static func sealers(_ texts: [String]) throws(CommandFailure) -> Set<String> {
        var sealers: Set<String> = []
        for text in texts {
            guard let domain = EmailAddress("arc@\(text)")?.domain else {
                throw .unusable("--arc-sealer: '\(text)' is not a domain name")
            }
            sealers.insert(domain)
        }
        return sealers
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

extension CheckCommand {
    /// The options alone say whom to believe: by an authserv-id, or by the host of a server that writes none.
    fileprivate var namesTheBorder: Bool {
        authservID != nil || (trustProfile == .exchangeOnline && borderHost != nil)
    }
}
