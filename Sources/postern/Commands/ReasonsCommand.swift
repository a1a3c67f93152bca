import ArgumentParser

/// `postern reasons`: what the reason codes of verdicts mean, and what to do.
struct ReasonsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reasons", abstract: "Say what reason codes mean, and what support staff can do.")

    @Argument(help: "Codes such as sender.two-from; none: all of them.")
    var codes: [String] = []

    @OptionGroup var format: FormatOptions

    func run() async throws {
        let chosen =
            try codes.isEmpty
            ? ReasonWords.all
            : codes.map { code throws(CommandFailure) in
                guard let words = ReasonWords.of(code) else {
                    throw .unusable(
                        "there is no reason '\(code)'" + Spelling.hint(code, among: ReasonWords.all.map(\.code)))
                }
                return words
            }
        var output = Output()
        for words in chosen {
            if format.json {
                try output.json([
                    "code": .string(words.code), "explanation": .string(words.explanation), "hint": JSON(words.hint),
                ])
            } else {
                try output.line("\(words.code): \(words.explanation)")
                if let hint = words.hint { try output.line("    \(hint)") }
            }
        }
        try output.finish()
    }
}
