package import Mail

/// A row of UIDs in the shape of a command's argument: `1:5,9,11:20` (RFC 9051 §4.1.1).
package struct UIDSet: Sendable, Hashable {
    package let text: String
    /// Ascending, each once.
    package let uids: [UID]

    /// Splits `uids` into sets of at most `count` UIDs and about `octets` octets of text, neighbours made ranges.
    /// The bound keeps command lines below the 8,000 octets that every server must take (RFC 7162 §4).
    package static func sets(of uids: [UID], count: Int = 1_000, octets: Int = 4_000) -> [UIDSet] {
        var sets: [UIDSet] = []
        var text = ""
        var members: [UID] = []
        var run: ClosedRange<UInt32>?
        func written(_ run: ClosedRange<UInt32>) -> String {
            run.count == 1 ? "\(run.lowerBound)" : "\(run.lowerBound):\(run.upperBound)"
        }
        func close() {
            if let run { text += (text.isEmpty ? "" : ",") + written(run) }
            run = nil
        }
        for uid in uids.sorted() where uid != members.last {
            if members.count >= max(1, count) || text.utf8.count >= max(1, octets - 23) {
                close()
                sets.append(UIDSet(text: text, uids: members))
                text = ""
                members = []
            }
            if let current = run, uid.number - current.upperBound == 1 {
                run = current.lowerBound...uid.number
            } else {
                close()
                run = uid.number...uid.number
            }
            members.append(uid)
        }
        close()
        if !members.isEmpty { sets.append(UIDSet(text: text, uids: members)) }
        return sets
    }
}
