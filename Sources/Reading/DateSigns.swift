/// Tells a mail program's dates and times from other figures.
enum DateSigns {
    /// Whether a time of day stands in the text: `10:15`, `10h15`, or `10.15` that is no part of a date.
    static func hasTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        contains(bytes) { run in
            let parts = run.split(omittingEmptySubsequences: false) { $0 == 0x3A || $0 == 0x68 }
            if parts.count >= 2, isShort(parts[0]), parts[1].count == 2 { return true }
            let groups = run.split(separator: 0x2E, omittingEmptySubsequences: false)
            guard groups.count == 2, isShort(groups[0]), groups[1].count == 2 else { return false }
            return number(groups[0]) < 24 && number(groups[1]) < 60
        }
    }

    /// Whether a year from 1900 to 2099 stands in the text, alone or in a date.
    static func hasYear(_ bytes: ArraySlice<UInt8>) -> Bool {
        contains(bytes) { run in
            run.split { $0 == 0x2E || $0 == 0x3A || $0 == 0x68 }.contains { group in
                group.count == 4 && (group.starts(with: "20".utf8) || group.starts(with: "19".utf8))
            }
        }
    }

    /// How many digits stand outside `<…>`.
    static func digitsOutsideAddresses(_ bytes: ArraySlice<UInt8>) -> Int {
        var inside = false
        var digits = 0
        for byte in bytes {
            if byte == 0x3C { inside = true } else if byte == 0x3E { inside = false }
            if !inside, isDigit(byte) { digits += 1 }
        }
        return digits
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Whether one of the runs of digits, colons, stops and `h` between digits satisfies `test`.
    private static func contains(_ bytes: ArraySlice<UInt8>, where test: (ArraySlice<UInt8>) -> Bool) -> Bool {
        var at = bytes.startIndex
        while at < bytes.endIndex {
            guard isDigit(bytes[at]) else {
                at += 1
                continue
            }
            var end = at
            while end < bytes.endIndex,
                isDigit(bytes[end]) || bytes[end] == 0x3A || bytes[end] == 0x2E
                    || (bytes[end] == 0x68 && end + 1 < bytes.endIndex && isDigit(bytes[end + 1]))
            {
                end += 1
            }
            let run = bytes[at..<end]
            if test(run.last == 0x3A ? run.dropLast() : run) { return true }
            at = end
        }
        return false
    }

    private static func isShort(_ digits: ArraySlice<UInt8>) -> Bool { (1...2).contains(digits.count) }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int { digits.reduce(0) { $0 * 10 + Int($1) - 0x30 } }
}
