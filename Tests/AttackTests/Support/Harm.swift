import Foundation
import Judging
import Mail
import MailParsing
import Registry

@testable import postern

/// What an attack achieved, in words; nothing when it achieved nothing.
enum Harm {
    /// Looks at the decision and, word by word, at the mail that answers it. `owner`: whom the mail is really from, where
    /// that is somebody whom the registry knows.
    static func found(in decision: Decision, _ reply: OutboundMail?, owner: EmailAddress? = nil) throws -> [String] {
        var harm: [String] = []
        if decision.verdict == .accepted || decision.verdict == .prepared { harm.append("\(decision.verdict)") }
        if let change = decision.transition { harm.append("changes \(change.request)") }
        if let account = decision.activation { harm.append("activates \(account)") }
        if decision.sender.authentication == .pass, decision.sender.address == World.victim, owner != World.victim {
            harm.append("proves the victim")
        }
        if let reply { harm += try found(in: reply, to: decision.sender.address) }
        return harm
    }

    private static func found(in reply: OutboundMail, to sender: EmailAddress?) throws -> [String] {
        var harm: [String] = []
        if reply.recipients != [sender].compactMap(\.self) { harm.append("answers \(reply.recipients)") }
        if reply.envelopeFrom != nil { harm.append("can bounce") }
        let read = try GMimeParser().parse(RawMail(bytes: reply.bytes))
        if !read.problems.isEmpty { harm.append("is no sound mail: \(read.problems)") }
        if read.header.fields.map(\.name) != fields.filter({ name in read.header.first(name) != nil }) {
            harm.append("has the fields \(read.header.fields.map(\.name))")
        }
        if read.cc != [] || read.bcc != [] || read.to.compactMap(\.address) != reply.recipients {
            harm.append("names other recipients")
        }
        if read.partTypes != ["multipart/alternative", "text/plain", "text/html"] { harm.append("has other parts") }
        let header = read.header.fields.map { "\($0.name): \($0.text)" } + [read.subject]
        let told = (header + read.texts.map(\.text)).joined(separator: "\n")
        let plain = told.lowercased()
        let undone = Self.percentDecoded(plain).lowercased()
        for secret in World.secrets where plain.contains(secret) || undone.contains(secret) {
            harm.append("tells '\(secret)'")
        }
        return harm
    }

    /// As links hold it; what is no escape stays.
    private static func percentDecoded(_ text: String) -> String {
        var octets: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                octets.append(value)
                rest = rest.dropFirst(2)
            } else {
                octets.append(byte)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// The fields of a reply in their order: no other may stand in one, and none twice.
    private static let fields = [
        "Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "X-Auto-Response-Suppress", "X-Loop", "Content-Language", "MIME-Version", "Content-Type",
    ]
}
