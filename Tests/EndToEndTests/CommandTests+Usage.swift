import Foundation
import Testing

/// Arguments that can't be used, and the ways to get help.
@Suite struct UsageTests {
    struct Bad: CustomTestStringConvertible {
        let arguments: [String]
        let line: String
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let bad = [
        Bad(arguments: ["conifg"], line: "postern: Unexpected argument 'conifg'"),
        Bad(arguments: ["config", "show", "--bogus"], line: "postern: Unknown option '--bogus'"),
        Bad(arguments: ["config", "show", "--config"], line: "postern: Missing value for '--config <file>'"),
    ]

    @Test("Arguments that can't be used end with status 2 and one line", arguments: bad)
    func usage(_ bad: Bad) async throws {
        let result = try await Program.run(bad.arguments)
        #expect(result.status == 2)
        #expect(result.errorLines == [bad.line])
        #expect(result.output.isEmpty)
    }

    @Test("Help goes to standard output with status 0", arguments: [[], ["--help"], ["config", "show", "--help"]])
    func help(_ arguments: [String]) async throws {
        let result = try await Program.run(arguments)
        #expect(result.status == 0)
        #expect(result.output.contains("USAGE: postern"))
        #expect(result.errors.isEmpty)
    }

    @Test func `A full disk behind standard output is told`() async throws {
        let result = try await Program.run(["config", "show"], output: "/dev/full")
        #expect(result.status == 75)
        #expect(result.errors == "postern: can't write to standard output: no space left on device\n")
    }
}
