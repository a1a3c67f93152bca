package import struct Foundation.Date

/// A mail as the server gave it: bytes that nobody has vouched for.
package struct RawMail: Sendable {
    /// The whole mail (RFC 5322), octet for octet.
    package let bytes: [UInt8]
    /// The server's time of arrival (INTERNALDATE), where known.
    package let receivedAt: Date?

    package init(bytes: [UInt8], receivedAt: Date? = nil) {
        self.bytes = bytes
        self.receivedAt = receivedAt
    }
}

/// One mail in a mailbox before its bytes are fetched.
package struct MailboxListing: Sendable, Hashable {
    package let uid: UID
    /// Octets, as the server states them (RFC822.SIZE).
    package let size: Int
    package let receivedAt: Date?

    package init(uid: UID, size: Int, receivedAt: Date?) {
        self.uid = uid
        self.size = size
        self.receivedAt = receivedAt
    }
}

/// A fetched mail. `raw` is nil when it was larger than the limit and so was left on the server.
package struct FetchedMail: Sendable {
    package let listing: MailboxListing
    package let raw: RawMail?

    package init(listing: MailboxListing, raw: RawMail?) {
        self.listing = listing
        self.raw = raw
    }
}

/// What SELECT said of a mailbox.
package struct MailboxStatus: Sendable, Hashable {
    package let validity: UIDValidity
    /// The UID that the next mail will get, where the server says so.
    package let nextUID: UID?
    /// How many mails lie in it.
    package let exists: Int

    package init(validity: UIDValidity, nextUID: UID?, exists: Int) {
        self.validity = validity
        self.nextUID = nextUID
        self.exists = exists
    }
}

/// Where a judged mail goes on the server.
package enum Settlement: Sendable, Hashable {
    /// Into a folder, which is made when it is missing.
    case move(folder: String)
    /// Stays, and gets this keyword (an IMAP flag-keyword: an atom).
    case mark(keyword: String)
}
