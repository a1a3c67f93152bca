/// Finds what somebody probably meant to type.
enum Spelling {
    /// `; did you mean 'mailbox.url'?`, or nothing when no name is near.
    static func hint(_ typed: String, among names: [String]) -> String {
        let near = names.map { (name: $0, distance: distance(typed, $0)) }.min { $0.distance < $1.distance }
        guard let near, near.distance <= max(1, min(3, typed.utf8.count / 4)) else { return "" }
        return "; did you mean '\(near.name)'?"
    }

    /// Levenshtein's distance over bytes; long texts are simply far.
    static func distance(_ one: String, _ other: String) -> Int {
        let a = Array(one.utf8)
        let b = Array(other.utf8)
        guard a.count <= 100, b.count <= 100 else { return .max }
        var previous = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var row = [i + 1]
            for (j, y) in b.enumerated() {
                row.append(min(previous[j] + (x == y ? 0 : 1), previous[j + 1] + 1, row[j] + 1))
            }
            previous = row
        }
        return previous[b.count]
    }
}
