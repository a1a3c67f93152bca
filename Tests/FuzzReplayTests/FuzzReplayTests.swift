import Foundation
import FuzzTargets
import Testing

/// What the fuzzer starts from, and every input that ever broke something: run through the same targets without it.
@Suite struct `Inputs of the fuzzer` {
    struct Input: Sendable, CustomTestStringConvertible {
        let target: FuzzTarget
        let file: URL
        var testDescription: String { "\(target.name)/\(file.lastPathComponent)" }
        var bytes: [UInt8] { get throws { [UInt8](try Data(contentsOf: file)) } }
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz")

    /// The inputs below one folder, by target; nothing where the folder is missing.
    private static func inputs(in name: String) -> [Input] {
        FuzzTarget.all.flatMap { target in
            let folder = folder.appending(path: name).appending(path: target.name)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return names.sorted().map { Input(target: target, file: folder.appending(path: $0)) }
        }
    }

    static let seeds = inputs(in: "Seeds")
    static let crashes = inputs(in: "Crashes")

    @Test(.timeLimit(.minutes(1)), arguments: seeds + crashes)
    func `break no promise`(_ input: Input) throws {
        try input.target.run(try input.bytes)
    }

    /// A seed that is refused at the door teaches the fuzzer nothing about what lies behind it.
    @Test(arguments: seeds.filter { $0.target.name == "judge" })
    func `of judge come to the verdict that they are named after`(_ input: Input) throws {
        let verdict = try FuzzTarget.verdict(of: try input.bytes)
        #expect(input.file.lastPathComponent.hasPrefix("\(verdict ?? "none")-"), "\(verdict ?? "none")")
    }

    @Test func `are there for each target and each verdict`() {
        #expect(Set(Self.seeds.map(\.target.name)) == Set(FuzzTarget.all.map(\.name)))
        let verdicts = Self.seeds.filter { $0.target.name == "judge" }.map {
            $0.file.lastPathComponent.prefix { $0 != "-" }
        }
        #expect(
            Set(verdicts) == [
                "accepted", "prepared", "restricted", "incomplete", "ambiguous", "unmatched", "answered", "held",
                "refused", "ignored",
            ])
    }

    @Test(arguments: FuzzTarget.all.map(\.name))
    func `find a target that promises something`(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        #expect(target.longest >= 4_096)
        #expect(throws: Never.self) { try target.run([]) }
    }
}
