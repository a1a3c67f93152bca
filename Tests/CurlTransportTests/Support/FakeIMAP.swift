import CurlTransport
import Foundation
import Mail
import Synchronization

/// A small IMAP server whose answers a test can replace, command by command.
struct FakeIMAP: Sendable {
    enum Behaviour: Sendable {
        /// Sent as it is; `TAG` stands for the command's tag.
        case answer(String)
        /// Sent before the ordinary answer.
        case before(String)
        case close
        case stall
    }

    var greeting = "* OK ready\r\n"
    var capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR IDLE MOVE UIDPLUS"
    var mails: [(uid: UInt32, content: String)] = []
    var folders = ["INBOX"]
    /// By the command's first word, or first two for `UID …`; each is used in its turn, the last for ever.
    var behaviours: [String: [Behaviour]] = [:]
    /// What an IDLE is told right after it began.
    var idleNews = ""
    /// Cuts the connection after this many octets.
    var allowance: Int?
    /// Rings when an IDLE has begun.
    var onIdle: (@Sendable () -> Void)?

    /// Runs `body` against this server; gives it settings with short deadlines, and a log of the commands.
    func run<Result>(
        adjust: (inout IMAPSettings) -> Void = { _ in },
        _ body: (IMAPConnector, CommandLog) async throws -> Result
    ) async throws -> Result {
        let log = CommandLog()
        let server = try ScriptedServer { serve($0, log) }
        defer { server.stop() }
        var settings = try IMAPSettings(
            url: "imap://127.0.0.1:\(server.port)/INBOX", user: "support", credential: .password("s3cret"),
            allowPlaintext: true)
        settings.connectTimeout = .seconds(20)
        settings.commandDeadline = .seconds(20)
        adjust(&settings)
        return try await body(IMAPConnector(settings: settings), log)
    }

    private func serve(_ peer: Peer, _ log: CommandLog) {
        peer.allowance = allowance
        var remaining = behaviours
        peer.send(greeting)
        while let line = peer.line() {
            let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard words.count >= 2 else { return }
            let tag = words[0]
            let name = (words[1] == "UID" && words.count > 2 ? "UID \(words[2])" : words[1]).uppercased()
            log.append(line.dropFirst(tag.count + 1).description)
            var prefix = ""
            if var row = remaining[name], let behaviour = row.first {
                if row.count > 1 {
                    row.removeFirst()
                    remaining[name] = row
                }
                switch behaviour {
                case .answer(let text):
                    peer.send(text.replacing("TAG", with: tag))
                    continue
                case .before(let text): prefix = text
                case .close: return
                case .stall: return peer.stall()
                }
            }
            let arguments = Array(words.dropFirst(name.split(separator: " ").count + 1))
            if name == "AUTHENTICATE", arguments.count < 2 {
                for _ in 0..<(arguments.first == "LOGIN" ? 2 : 1) {
                    peer.send("+ \r\n")
                    guard peer.line() != nil else { return }
                }
            }
            if name == "IDLE" {
                peer.send("+ idling\r\n" + idleNews)
                onIdle?()
                guard peer.line() == "DONE" else { return }
                log.append("DONE")
                peer.send("\(tag) OK idled\r\n")
            } else {
                peer.send(prefix + answer(name, arguments) + "\(tag) OK done\r\n")
                if name == "LOGOUT" { return }
            }
        }
    }

    private func answer(_ name: String, _ arguments: [String]) -> String {
        switch name {
        case "CAPABILITY": return "* CAPABILITY \(capabilities)\r\n"
        case "SELECT":
            let next = (mails.map(\.uid).max() ?? 0) + 1
            return "* \(mails.count) EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] valid\r\n"
                + "* OK [UIDNEXT \(next)] next\r\n* OK [PERMANENTFLAGS (\\Deleted \\*)] kept\r\n"
        case "LIST":
            let pattern = arguments.dropFirst().joined(separator: " ").replacing("\"", with: "")
            return folders.filter { pattern == "*" || pattern == $0 }
                .map { "* LIST () \"/\" \"\($0)\"\r\n" }.joined()
        case "UID SEARCH":
            let found = selected(arguments.last ?? "").map { String($0.uid) }
            return "* SEARCH \(found.joined(separator: " "))\r\n"
        case "UID FETCH":
            return mails.enumerated().filter { selected(arguments.first ?? "").map(\.uid).contains($0.element.uid) }
                .map { index, mail in
                    arguments.contains("RFC822.SIZE")
                        ? "* \(index + 1) FETCH (UID \(mail.uid) RFC822.SIZE \(mail.content.utf8.count)"
                            + " INTERNALDATE \" 1-Nov-2026 09:00:00 +0100\")\r\n"
                        : "* \(index + 1) FETCH (UID \(mail.uid) BODY[] {\(mail.content.utf8.count)}\r\n"
                            + "\(mail.content))\r\n"
                }.joined()
        default: return ""
        }
    }

    /// The mails that a UID set names; `n:*` always names the last (RFC 9051 §6.4.8).
    private func selected(_ set: String) -> [(uid: UInt32, content: String)] {
        let last = mails.map(\.uid).max() ?? 0
        let ranges = set.split(separator: ",").map { part in
            let ends = part.split(separator: ":").map { $0 == "*" ? last : UInt32($0) ?? 0 }
            return min(ends.first ?? 0, ends.last ?? 0)...max(ends.first ?? 0, ends.last ?? 0)
        }
        return mails.filter { mail in ranges.contains { $0.contains(mail.uid) } }
    }
}

/// The commands that a server was given, without their tags, in order.
final class CommandLog: Sendable {
    private let lines = Mutex<[String]>([])
    func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
    /// Those behind the opening (login, capabilities, SELECT).
    var afterOpening: [String] { Array(all.drop { !$0.hasPrefix("SELECT") }.dropFirst()) }
}

/// A UID for tests that write it out.
func uid(_ number: UInt32) throws -> UID {
    guard let uid = UID(number) else { throw POSIXError(.EINVAL) }
    return uid
}
