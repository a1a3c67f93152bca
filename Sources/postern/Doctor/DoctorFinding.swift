import Foundation

/// One line of `postern doctor`: what was looked at, and whether it holds.
struct DoctorFinding: Sendable, Equatable {
    enum Grade: String, Sendable {
        case ok
        /// Works, but not as well as it could.
        case warning
        /// Does not hold; somebody must do something.
        case failed
        /// Did not answer now; it may later.
        case temporary
    }

    let name: String
    let grade: Grade
    /// What was seen, in one line.
    let words: String
    /// What to do about it, in one line.
    let hint: String?

    init(_ name: String, _ grade: Grade, _ words: String, hint: String? = nil) {
        self.name = name
        self.grade = grade
        self.words = words
        self.hint = hint
    }

    /// What an error says of a check.
    init(_ name: String, _ error: any Error) {
        let failure = CommandFailure(error)
        self.init(name, failure.status == .temporary ? .temporary : .failed, failure.line)
    }

    /// `ok       mailbox login: …`
    var line: String {
        let mark = grade.rawValue + String(repeating: " ", count: 9 - grade.rawValue.utf8.count)
        return "\(mark)  \(name): \(words)".visible + (hint.map { " → \($0)".visible } ?? "")
    }

    var json: JSON {
        [
            "check": .string(name), "grade": .string(grade.rawValue),
            "holds": .bool(grade == .ok || grade == .warning), "words": .string(words), "hint": JSON(hint),
        ]
    }
}
