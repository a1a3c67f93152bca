package import struct Foundation.Date

/// ISO 8601 moments as the exchange format and the listings write them: `2026-11-01T09:00:00Z`.
package enum Timestamp {
    /// Reads `YYYY-MM-DD`, alone or with `Thh:mm[:ss[.fraction]]` and an optional `Z` or `±hh[:mm]`. Without an offset
    /// the time is UTC. Nil for anything else, also for days and hours that don't exist. A leap second counts as the
    /// second after it.
    package static func date(_ text: String) -> Date? {
        var reader = Reader(bytes: Array(text.utf8))
        return reader.date()
    }

    /// UTC to the millisecond, without the fraction where it is zero. Moments outside the years 1 to 9999 are shown as
    /// the nearest inside.
    package static func text(_ date: Date) -> String {
        let earliest: Int64 = -62_135_596_800_000
        let latest: Int64 = 253_402_300_799_999
        let exact = (date.timeIntervalSince1970 * 1000).rounded()
        let milliseconds = exact.isNaN ? 0 : Int64(min(max(exact, Double(earliest)), Double(latest)))
        let (days, time) = (milliseconds.floorDivided(by: 86_400_000), milliseconds.floorRemainder(by: 86_400_000))
        let (year, month, day) = civil(fromDays: days)
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let seconds = time / 1000
        let fraction = time % 1000 == 0 ? "" : "." + padded(time % 1000, 3)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
            + "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))\(fraction)Z"
    }

    /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar: whole 400-year cycles of 146,097 days, the
    /// year beginning in March so that the leap day is its last.
    fileprivate static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let cycle = shifted.floorDivided(by: 400)
        let yearOfCycle = shifted - cycle * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let cycle = shifted.floorDivided(by: 146_097)
        let dayOfCycle = shifted - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        mutating func date() -> Date? {
            guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), year >= 1,
                (1...12).contains(month), (1...Timestamp.length(ofMonth: month, year: year)).contains(day)
            else { return nil }
            let midnight = Timestamp.days(year: year, month: month, day: day) * 86_400
            if place == bytes.count { return Date(timeIntervalSince1970: Double(midnight)) }
            guard skip("T") || skip("t") || skip(" "), let hour = number(2), skip(":"), let minute = number(2),
                hour < 24, minute < 60
            else { return nil }
            var seconds = 0.0
            if skip(":") {
                guard let whole = number(2), whole <= 60, let fraction = fraction() else { return nil }
                seconds = Double(whole) + fraction
            }
            guard let offset = offset(), place == bytes.count else { return nil }
            return Date(timeIntervalSince1970: Double(midnight + hour * 3600 + minute * 60 - offset) + seconds)
        }

        private mutating func number(_ width: Int) -> Int64? {
            guard bytes.count - place >= width else { return nil }
            var value: Int64 = 0
            for byte in bytes[place..<place + width] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            place += width
            return value
        }

        private mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        /// The digits after a point or comma, as a part of a second; zero without one, nil without digits.
        private mutating func fraction() -> Double? {
            guard skip(".") || skip(",") else { return 0 }
            var value = 0.0
            var unit = 1.0
            let start = place
            while place < bytes.count, let digit = number(1) {
                // Nanoseconds are finer than anything kept here; further digits are read over.
                guard place - start <= 9 else { continue }
                value = value * 10 + Double(digit)
                unit *= 10
            }
            return place > start ? value / unit : nil
        }

        /// Seconds east of UTC; zero without an offset, nil for one that can't be.
        private mutating func offset() -> Int64? {
            if place == bytes.count || skip("Z") || skip("z") { return 0 }
            let isEast = skip("+")
            guard isEast || skip("-"), let hours = number(2), hours < 24 else { return nil }
            var minutes: Int64 = 0
            if place < bytes.count {
                _ = skip(":")
                guard let read = number(2), read < 60 else { return nil }
                minutes = read
            }
            return (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
        }
    }

    private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }

    fileprivate func floorRemainder(by divisor: Int64) -> Int64 { self - floorDivided(by: divisor) * divisor }
}
