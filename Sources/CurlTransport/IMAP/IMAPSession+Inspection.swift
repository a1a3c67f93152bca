package import Mail

/// What a server can do and holds, for `postern doctor`.
package struct MailboxInspection: Sendable, Hashable {
    /// In capitals, sorted.
    package let capabilities: [String]
    /// The folders that the account sees; at most 1,000 of them.
    package let folders: [MailFolder]
    package let status: MailboxStatus
    /// Whether single mails can be moved, and by which extension.
    package let hasMove: Bool
    package let hasUIDPlus: Bool
    package let hasIdle: Bool
    /// Whether the mailbox keeps keywords of our own.
    package let keepsKeywords: Bool
    /// What the server asked to be shown to people.
    package let alerts: [String]
}

extension IMAPSession {
    /// Looks around without changing anything.
    package func inspect() throws(TransportFault) -> MailboxInspection {
        var folders: [MailFolder] = []
        try runOrFail("LIST \"\" \"*\"") { data in
            if case .folder(let folder) = data, folders.count < 1_000 { folders.append(folder) }
        }
        return MailboxInspection(
            capabilities: capabilities.sorted(), folders: folders, status: status,
            hasMove: has("MOVE") || has("IMAP4REV2"), hasUIDPlus: has("UIDPLUS") || has("IMAP4REV2"),
            hasIdle: has("IDLE") || has("IMAP4REV2"), keepsKeywords: permanentFlags?.contains("\\*") ?? true,
            alerts: alerts)
    }
}
