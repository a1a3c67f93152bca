import Registry

/// What an import came to.
package struct ImportSummary: Sendable, Hashable, Encodable {
    /// One line that was not taken up, or is doubtful.
    package struct Rejection: Sendable, Hashable, Encodable {
        package let line: Int
        package let reason: String
    }

    /// More lines of a kind than these are counted, not listed: a file of another format must not fill the memory.
    package static let mostListed = 10_000

    package internal(set) var added = 0
    package internal(set) var changed = 0
    package internal(set) var unchanged = 0
    package internal(set) var rejectedCount = 0
    /// By line; at most ``mostListed``.
    package internal(set) var rejected: [Rejection] = []
    package internal(set) var warningCount = 0
    /// What is doubtful about lines that were taken up all the same, by line; at most ``mostListed``.
    package internal(set) var warnings: [Rejection] = []
    /// Members that Postern doesn't know, as `type.member`, with how many lines have them.
    package internal(set) var unknownKeys: [String: Int] = [:]
    /// Whether the registry holds the good lines now: false after a dry run, and after a rejected line unless the
    /// import was partial.
    package internal(set) var taken = false

    mutating func reject(_ problem: RegistryLineProblem) {
        rejectedCount += 1
        if rejected.count < Self.mostListed { rejected.append(Rejection(line: problem.line, reason: problem.reason)) }
    }

    mutating func warn(line: Int, _ reason: String) {
        warningCount += 1
        if warnings.count < Self.mostListed { warnings.append(Rejection(line: line, reason: reason)) }
    }

    mutating func note(unknownKeys keys: [String], of type: RegistryEntry.EntityType) {
        for key in keys where unknownKeys.count < Self.mostListed || unknownKeys["\(type.rawValue).\(key)"] != nil {
            unknownKeys["\(type.rawValue).\(key)", default: 0] += 1
        }
    }
}
