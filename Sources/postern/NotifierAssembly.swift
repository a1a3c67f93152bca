import Defaults
import Mail
import Registry
import Replies

/// Makes a notifier out of the settings that it needs: the daemon has them all, a command reads only these.
struct NotifierAssembly {
    let support: Settings.Support
    let replies: Settings.Replies
    let codes: Settings.Codes
    let requests: Settings.Requests
    let envelopeFrom: EmailAddress?
    let store: String
    /// The ids of the procedures in force; nil is all that there are.
    let procedures: [String]?

    func notifier(_ files: ConfigFiles) throws -> Notifier {
        let key = try InstallationKey.read(beside: store)
        let procedures = try JudgeAssembly.procedures(files, ids: procedures)
        let renderer = try ReplyRenderer(
            settings: ReplySettings(
                supportAddress: support.addresses[0], supportAddresses: support.addresses,
                displayName: support.displayName, envelopeFrom: envelopeFrom, messageIDDomain: replies.messageIDDomain,
                hmacKey: key),
            wordings: try files.names(in: "wording").map { try files.decode(Wording.self, from: $0) },
            templates: ReplyTemplates(
                text: try files.text("templates/reply.txt.mustache"),
                html: try files.text("templates/reply.html.mustache")),
            procedures: procedures)
        return Notifier(
            renderer: renderer, procedures: procedures,
            proofs: ProofCodes(codes, key: key),
            copiesAuthority: requests.copiesAuthority)
    }
}

extension ProofCodes {
    /// The codes of the installation with this key.
    init(_ codes: Settings.Codes, key: [UInt8]) {
        self.init(
            requestDays: codes.referenceDays, accountDays: codes.validationDays,
            mark: KeyedMark(key: key).callAsFunction)
    }
}

extension SettingsOptions {
    /// What a command needs to write mails.
    func notifier() throws(CommandFailure) -> Notifier {
        do {
            let reader = try reader()
            let support = try reader.support()
            let assembly = NotifierAssembly(
                support: support, replies: try reader.replies(support: support), codes: try reader.codes(),
                requests: try reader.requests(), envelopeFrom: try reader.envelopeFrom(), store: try reader.store(),
                procedures: try reader.procedures())
            return try assembly.notifier(JudgeAssembly.files(overlay: reader.configFolder()))
        } catch {
            throw CommandFailure(error)
        }
    }
}
