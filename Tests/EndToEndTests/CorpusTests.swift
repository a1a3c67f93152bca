import Foundation
import Testing

/// The labelled mails under `Tests/Corpus`, judged by the program itself.
@Suite struct CorpusTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus")

    /// Written by four hands one after the other, each of whose wording was judged before anything was learned from it.
    private static let learned = ["first", "second", "third", "fourth"]

    /// `make accuracy` prints the tables, those of the unseen wording too.
    @Test func `Of the mails that were learned from, none is wrongly accepted and the bounds hold`() async throws {
        let result = try await Program.run(
            ["--postern", Program.executable.path, "--strict", "--all"] + Self.learned,
            another: Self.folder.appending(path: "accuracy.py"))
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(arguments: ["second", "third", "fourth", "unseen"])
    func `The made mails are what their sentences and registries make`(set: String) async throws {
        let result = try await Program.run(["--check", set], another: Self.folder.appending(path: "generate.py"))
        #expect(result.status == 0, "\(result.errors)")
    }
}
