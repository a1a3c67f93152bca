import Foundation
import Testing

/// The labelled mails under `Tests/Corpus`, judged by the program itself.
@Suite struct CorpusTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus")

    /// `make accuracy` prints the same tables.
    @Test func `Of the mails whose wording nothing was built from, none is wrongly accepted and the bounds hold`()
        async throws
    {
        let result = try await Program.run(
            ["--postern", Program.executable.path, "--all", "unseen"],
            another: Self.folder.appending(path: "accuracy.py"))
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func `The made mails are what their sentences and registries make`() async throws {
        let result = try await Program.run(
            ["--check", "unseen"], another: Self.folder.appending(path: "generate.py"))
        #expect(result.status == 0, "\(result.errors)")
    }
}
