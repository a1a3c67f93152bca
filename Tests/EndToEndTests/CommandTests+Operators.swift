import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

/// Who may do what at the keyboard, by the map in the settings.
@Suite struct OperatorsCommandTests {
    /// What a command comes to.
    enum Fate: String {
        /// Whoever is at the keyboard may not.
        case denied = "-"
        /// Written down, for somebody else to submit.
        case prepared = "prepare"
        /// Nothing stands against it but perhaps what it is about.
        case allowed = "yes"

        init(_ result: Program.Result) {
            let isDenied = ["may do nothing here", "has the profile", "to drop it takes"].contains {
                result.errors.contains($0)
            }
            if isDenied {
                self = result.status == 2 && result.output.isEmpty ? .denied : .allowed
            } else {
                self = result.output.contains(" is prepared: ") ? .prepared : .allowed
            }
        }
    }

    /// Each command; what it comes to for somebody not in the map, for consultation, administrative and submission.
    /// Mails 1 to 4 are held, request R-1 is confirmed, R-2 requested; nothing else that is named here exists.
    static let table: [(command: String, nobody: Fate, consultation: Fate, administrative: Fate, submission: Fate)] = [
        // Bound by no map.
        ("config check", .allowed, .allowed, .allowed, .allowed),
        ("config show", .allowed, .allowed, .allowed, .allowed),
        ("reasons ok", .allowed, .allowed, .allowed, .allowed),
        // To look.
        ("messages list", .denied, .allowed, .allowed, .allowed),
        ("messages list --held", .denied, .allowed, .allowed, .allowed),
        ("messages show 1", .denied, .allowed, .allowed, .allowed),
        ("messages raw 1", .denied, .allowed, .allowed, .allowed),
        ("outbox list", .denied, .allowed, .allowed, .allowed),
        ("outbox show 9", .denied, .allowed, .allowed, .allowed),
        ("decision list", .denied, .allowed, .allowed, .allowed),
        ("decision show 9", .denied, .allowed, .allowed, .allowed),
        ("audit", .denied, .allowed, .allowed, .allowed),
        ("status", .denied, .allowed, .allowed, .allowed),
        ("check no.eml", .denied, .allowed, .allowed, .allowed),
        ("export", .denied, .allowed, .allowed, .allowed),
        ("request list", .denied, .allowed, .allowed, .allowed),
        ("request show R-1", .denied, .allowed, .allowed, .allowed),
        ("account list", .denied, .allowed, .allowed, .allowed),
        ("account show A-1", .denied, .allowed, .allowed, .allowed),
        ("operator list", .denied, .allowed, .allowed, .allowed),
        ("operator search Drvo", .denied, .allowed, .allowed, .allowed),
        ("authority list", .denied, .allowed, .allowed, .allowed),
        ("authority search Zagreb", .denied, .allowed, .allowed, .allowed),
        ("role list", .denied, .allowed, .allowed, .allowed),
        ("eori list", .denied, .allowed, .allowed, .allowed),
        ("mandate list", .denied, .allowed, .allowed, .allowed),
        ("delegation list", .denied, .allowed, .allowed, .allowed),
        // To decide.
        ("messages release 1", .denied, .denied, .prepared, .allowed),
        ("messages release 2 --as-verified --note known", .denied, .denied, .prepared, .allowed),
        ("messages refuse 3 --note forged", .denied, .denied, .prepared, .allowed),
        ("messages ignore 4", .denied, .denied, .prepared, .allowed),
        ("request grant R-1 --no-mail", .denied, .denied, .prepared, .allowed),
        ("request refuse R-2 --no-mail", .denied, .denied, .prepared, .allowed),
        ("decision drop 9", .denied, .denied, .allowed, .allowed),
        // To change.
        ("decision submit 9", .denied, .denied, .denied, .allowed),
        ("messages replay 9", .denied, .denied, .denied, .allowed),
        ("outbox retry 9", .denied, .denied, .denied, .allowed),
        ("outbox abandon 9", .denied, .denied, .denied, .allowed),
        ("request importer --account A-9 --operator OP-1", .denied, .denied, .denied, .allowed),
        ("request authority --account A-9 --authority CO-HR", .denied, .denied, .denied, .allowed),
        ("request withdraw R-9 --no-mail", .denied, .denied, .denied, .allowed),
        ("request reopen R-9 --no-mail", .denied, .denied, .denied, .allowed),
        ("account add --first-name A --last-name B --mailbox new@drvo.example", .denied, .denied, .denied, .allowed),
        ("account change A-9 --first-name B", .denied, .denied, .denied, .allowed),
        ("account activate A-9 --note x", .denied, .denied, .denied, .allowed),
        ("account disable A-9 --note x", .denied, .denied, .denied, .allowed),
        ("operator create --name Nova --country HR", .denied, .denied, .denied, .allowed),
        ("import no.jsonl", .denied, .denied, .denied, .allowed),
        ("import --dry-run no.jsonl", .denied, .denied, .denied, .allowed),
        ("backup no/folder/copy.db", .denied, .denied, .denied, .allowed),
    ]

