import Foundation
import Registry

extension JSON {
    /// A value that was read. A number that is none of ours stays as text.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let written): self = Int64(written).map(JSON.number) ?? .written(written)
        case .string(let text): self = .string(text)
        case .array(let values): self = .array(values.map { JSON($0) })
        case .object(let members): self = .object(members.map { Member(key: $0.name, value: JSON($0.value)) })
        }
    }

    /// A line of JSON that the store keeps, read again so that it is printed like everything else.
    init(stored line: String) {
        self = (try? JSONValue(parsing: Array(line.utf8))).map { JSON($0) } ?? .string(line)
    }

    /// As people are shown it: texts without quotation marks, lists with commas, nothing as `-`.
    var shown: String {
        switch self {
        case .null: "-"
        case .string(let text): text
        case .array(let values): values.isEmpty ? "-" : values.map(\.shown).joined(separator: ", ")
        case .object(let members): members.map { "\($0.key) \($0.value.shown)" }.joined(separator: ", ")
        default: line
        }
    }

    /// The members of an object; none for anything else.
    var members: [Member] { if case .object(let members) = self { members } else { [] } }

    /// The member of an object as people are shown it.
    func shown(_ key: String) -> String { members.first { $0.key == key }?.value.shown ?? "-" }
}

extension Date {
    init?(argument: String) {
        guard let date = Timestamp.date(argument) else { return nil }
        self = date
    }

    /// `2026-11-21T05:34:30Z`: the form of all times in output.
    var stamp: String { Timestamp.text(self) }
}
