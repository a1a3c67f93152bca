import Defaults
import Foundation
import Judging
import Mail
import Store

/// Looks at everything that the daemon rests on, one check after another; the mail servers are in `Doctor+Servers`.
struct Doctor {
    let document: SettingsDocument
    let environment: [String: String]
    let now: Date
    /// Whether and how to send a probe; nil sends nothing.
    var probe: Probe?

    /// Every finding, in order. What a broken part makes pointless is left out.
    func examine() async -> [DoctorFinding] {
        let (settings, findings) = settingsFindings()
        guard let settings else { return findings + [await store(of: document)].flatMap(\.self) }
        async let mailbox = mailbox(settings)
        async let submission = submission(settings)
        let local =
            findings + secrets(settings) + [configuration(settings)] + inbox(settings) + (await store(of: document))
        let seen = await local + mailbox + submission
        guard let probe else { return seen }
        guard !seen.contains(where: { $0.name == "mailbox login" && $0.grade != .ok }) else {
            return seen + [DoctorFinding("probe", .temporary, "not sent: the mailbox can't be read")]
        }
        return seen + (await examineBorder(settings, probe))
    }

    private func settingsFindings() -> (Settings?, [DoctorFinding]) {
        let problems = document.allProblems(environment: environment)
        var findings = problems.map { DoctorFinding("settings", .failed, $0.description) }
        findings += document.warnings.map { DoctorFinding("settings", .warning, $0.description) }
        guard problems.isEmpty, let settings = try? document.settings(environment: environment) else {
            return (nil, findings)
        }
        let words = document.hasFile ? document.file : "\(document.file) is absent; the environment suffices"
        return (settings, findings.isEmpty ? [DoctorFinding("settings", .ok, words)] : findings)
    }

    private func secrets(_ settings: Settings) -> [DoctorFinding] {
        var seen: Set<String> = []
        return settings.secretFiles.filter { seen.insert($0.path).inserted }.map { file in
            do {
                _ = try file.read()
            } catch {
                return DoctorFinding("password file", error)
            }
            if let warning = file.permissionWarning() {
                return DoctorFinding("password file", .warning, warning.description)
            }
            return DoctorFinding("password file", .ok, file.path)
        }
    }

    private func inbox(_ settings: Settings) -> [DoctorFinding] {
        guard let inbox = settings.exports.inbox else { return [] }
        guard let problem = settings.exports.inboxProblem() else { return [DoctorFinding("inbox", .ok, inbox)] }
        return [
            DoctorFinding("inbox", .failed, problem, hint: "make the folder and let the service's user write there")
        ]
    }

    private func configuration(_ settings: Settings) -> DoctorFinding {
        do {
            let files = try JudgeAssembly.files(overlay: settings.configFolder)
            _ = try JudgeAssembly.judge(
                files: files, procedures: settings.procedures, trust: settings.trust,
                support: SupportIdentity(
                    addresses: settings.support.addresses, messageIDDomain: settings.replies.messageIDDomain))
            let counts = ["procedures", "lexicon", "wording"].map { "\(files.names(in: $0).count) \($0)" }
            return DoctorFinding("configuration", .ok, counts.joined(separator: ", ") + " files")
        } catch {
            return DoctorFinding("configuration", error)
        }
    }

    private func store(of document: SettingsDocument) async -> [DoctorFinding] {
        let path: String
        do {
            path = try SettingsReader(document, environment: environment).store()
        } catch {
            return [DoctorFinding("store", error)]
        }
        let folder = Paths.folder(of: path)
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard access(folder, W_OK) == 0 else {
                return [
                    DoctorFinding(
                        "store", .failed, "\(folder): \(CommandFailure.systemWords(for: errno))",
                        hint: "make the folder and let the service's user write there")
                ]
            }
            return [DoctorFinding("store", .ok, "\(path) is not there yet; it is made with the first import or start")]
        }
        do {
            var options = Store.Options()
            options.quickCheck = true
            let store = try Store(path: path, mode: .read, options: options)
            let size = status.st_size / 1_048_576
            let openings = StoreFiles(path).openings().map {
                DoctorFinding(
                    "store", $0.isGrave && $0.path == folder ? .failed : .warning, "\($0.path): \($0.words)",
                    hint: $0.hint)
            }
            return openings + [
                DoctorFinding("store", .ok, "\(path), \(size) MiB, quick_check passed"), await clock(store),
            ]
        } catch {
            return [DoctorFinding("store", error)]
        }
    }

    /// A clock that was set back would order mails wrongly and let limits and retries run wild.
    private func clock(_ store: Store) async -> DoctorFinding {
        var newest: Date?
        do {
            try await store.auditTrail(limit: 1) { rows in newest = rows.last?.at }
            try await store.outbox(limit: 1) { rows in newest = [newest, rows.last?.createdAt].compactMap(\.self).max()
            }
        } catch {
            return DoctorFinding("clock", error)
        }
        if let newest, newest > now.addingTimeInterval(60) {
            return DoctorFinding(
                "clock", .failed, "it is \(now.stamp), but the store's newest row is of \(newest.stamp)",
                hint: "set the clock (timedatectl)")
        }
        return DoctorFinding("clock", .ok, now.stamp)
    }
}
