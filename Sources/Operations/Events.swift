// Every event of the program, by topic. The UUIDs were drawn once; a new event gets a new one (`uuidgen -r`), and
// none is ever used again for another meaning.

import Logging

// MARK: Service

extension Event {
    package static let serviceStarted = Event(
        "service.started", "4f3b0eacd8a5441c90e7c710a4315f35", .notice,
        "Postern started")
    package static let serviceReady = Event(
        "service.ready", "d2eb873a4c214939b589119e1e6def82", .notice,
        "Ready: settings and store can be used")
    package static let serviceStopping = Event(
        "service.stopping", "49517277281946d2be1dd776315f4719", .notice,
        "Stopping: the work in hand is finished first")
    package static let serviceStopped = Event(
        "service.stopped", "55a819ebd4384bbd8c60839262517bb8", .notice,
        "Stopped")
    package static let settingsReloaded = Event(
        "settings.reloaded", "f30dd67ac3004694a0febdb9179a1b17", .notice,
        "Settings read again and taken over")
    package static let settingsKeptBack = Event(
        "settings.kept-back", "c14936b456624c45833a0b35f1e53514", .warning,
        "Changed settings that need a restart, or can't be used, were not taken over")
    package static let watchdogStalled = Event(
        "watchdog.stalled", "6064250174ba48f1aa15e6a049aa8bb5", .critical,
        "A work loop makes no progress; systemd is no longer told that all is well")
}

// MARK: Mailbox

extension Event {
    package static let mailboxConnected = Event(
        "mailbox.connected", "611c80c100f744b3bd97b6bd47c883d7", .info,
        "Connected to the mailbox")
    package static let mailboxLost = Event(
        "mailbox.lost", "1f39e47c61ab419cbb4da1f7dbc1d655", .warning,
        "The connection to the mailbox is lost")
    package static let mailboxIdle = Event(
        "mailbox.idle", "79991b60ff8746848d57aff7b02802ad", .debug,
        "Waiting for mail")
    package static let mailboxValidityChanged = Event(
        "mailbox.validity-changed", "69b9423452254c459c0c38c55e6a56fa", .warning,
        "The mailbox's UIDs are void (UIDVALIDITY changed): it is read anew")
    package static let mailboxFault = Event(
        "mailbox.fault", "342ee06810f84933ba5fbe3a18fe672d", .error,
        "The mailbox can't be used until an operator acts")
}

// MARK: Mail

extension Event {
    package static let mailFetched = Event(
        "mail.fetched", "9a8be24b483841ffa38a1c2048ea579b", .info,
        "Mails fetched and stored")
    package static let mailTooLarge = Event(
        "mail.too-large", "f2feb0d0b09a4af3bd5217614bb30108", .warning,
        "A mail above the size limit was left on the server and held")
    package static let mailJudged = Event(
        "mail.judged", "c99c1491a2f1447999dbe0a97c9ad7b9", .info,
        "Mail judged")
    package static let mailHeld = Event(
        "mail.held", "23cdcc96022b4d0d9c6fd3ba7d1047ee", .notice,
        "Mail held for a person")
    package static let mailLookAlike = Event(
        "mail.look-alike", "aceb8e26063b46ea867a0d37c2aa32d1", .warning,
        "A sender whom no account knows may be taken for somebody of the registry")
    package static let mailPoison = Event(
        "mail.poison", "ba12cd9ad6b84803a43e316f66bb3916", .error,
        "Judging this mail failed again and again: held")
    package static let mailRejudged = Event(
        "mail.rejudged", "db5c5dfd8fcc4e56afd2634ce7b5eb0c", .info,
        "The request changed meanwhile: the mail is judged again")
    package static let mailSettled = Event(
        "mail.settled", "b15df96244bb4bbb9bfd9eeb0b5c4988", .debug,
        "Mails moved or marked on the server")
}

// MARK: Reply

extension Event {
    package static let replySent = Event(
        "reply.sent", "433fa5e9f1b54c62a35707070bdc471b", .info,
        "Reply sent")
    package static let replyRetry = Event(
        "reply.retry", "2a027d0883ef4dcd86a9f04bf8aadd71", .notice,
        "Reply not taken for now; it is sent again later")
    package static let replyFailed = Event(
        "reply.failed", "72ff3b8bc9ed4ade90a6d44966668013", .error,
        "Reply refused for good")
    package static let replyUnknown = Event(
        "reply.unknown", "ffb2ac999efb4544a2be1b4a9b3adf93", .warning,
        "The server's answer was lost: the reply may have been sent")
    package static let replyBounced = Event(
        "reply.bounced", "0ae1491ba5174e95ba5ac2ccad2690f6", .warning,
        "A delivery report says that a reply did not arrive")
    package static let replyLimit = Event(
        "reply.limit", "8cc66133ed1541de973a3e4d101b231a", .warning,
        "A limit on replies is reached: the mail is held")
}

// MARK: Requests

extension Event {
    package static let requestReminded = Event(
        "request.reminded", "a2ab55e47e364fbe89dbe38dc5d6d9b0", .info,
        "The owner of a waiting request was reminded")
    package static let requestExpired = Event(
        "request.expired", "fe7ce039fdca477f98f4a1c192e1c63f", .notice,
        "A request expired: its mail did not come in time")
    package static let noticeUnwritten = Event(
        "notice.unwritten", "f643db52648845f9b2c74ea93e1d7dc8", .error,
        "A notice could not be written")
}

// MARK: Store

extension Event {
    package static let storeOpened = Event(
        "store.opened", "c4decc3889df4c59aa0cf039c70d7b8c", .info,
        "Store opened")
    package static let storeOpenToOthers = Event(
        "store.open-to-others", "58c4c35bcb0e4476886a497fa87045ae", .warning,
        "Others than the service's user could use the store's files or folder")
    package static let storeFault = Event(
        "store.fault", "aaee3bb1a63243f89a3fcfd62ab10c23", .error,
        "The store failed")
    package static let deskFault = Event(
        "desk.fault", "240e1eb640df4f4f9f68c4c5cee33a40", .error,
        "Judging failed for a reason that is not the mail's")
}

// MARK: Inbox

extension Event {
    package static let inboxTaken = Event(
        "inbox.taken", "d4c6d0d5b7534a5f9ac9254fbbb6f405", .notice,
        "A dropped export was taken up")
    package static let inboxRefused = Event(
        "inbox.refused", "4bf482c271294b45bb293ed042cb5058", .warning,
        "A dropped export can't be taken up; it lies in failed, with a report")
    package static let inboxFault = Event(
        "inbox.fault", "6253a3ef20354bad9ce232bbe3aa0186", .error,
        "The folder of dropped exports, or a file in it, can't be used")
}

extension Event {
    /// The whole catalogue, in the order of the topics.
    package static let all: [Event] = [
        .serviceStarted, .serviceReady, .serviceStopping, .serviceStopped, .settingsReloaded, .settingsKeptBack,
        .watchdogStalled, .mailboxConnected, .mailboxLost, .mailboxIdle, .mailboxValidityChanged, .mailboxFault,
        .mailFetched, .mailTooLarge, .mailJudged, .mailHeld, .mailLookAlike, .mailPoison, .mailRejudged, .mailSettled,
        .replySent,
        .replyRetry, .replyFailed, .replyUnknown, .replyBounced, .replyLimit, .requestReminded, .requestExpired,
        .noticeUnwritten,
        .storeOpened, .storeFault, .deskFault, .inboxTaken, .inboxRefused, .inboxFault,
    ]
}
