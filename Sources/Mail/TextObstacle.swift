/// Why the text of a mail can't be read although its sender wrote one. Raw values are the codes that replies tell.
package enum TextObstacle: String, Sendable, Hashable, CaseIterable {
    /// Only somebody with a key could read it: S/MIME, PGP/MIME or inline PGP.
    case encrypted = "text.encrypted"
    /// In Outlook's own format (`winmail.dat`).
    case outlookFormat = "text.tnef"
    /// Inside a signature or a compression that can't be opened.
    case sealed = "text.sealed"
    /// There is none beside the attachments.
    case onlyAttachments = "text.only-attachments"
}
