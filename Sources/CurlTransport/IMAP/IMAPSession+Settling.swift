package import Mail

extension IMAPSession {
    /// Moves or marks mails; one that is gone already is no fault. Doing it again does no harm.
    ///
    /// A server with neither MOVE nor UIDPLUS cannot take a single mail out of a folder safely: there the mail stays,
    /// with the keyword ``keyword(insteadOf:)`` (see ``canMove``). A plain EXPUNGE, which would also remove what
    /// others have marked, is never given.
    package func settle(_ uids: [UID], as settlement: Settlement) throws(TransportFault) {
        guard !uids.isEmpty else { return }
        switch settlement {
        case .mark(let keyword): try mark(uids, with: keyword)
        case .move(let folder):
            guard folder != mailbox else { return }
            if canMove {
                try move(uids, to: folder)
            } else {
                try mark(uids, with: Self.keyword(insteadOf: folder))
            }
        }
    }

    /// Takes away the keywords with which `settle` marked mails before. A server that says no to that keeps them: they
    /// mislead, but lose nothing.
    package func undo(_ settlements: [Settlement], of uids: [UID]) throws(TransportFault) {
        let keywords = settlements.compactMap { settlement in
            switch settlement {
            case .mark(let keyword): keyword
            case .move(let folder): canMove ? nil : Self.keyword(insteadOf: folder)
            }
        }.filter { !$0.isEmpty && $0.utf8.allSatisfy(\.isKeywordCharacter) }
        guard !uids.isEmpty, !keywords.isEmpty else { return }
        for set in UIDSet.sets(of: uids) {
            _ = try run("UID STORE \(set.text) -FLAGS.SILENT (\(keywords.joined(separator: " ")))")
        }
    }

    /// Whether mails can be moved one by one: MOVE (RFC 6851), or COPY and UID EXPUNGE (UIDPLUS, RFC 4315).
    package var canMove: Bool { has("MOVE") || has("UIDPLUS") || has("IMAP4REV2") }

    /// The keyword for mails that would belong in `folder` where the server cannot move them.
    package static func keyword(insteadOf folder: String) -> String {
        let letters = folder.utf8.map { $0.isASCIILetterOrDigit ? $0 : UInt8(ascii: "-") }
        return "Postern-" + String(decoding: letters, as: UTF8.self)
    }

    /// Makes the folders that are missing, where the server can move mails into them at all.
    package func prepare(folders: [String]) throws(TransportFault) {
        guard canMove else { return }
        for folder in folders { try ensureFolder(folder) }
    }

    /// Makes the folder when it is missing.
    package func ensureFolder(_ folder: String) throws(TransportFault) {
        guard !knownFolders.contains(folder) else { return }
        // In a LIST pattern `%` and `*` are wildcards: such a name is tried at once.
        if !folder.contains("%"), !folder.contains("*") {
            var exists = false
            try runOrFail("LIST \"\" \(MailboxName.quoted(folder))") { data in
                if case .folder(let found) = data, found.canHoldMail, found.name == folder { exists = true }
            }
            if exists {
                knownFolders.insert(folder)
                return
            }
        }
        let status = try run("CREATE \(MailboxName.quoted(folder))")
        guard status.condition == .ok || status.code == "ALREADYEXISTS" else {
            throw Self.refusal(
                of: "to make the folder '\(folder)'", status,
                hint: "make it by hand, or name another under mailbox.folders; `postern doctor` lists what there is")
        }
        knownFolders.insert(folder)
    }

    private func move(_ uids: [UID], to folder: String) throws(TransportFault) {
        try ensureFolder(folder)
        let moves = has("MOVE") || has("IMAP4REV2")
        let target = MailboxName.quoted(folder)
        for set in UIDSet.sets(of: uids) {
            let command = "UID \(moves ? "MOVE" : "COPY") \(set.text) \(target)"
            var status = try run(command)
            if status.condition == .no, status.code == "TRYCREATE" {
                // Somebody removed the folder meanwhile.
                knownFolders.remove(folder)
                try ensureFolder(folder)
                status = try run(command)
            }
            guard status.condition == .ok else {
                throw Self.refusal(of: "to move mails to '\(folder)'", status)
            }
            guard !moves else { continue }
            try runOrFail("UID STORE \(set.text) +FLAGS.SILENT (\\Deleted)")
            try runOrFail("UID EXPUNGE \(set.text)")
        }
    }

    private func mark(_ uids: [UID], with keyword: String) throws(TransportFault) {
        guard !keyword.isEmpty, keyword.utf8.allSatisfy(\.isKeywordCharacter) else {
            throw TransportFault(
                .setup, ServerText.line("'\(keyword)' cannot be a keyword"),
                hint: "use letters, digits, '-', '_' and '$' only")
        }
        if let permanentFlags, !permanentFlags.contains("\\*"), !permanentFlags.contains(keyword.lowercased()) {
            throw TransportFault(
                .setup, "the server keeps no keywords in the mailbox '\(mailbox)'",
                hint: "name folders under mailbox.folders instead of leaving mails in place")
        }
        for set in UIDSet.sets(of: uids) {
            try runOrFail("UID STORE \(set.text) +FLAGS.SILENT (\(keyword))")
        }
    }
}

extension UInt8 {
    /// A careful part of `atom` (RFC 9051 §9): what every server takes in a flag-keyword.
    fileprivate var isKeywordCharacter: Bool {
        isASCIILetterOrDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: "$")
            || self == UInt8(ascii: ".")
    }
}
