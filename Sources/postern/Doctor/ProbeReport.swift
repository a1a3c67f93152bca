import Mail
import SenderTrust

/// What the header of a probe that has arrived says of the receiving server.
struct ProbeReport {
    let mail: ProbeMail
    let settings: Settings
    /// The probe went straight to the border, as a stranger's mail does.
    let isDirect: Bool

    static func arrival(in folder: String, after seconds: Int64, _ settings: Settings) -> DoctorFinding {
        let isExpected =
            [
                settings.mailbox.folders.ignored, settings.mailbox.folders.held, settings.mailbox.folders.processed,
                "INBOX",
            ].contains(folder) || settings.mailbox.url.text.hasSuffix("/\(folder)")
        let words = "in \(folder), after \(seconds) s; it stays there, and the service ignores it (automatic.own-mail)"
        return isExpected
            ? DoctorFinding("probe arrival", .ok, words)
            : DoctorFinding(
                "probe arrival", .warning, words,
                hint: "mail in \(folder) is never read: let the filter pass what is written to the support mailbox")
    }

    func findings(_ header: HeaderBlock) -> [DoctorFinding] {
        let survey = BorderSurvey(header, trusting: settings.trust, marks: mail.forgeries.map(\.mark))
        return [border(survey), forgedFields(survey), ownResults(survey)]
    }

    private func border(_ survey: BorderSurvey) -> DoctorFinding {
        let host = settings.trust.borderHost
        guard !survey.passedBorder else { return DoctorFinding("border", .ok, "Received by \(host)") }
        let seen = survey.receivers.isEmpty ? "no host that can be told" : survey.receivers.joined(separator: ", ")
        return DoctorFinding(
            "border", .failed, "no Received by \(host) (trust.border_host); seen, topmost first: \(seen)",
            hint: isDirect
                ? "set trust.border_host to the one of them that takes mail from outside; until then all mail is held"
                : "this way may not lead through the border: try --through smtp://HOST; else set trust.border_host")
    }

    private func forgedFields(_ survey: BorderSurvey) -> DoctorFinding {
        let count = mail.forgeries.count
        func names(_ marks: [String]) -> String {
            mail.forgeries.filter { marks.contains($0.mark) }.map(\.name).joined(separator: ", ")
        }
        if !survey.marksBelieved.isEmpty {
            return DoctorFinding(
                "forged fields", .failed,
                "\(survey.marksBelieved.count) of \(count) forged Authentication-Results stand where the server's own do "
                    + "(\(names(survey.marksBelieved)))"
                    + (survey.passedBorder ? "" : ": there is no Received of the border that would set them apart"),
                hint: survey.passedBorder
                    ? "anybody can make Postern believe any sender: set trust.policy to hold-only until the server strips them"
                    : "settle trust.border_host first; then probe again, and have the server strip them (RFC 8601 §5)")
        }
        if !survey.marksElsewhere.isEmpty {
            return DoctorFinding(
                "forged fields", .failed,
                "\(survey.marksElsewhere.count) of \(count) forged Authentication-Results were not stripped "
                    + "(\(names(survey.marksElsewhere))); they stand where Postern believes none, so it holds such mail "
                    + "as forged and nobody gets in by them",
                hint: "ask the server's administrator to strip fields that claim to be its own (RFC 8601 §5)")
        }
        return DoctorFinding("forged fields", .ok, "all \(count) forged Authentication-Results were stripped")
    }

    private func ownResults(_ survey: BorderSurvey) -> DoctorFinding {
        let id = settings.trust.writerName
        let name = "own results"
        // Servers may leave mail of their own users unchecked, so only mail from outside says for certain.
        let grade: DoctorFinding.Grade = isDirect ? .failed : .warning
        let doubt = isDirect ? "" : "; this way may not lead through the border: try --through smtp://HOST"
        let seen = survey.otherWriters.isEmpty ? "none of others" : "of \(survey.otherWriters.joined(separator: ", "))"
        switch survey.ownResults {
        case .dmarc(let result):
            return DoctorFinding(name, .ok, "Authentication-Results of \(id) with dmarc=\(result)")
        case .noDMARC:
            return DoctorFinding(
                name, grade, "Authentication-Results of \(id), but no dmarc result: every such mail is held",
                hint: "have the server check DMARC (RFC 7489)\(doubt)")
        case .malformed:
            return DoctorFinding(
                name, grade,
                "Authentication-Results of \(id) that break the grammar of RFC 8601: every such mail is held",
                hint: "ask the server's administrator\(doubt)")
        case .absent where !survey.passedBorder:
            return DoctorFinding(
                name, grade,
                "no Authentication-Results of \(id) that count, as the border can't be told; \(seen)",
                hint: "settle trust.border_host first; then probe again\(doubt)")
        case .absent:
            return DoctorFinding(
                name, grade,
                "no Authentication-Results of \(id) (trust.authserv_id) where \(settings.trust.profile.rawValue) has them; \(seen)",
                hint: "set trust.authserv_id to what the server writes, or have it check DMARC\(doubt)")
        }
    }
}

extension TrustSettings {
    /// Who writes the results that count, for messages: the authserv-id, or the border where it writes none.
    var writerName: String { profile == .exchangeOnline ? borderHost : authservID }
}
