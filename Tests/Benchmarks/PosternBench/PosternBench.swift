import CurlTransport
import Defaults
import Foundation
import Judging
import Mail
import MailParsing
import Reading
import Registry
import SenderTrust

/// Rates of single parts: `postern-bench fetch` (IMAP alone) and `postern-bench judge` (parsing and judging on one core).
@main
enum PosternBench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "fetch" where arguments.count == 5:
            let list = Array(arguments)
            try await fetch(url: list[1], user: list[2], passwordFile: list[3], caFile: list[4])
        case "judge" where arguments.count == 6:
            let list = Array(arguments)
            try judge(folder: list[1], registry: list[2], authservID: list[3], support: list[4], rounds: Int(list[5]) ?? 1)
        default:
            print("usage: postern-bench fetch URL USER PASSWORD_FILE CA_FILE | judge FOLDER REGISTRY AUTHSERV_ID SUPPORT ROUNDS")
        }
    }

    /// Downloads the whole mailbox and keeps nothing.
    private static func fetch(url: String, user: String, passwordFile: String, caFile: String) async throws {
        let password = try String(contentsOfFile: passwordFile, encoding: .utf8).trimmingCharacters(in: .newlines)
        var settings = try IMAPSettings(url: url, user: user, credential: .password(password))
        settings.caFile = caFile
        let session = try await IMAPConnector(settings: settings).connect()
        var mails = 0
        var octets = 0
        var next = UID(1)
        let clock = ContinuousClock()
        let spent = try await clock.measure {
            while let first = next {
                let listings = try await session.list(from: first, limit: 1_000)
                guard let last = listings.last else { break }
                for mail in try await session.fetch(listings) {
                    mails += 1
                    octets += mail.raw?.bytes.count ?? 0
                }
                next = last.uid.next
            }
        }
        await session.close()
        report("fetch", count: mails, octets: octets, spent: spent)
    }

    /// Parses and judges every mail of a folder, on one core, `rounds` times.
    private static func judge(
        folder: String, registry: String, authservID: String, support: String, rounds: Int
    ) throws {
        var entries: [RegistryEntry] = []
        var lines = RegistryLines()
        let take: (RegistryLines.Item) -> Void = { item in
            if case .success(let line) = item { entries.append(line.entry) }
        }
        lines.read([UInt8](try Data(contentsOf: URL(filePath: registry))), take)
        lines.finish(take)
        let index = RegistryIndex(entries: entries)
        let files = try ConfigFiles()
        let lexicon = Lexicon(try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) })
        let procedures = try files.names(in: "procedures").map { try files.decode(Procedure.self, from: $0) }
        guard let address = EmailAddress(support) else { return }
        let judge = Judge(
            procedures: procedures, lexicon: lexicon, trust: TrustSettings(authservID: authservID),
            support: SupportIdentity(addresses: [address], messageIDDomain: "postern.\(address.domain)"))
        let parser = GMimeParser()
        let raws = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
            RawMail(bytes: [UInt8](try Data(contentsOf: URL(filePath: folder).appending(path: $0))))
        }
        var verdicts: [Verdict: Int] = [:]
        var octets = 0
        let now = Date()
        let spent = try ContinuousClock().measure {
            for _ in 0..<rounds {
                for raw in raws {
                    let mail = try parser.parse(raw)
                    let view = index.view(for: judge.key(of: mail).sender)
                    verdicts[judge.judge(mail, view: view, now: now).verdict, default: 0] += 1
                    octets += raw.bytes.count
                }
            }
        }
        report("judge", count: raws.count * rounds, octets: octets, spent: spent)
        for (verdict, count) in verdicts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            print("  \(verdict.rawValue) \(count / rounds)")
        }
    }

    private static func report(_ what: String, count: Int, octets: Int, spent: Duration) {
        let seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) * 1e-18
        print("\(what): \(count) mails, \(octets / 1024) KiB, \(Int(Double(count) / seconds)) mails/s")
    }
}
