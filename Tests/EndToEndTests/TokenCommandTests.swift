import Foundation
import Mail
import Testing

@testable import postern

/// The operator's program that prints a token: what it gets, and what becomes of what it prints.
@Suite struct TokenCommandTests {
    private func run(_ script: String, patience: Duration = .seconds(60), _ arguments: [String] = []) async throws
        -> String
    {
        try await TokenCommand.run(["/bin/sh", "-c", script] + arguments, patience: patience).reveal()
    }

    @Test func `The first line is the token`() async throws {
        #expect(try await run("echo abc; echo def") == "abc")
        #expect(try await run("printf abc") == "abc")
        #expect(try await run("printf 'abc\\r\\n'") == "abc")
        #expect(try await run("echo \"$0 $1\"", ["a", "b c"]) == "a b c")
    }

    @Test func `It gets no open file, no settings and no socket of the service's manager`() async throws {
        let descriptor = open("/dev/null", O_RDONLY)
        defer { close(descriptor) }
        #expect(try await run("ls /proc/self/fd | tr '\\n' ' '") == "0 1 2 3 ")
        #expect(
            TokenCommand.environment(from: [
                "PATH": "/bin", "HOME": "/h", "CREDENTIALS_DIRECTORY": "/c", "POSTERN_MAILBOX_URL": "x",
                "NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "1", "WATCHDOG_PID": "2",
            ]) == ["PATH": "/bin", "HOME": "/h", "CREDENTIALS_DIRECTORY": "/c"])
    }

    @Test(arguments: [
        ("echo s3cret; exit 7", "token_command ended with status 7"),
        ("kill -9 $$", "token_command ended with status 137"),
        ("exit 0", "token_command printed no token"),
        ("echo", "token_command printed no token"),
        ("yes s3cret | head -c 200000", "token_command printed more than any token has"),
    ])
    func `What it says when it fails is not repeated`(_ script: String, _ reason: String) async throws {
        let fault = await #expect(throws: TransportFault.self) { try await run(script) }
        #expect(fault?.kind == .temporary)
        #expect(fault?.reason == reason)
    }

    @Test func `One that hangs is ended, with all that it has started`() async throws {
        try await Workshop.with { shop in
            let mark = shop.path("child")
            let fault = await #expect(throws: TransportFault.self) {
                try await run("sleep 1000 & echo $! > '\(mark)'; wait", patience: .milliseconds(300))
            }
            #expect(fault?.reason.hasPrefix("token_command did not end within") == true)
            let child = try #require(
                Int32(try String(contentsOfFile: mark, encoding: .utf8).trimmingCharacters(in: .newlines)))
            for _ in 0..<200 where kill(child, 0) == 0 && !isZombie(child) {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(kill(child, 0) != 0 || isZombie(child))
        }
    }

    @Test func `One that is not there is a matter of the settings`() async throws {
        let fault = await #expect(throws: TransportFault.self) {
            try await TokenCommand.run(["/nonexistent/token", "--secret", "s3cret"])
        }
        #expect(fault?.kind == .setup)
        #expect(fault?.reason == "token_command can't be started: /nonexistent/token: no such file or directory")
    }

    private func isZombie(_ process: Int32) -> Bool {
        (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8))?.contains(") Z ") ?? true
    }
}
