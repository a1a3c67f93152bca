/// How a file writes its dates: `dd.MM.yyyy`, `M/d/yyyy HH:mm`. Letters stand for the parts, everything else for itself.
///
/// `d`, `M` and `H` are one or two digits, `dd`, `MM`, `HH`, `mm` and `ss` two, `yyyy` four. A time may be absent where the
/// pattern has one, and `HH:mm` or `HH:mm:ss` may follow where it has none. Times are UTC.
package struct DatePattern: Sendable, Hashable {
    /// Why a pattern can't be used, in one phrase.
    package struct Fault: Error, Sendable, Hashable { package let reason: String }

    private enum Part: Sendable, Hashable {
        case year, month(exact: Bool), day(exact: Bool), hour(exact: Bool), minute, second
        case literal(UInt8)

        var isTime: Bool {
            switch self {
            case .hour, .minute, .second: true
            default: false
            }
        }
    }

    package let text: String
    private let date: [Part]
    private let time: [Part]

    package init(_ text: String) throws(Fault) {
        var parts: [Part] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            let run = rest.prefix { $0 == first }
            rest = rest.dropFirst(run.count)
            switch (first, run.count) {
            case (UInt8(ascii: "y"), 4): parts.append(.year)
            case (UInt8(ascii: "M"), 1...2): parts.append(.month(exact: run.count == 2))
            case (UInt8(ascii: "d"), 1...2): parts.append(.day(exact: run.count == 2))
            case (UInt8(ascii: "H"), 1...2): parts.append(.hour(exact: run.count == 2))
            case (UInt8(ascii: "m"), 2): parts.append(.minute)
            case (UInt8(ascii: "s"), 2): parts.append(.second)
            case (UInt8(ascii: "T"), 1): parts.append(.literal(first))
            case (UInt8(ascii: "a")...UInt8(ascii: "z"), _), (UInt8(ascii: "A")...UInt8(ascii: "Z"), _):
                throw Fault(
                    reason:
                        "'\(String(decoding: run, as: UTF8.self))' is no part of a date (d, dd, M, MM, yyyy, HH, mm, ss)"
                )
            default: parts += run.map { .literal($0) }
            }
        }
        let time = parts.firstIndex(where: \.isTime) ?? parts.count
        // The separators before the time go with it.
        let end = parts[..<time].lastIndex { if case .literal = $0 { false } else { true } }.map { $0 + 1 } ?? 0
        self.text = text
        date = Array(parts[..<(time == parts.count ? parts.count : end)])
        self.time = Array(parts[date.count...])
        func count(_ matches: (Part) -> Bool) -> Int { parts.count(where: matches) }
        guard count({ $0 == .year }) == 1, count({ if case .month = $0 { true } else { false } }) == 1,
            count({ if case .day = $0 { true } else { false } }) == 1
        else { throw Fault(reason: "must name day (d, dd), month (M, MM) and year (yyyy) once each") }
        guard self.time.allSatisfy({ if case .literal = $0 { true } else { $0.isTime } }) else {
            throw Fault(reason: "must have the time behind the date")
        }
        let hours = count { if case .hour = $0 { true } else { false } }
        let (minutes, seconds) = (count { $0 == .minute }, count { $0 == .second })
        guard hours == minutes, hours <= 1, seconds <= hours else {
            throw Fault(reason: "must have a time of HH:mm or HH:mm:ss")
        }
    }

    /// The ISO 8601 forms of a text in this pattern: its day and its moment. Nil for any other text, also for days that
    /// don't exist.
    package func read(_ text: String) -> (day: String, moment: String)? {
        var rest = Array(text.utf8)[...]
        guard let date = Self.read(date, &rest) else { return nil }
        var time = Fields()
        if !rest.isEmpty {
            let shapes = self.time.isEmpty ? Self.usualTimes : [self.time]
            guard
                let read = shapes.lazy.compactMap({ shape in
                    var left = rest
                    return Self.read(shape, &left).flatMap { left.isEmpty ? $0 : nil }
                }).first
            else { return nil }
            time = read
        }
        guard time.hour < 24, time.minute < 60, time.second < 60,
            let day = Day("\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))")
        else { return nil }
        return (
            day.text, "\(day)T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))Z"
        )
    }

    private struct Fields {
        var (year, month, day, hour, minute, second) = (0, 0, 0, 0, 0, 0)
    }

    private static let usualTimes: [[Part]] = [UInt8(ascii: " "), UInt8(ascii: "T")].flatMap { separator in
        let minutes: [Part] = [.literal(separator), .hour(exact: false), .literal(UInt8(ascii: ":")), .minute]
        return [minutes, minutes + [.literal(UInt8(ascii: ":")), .second]]
    }

    private static func read(_ parts: [Part], _ rest: inout ArraySlice<UInt8>) -> Fields? {
        var fields = Fields()
        func number(_ shortest: Int, _ longest: Int) -> Int? {
            let digits = rest.prefix(longest).prefix { (0x30...0x39).contains($0) }
            guard digits.count >= shortest else { return nil }
            rest = rest.dropFirst(digits.count)
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        for part in parts {
            let read: Int?
            switch part {
            case .literal(let byte):
                guard rest.first == byte else { return nil }
                rest = rest.dropFirst()
                continue
            case .year:
                read = number(4, 4)
                fields.year = read ?? 0
            case .month(let exact):
                read = number(exact ? 2 : 1, 2)
                fields.month = read ?? 0
            case .day(let exact):
                read = number(exact ? 2 : 1, 2)
                fields.day = read ?? 0
            case .hour(let exact):
                read = number(exact ? 2 : 1, 2)
                fields.hour = read ?? 0
            case .minute:
                read = number(2, 2)
                fields.minute = read ?? 0
            case .second:
                read = number(2, 2)
                fields.second = read ?? 0
            }
            if read == nil { return nil }
        }
        return fields
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
