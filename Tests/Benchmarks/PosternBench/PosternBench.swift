import CurlTransport
import Defaults
import Foundation
import Judging
import Mail
import MailParsing
import Reading
import Registry
import SenderTrust

/// Measures one part alone, for `bench.py`: `fetch --env FILE` (IMAP) and `judge --registry FILE FOLDER` (parsing and
/// judging, on one core), which print `{"mails": N, "seconds": S}`; `lookups --database FILE N` (searches, ``Lookups``).
@main
enum PosternBench {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        if words.count == 3, words[0] == "fetch", words[1] == "--env" {
            try await fetch(environment: words[2])
        } else if words.count == 4, words[0] == "judge", words[1] == "--registry" {
            try judge(folder: words[3], registry: words[2])
        } else if words.count == 4, words[0] == "lookups", words[1] == "--database", let count = Int(words[3]) {
            try await Lookups(database: words[2], count: count).run()
        } else {
            FileHandle.standardError.write(
                Data(
                    "usage: PosternBench fetch --env FILE | judge --registry FILE FOLDER | lookups --database FILE N\n"
                        .utf8
                ))
            exit(2)
        }
    }

    /// Downloads the whole mailbox and keeps nothing.
    private static func fetch(environment file: String) async throws {
        var values: [String: String] = [:]
        for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        let password = try String(contentsOfFile: values["PASSWORD_FILE"] ?? "", encoding: .utf8)
        var settings = try IMAPSettings(
            url: "imaps://localhost:\(values["IMAPS_PORT"] ?? "")/INBOX", user: values["USER_NAME"] ?? "",
            credential: .password(Secret(password.trimmingCharacters(in: .newlines))))
        settings.caFile = values["CA_FILE"]
        let session = try await IMAPConnector(settings: settings).connect()
        var mails = 0
        var next = UID(1)
        let clock = ContinuousClock()
        let spent = try await clock.measure {
            while let first = next {
                let listings = try await session.list(from: first, limit: 1_000)
                guard let last = listings.last else { break }
                mails += try await session.fetch(listings).count
                next = last.uid.next
            }
        }
        await session.close()
        report(mails: mails, spent: spent)
    }

    /// Parses and judges every mail of a folder, on one core.
    private static func judge(folder: String, registry: String) throws {
        var entries: [RegistryEntry] = []
        var lines = RegistryLines()
        let take: (RegistryLines.Item) -> Void = { item in
            if case .entry(let line) = item { entries.append(line.entry) }
        }
        lines.read([UInt8](try Data(contentsOf: URL(filePath: registry))), take)
        lines.finish(take)
        let index = RegistryIndex(entries: entries)
        let files = try ConfigFiles()
        let lexicon = Lexicon(try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) })
        let procedures = try files.names(in: "procedures").map { try files.decode(Procedure.self, from: $0) }
        guard let address = EmailAddress("traces-support@postern.example") else { return }
        let judge = Judge(
            procedures: procedures, lexicon: lexicon, trust: TrustSettings(authservID: "mx.postern.example"),
            support: SupportIdentity(addresses: [address], messageIDDomain: "postern.\(address.domain)"))
        let parser = GMimeParser()
        let raws = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
            RawMail(bytes: [UInt8](try Data(contentsOf: URL(filePath: folder).appending(path: $0))))
        }
        let now = Date()
        var judged = 0
        let spent = try ContinuousClock().measure {
            for raw in raws {
                let mail = try parser.parse(raw)
                let view = index.view(for: judge.key(of: mail).sender)
                if !judge.judge(mail, view: view, now: now).reason.code.isEmpty { judged += 1 }
            }
        }
        report(mails: judged, spent: spent)
    }

    private static func report(mails: Int, spent: Duration) {
        let seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) * 1e-18
        print("{\"mails\": \(mails), \"seconds\": \(seconds)}")
    }
}
