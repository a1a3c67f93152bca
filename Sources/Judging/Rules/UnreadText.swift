import Mail
import Reading

extension Bench {
    /// Why the mail says less than its sender meant to say; nil where its text could be read.
    var textObstacle: TextObstacle? {
        if let obstacle = mail.textObstacle { return obstacle }
        let isEmpty = reading.newText.utf8.allSatisfy { $0 <= 0x20 }
        return isEmpty && mail.attachments.contains(where: \.mayHoldText) ? .onlyAttachments : nil
    }
}

extension Attachment {
    /// It isn't just there to sign the mail.
    fileprivate var mayHoldText: Bool {
        let signatures = [
            "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
            "application/pgp-keys",
        ]
        return !signatures.contains(type)
    }
}

extension Finding {
    /// The same finding; where it is that something doesn't stand in a text that can't be read, it says so.
    func explained(by obstacle: TextObstacle?) -> Finding {
        guard let obstacle, outcome == .fail, let reason else { return self }
        let absences: Set<Reason> = [
            "kind.missing", "names.several", "names.first-name", "names.last-name", "names.organisation", "names.eori",
        ]
        guard absences.contains(reason) else { return self }
        return Finding(rule, .fail, reason: Reason(obstacle.rawValue), seen: seen, wanted: wanted)
    }
}