    @Test func `Each command does what the profile allows and no more`() async throws {
        try await HeldMails.open { held in
            // In this order: what somebody may only prepare is there to be done by the next.
            for (index, profile) in ["nobody", "consultation", "administrative", "submission"].enumerated() {
                let settings = try held.settings(for: profile)
                let before = try await held.dump()
                for row in Self.table {
                    let arguments = row.command.split(separator: " ").map(String.init)
                    let result = try await Program.run(arguments + ["--config", settings])
                    #expect(
                        Fate(result) == [row.nobody, row.consultation, row.administrative, row.submission][index],
                        "\(profile): \(row.command): \(result.status) \(result.output) \(result.errors)")
                }
                // Who may not change anything has changed nothing: neither mails nor the registry.
                if profile != "submission" { #expect(try await held.dump() == before, "\(profile)") }
            }
            #expect(try await held.lines("decision", "list", "--json").count == 6)
            #expect(
                try await held.field("verdict", of: ["messages", "list"]) == ["<null>", "<null>", "refused", "ignored"])
            #expect(try await held.field("status", of: ["request", "list"]) == ["granted", "refused"])
        }
    }

    @Test func `What one prepares another submits, once, and both are named`() async throws {
        try await HeldMails.open { held in
            let prepares = try held.settings(for: "administrative")
            let submits = try held.settings(for: "submission")
            let prepared = try await Program.run([
                "messages", "release", "2", "--as-verified", "--note", "rang her up", "--json", "--config", prepares,
            ])
            #expect(
                prepared.lines == [
                    #"{"decision":1,"state":"prepared","does":{"command":"messages release","id":2,"asVerified":true,"sender":"zeljko@drvo.example"}}"#
                ])
            #expect(try await held.lines("messages", "list", "--held", "--json").count == 4)
            let second = try await Program.run(["messages", "ignore", "2", "--config", prepares])
            #expect(second.status == 2)
            #expect(second.errors.contains("decision 1 about message 2, prepared by user:"))
            #expect(
                try await held.lines("messages", "show", "2").contains {
                    $0.hasPrefix(
                        "waits: decision 1, release mail 2 as verified, from zeljko@drvo.example, prepared by user:")
                })
            let early = try await Program.run(["decision", "submit", "1", "--config", prepares])
            #expect(early.status == 2)
            let done = try await Program.run(["decision", "submit", "1", "--config", submits])
            #expect(try await held.lines("messages", "show", "2").contains { $0.hasPrefix("waits: ") } == false)
            #expect(done.lines == ["mail 2 waits to be judged again, as verified from zeljko@drvo.example"])
            let again = try await Program.run(["decision", "submit", "1", "--config", submits])
            #expect(again.status == 1)
            #expect(again.errors.contains("decision 1 is submitted already, by user:"))
            #expect(try await held.lines("decision", "list", "--json").isEmpty)
            #expect(try await held.lines("decision", "list", "--all", "--json").count == 1)
            let audit = try await held.lines("audit", "--json", "--subject", "message 2")
            #expect(audit.last?.contains(#""action":"mail.verified""#) == true)
            #expect(audit.last?.contains(#""sender":"zeljko@drvo.example","decision":1,"preparedBy":"user:"#) == true)
            #expect(audit.last?.contains(#""note":"rang her up""#) == true)
            let shown = try await held.lines("messages", "show", "2")
            #expect(shown.contains { $0.contains("verified as from zeljko@drvo.example by user:") })
            #expect(shown.contains { $0.contains(", prepared by user:") && $0.hasSuffix(": rang her up") })
        }
    }

    @Test func `What has moved on since it was prepared is not submitted`() async throws {
        try await HeldMails.open { held in
            let prepares = try held.settings(for: "administrative")
            let submits = try held.settings(for: "submission")
            for arguments in [
                ["messages", "refuse", "3", "--note", "forged"], ["request", "refuse", "R-2", "--no-mail"],
            ] {
                #expect(try await Program.run(arguments + ["--config", prepares]).status == 0)
            }
            // Another operator's release, and the same reason again: it isn't the round that was looked at.
            #expect(try await Program.run(["messages", "release", "3", "--config", submits]).status == 0)
            let undecided = try await Program.run(["decision", "submit", "1", "--config", submits])
            #expect(undecided.status == 1)
            #expect(undecided.errors.contains("message 3 has moved on since decision 1 was prepared"))
            // Withdrawn and reopened: open again, but in another round.
            for move in ["withdraw", "reopen"] {
                let moved = try await Program.run(["request", move, "R-2", "--no-mail", "--config", submits])
                #expect(moved.status == 0, "\(moved.errors)")
            }
            let request = try await Program.run(["decision", "submit", "2", "--config", submits])
            #expect(request.status == 1)
            #expect(request.errors.contains("request R-2 has moved on since decision 2 was prepared"))
            #expect(try await held.field("status", of: ["request", "list"]) == ["confirmed", "requested"])
            let dropped = try await Program.run(["decision", "drop", "1", "--note", "overtaken", "--config", prepares])
            #expect(dropped.lines == ["decision 1 is dropped"])
            #expect(try await held.lines("decision", "list", "--json").count == 1)
        }
    }

    /// YAML below `operators`, and what is said of it, with status 2.
    static let broken: [(yaml: String, reason: String)] = [
        ("{users: {anna: boss}}", "operators.users.anna must be one of consultation, administrative, submission"),
        ("{users: {anna: [submission]}}", "operators.users.anna must be one of"),
        ("{user: {anna: submission}}", "operators.user is no such key; did you mean 'users'?"),
        ("{users: anna}", "operators.users must hold names and profiles (anna: submission)"),
        ("{users: {}}", "operators names nobody: name users or groups with their profiles, or leave it out"),
        ("anna", "operators names nobody"),
    ]

    @Test func `A map that can't be understood lets nobody do anything`() async throws {
        try await HeldMails.open { held in
            for (yaml, reason) in Self.broken {
                let settings = try held.shop.settings("operators: \(yaml)\n")
                for command in [["messages", "list"], ["config", "check"], ["messages", "ignore", "1"]] {
                    let result = try await Program.run(command + ["--config", settings])
                    #expect(result.status == 2, "\(command) \(yaml)")
                    #expect(result.errors.contains(reason), "\(result.errors)")
                }
            }
            #expect(try await held.lines("messages", "list", "--held", "--json").count == 4)
        }
    }

    @Test func `Names that the machine does not know are told, and the map is shown`() async throws {
        try await HeldMails.open { held in
            let settings = try held.shop.settings(
                "operators: {users: {nosuchuser: submission}, groups: {nosuchgroup: consultation}}\n")
            let checked = try await Program.run(["config", "check", "--config", settings])
            #expect(checked.status == 1)
            #expect(checked.output.contains("operators.users.nosuchuser: this machine has no such user"))
            #expect(checked.output.contains("operators.groups.nosuchgroup: this machine has no such group"))
            let shown = try await Program.run(["config", "show", "--json", "--config", settings])
            #expect(shown.output.contains(#"{"key":"operators.groups.nosuchgroup","value":"consultation","from":"#))
        }
    }

    @Test func `The profile of a group counts for its members`() async throws {
        try await HeldMails.open { held in
            let group = try #require(getgrgid(getgid()).flatMap { String(cString: $0.pointee.gr_name) })
            let settings = try held.shop.settings("operators: {groups: {\(group): consultation}}\n")
            #expect(try await Program.run(["messages", "list", "--config", settings]).status == 0)
            #expect(try await Program.run(["messages", "ignore", "1", "--config", settings]).status == 2)
        }
    }

    @Test func `Nothing in the environment says who somebody is`() async throws {
        try await HeldMails.open { held in
            let settings = try held.shop.settings("operators: {users: {nosuchuser: submission}}\n")
            let result = try await Program.run(
                ["messages", "ignore", "1", "--config", settings],
                environment: [
                    "SUDO_USER": "nosuchuser", "SUDO_UID": "0", "USER": "nosuchuser", "LOGNAME": "nosuchuser",
                ])
            #expect(result.status == 2)
            #expect(result.errors.contains("may do nothing here"))
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
    func `Two people's decision names both, and only who prepared it drops it`() async throws {
        try await HeldMails.open { held in
            let other = try #require(getpwuid(65_534).flatMap { String(cString: $0.pointee.pw_name) })
            let settings = try held.shop.settings("operators: {users: {root: submission, \(other): administrative}}\n")
            for name in ["", "postern.yaml", "postern.db", "postern.db-journal"] { chmod(held.shop.path(name), 0o777) }
            func asOther(_ arguments: String...) async throws -> Program.Result {
                try await Program.run(
                    ["--reuid", "65534", "--regid", "65534", "--clear-groups", try Program.executable.path] + arguments
                        + ["--config", settings], another: URL(filePath: "/usr/bin/setpriv"))
            }
            let prepared = try await asOther("messages", "ignore", "4", "--note", "spam")
            #expect(prepared.status == 0, "\(prepared.errors)")
            #expect(try await asOther("decision", "submit", "1").status == 2)
            #expect(try await asOther("messages", "replay", "4").status == 2)
            let done = try await Program.run(["decision", "submit", "1", "--config", settings])
            #expect(done.lines == ["mail 4 is ignored; nobody is answered"])
            let audit = try #require(try await held.lines("audit", "--json", "--subject", "message 4").last)
            #expect(audit.contains(#""actor":"user:root (uid 0)"#))
            #expect(audit.contains("\"preparedBy\":\"user:\(other) (uid 65534)"))

            let mine = try held.shop.settings("operators: {users: {root: administrative, \(other): administrative}}\n")
            #expect(try await Program.run(["messages", "ignore", "1", "--config", mine]).status == 0)
            chmod(held.shop.path("postern.yaml"), 0o777)
            let foreign = try await asOther("decision", "drop", "2")
            #expect(foreign.status == 2)
            #expect(foreign.errors.contains("decision 2 was prepared by root; to drop it takes submission"))
            #expect(try await Program.run(["decision", "drop", "2", "--config", mine]).status == 0)
        }
    }
}
