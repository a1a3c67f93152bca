import Mail

import struct Foundation.Date

/// Reads the date-time of RFC 5322 §3.3 and its obsolete forms (§4.3).
enum DateField {
    /// Nil when the octets are no date.
    static func parse(_ bytes: [UInt8]) -> Date? {
        var tokens = tokens(bytes.prefix(200))[...]
        if let first = tokens.first, first.utf8.first?.isASCIILetter == true { tokens.removeFirst() }
        guard tokens.count >= 4, let day = number(tokens[tokens.startIndex]), (1...31).contains(day),
            let month = months[tokens[tokens.startIndex + 1].asciiLowercased],
            let year = year(tokens[tokens.startIndex + 2]),
            let seconds = timeOfDay(tokens[tokens.startIndex + 3]),
            day <= daysInMonth(month, year)
        else { return nil }
        let zone = tokens.count > 4 ? offset(tokens[tokens.startIndex + 4]) : 0
        guard let zone else { return nil }
        let total = daysSince1970(year: year, month: month, day: day) * 86_400 + seconds - zone
        return Date(timeIntervalSince1970: Double(total))
    }

    /// Words without comments, commas counting as white space.
    private static func tokens(_ bytes: ArraySlice<UInt8>) -> [String] {
        var tokens: [String] = []
        var token: [UInt8] = []
        var comments = 0
        for byte in bytes + [UInt8(ascii: " ")] {
            if byte == UInt8(ascii: "(") {
                comments += 1
            } else if byte == UInt8(ascii: ")"), comments > 0 {
                comments -= 1
            } else if comments > 0 {
                continue
            } else if byte.isBlank || byte == UInt8(ascii: ",") {
                if !token.isEmpty { tokens.append(String(decoding: token, as: UTF8.self)) }
                token.removeAll()
            } else {
                token.append(byte)
            }
        }
        return tokens
    }

    private static let months = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
        "dec": 12,
    ]

    /// Digits only, at most four.
    private static func number(_ text: some StringProtocol) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(text)
    }

    /// Two and three digits as RFC 5322 §4.3 reads them; never before 1970.
    private static func year(_ text: String) -> Int? {
        guard let number = number(text) else { return nil }
        let year =
            switch text.utf8.count {
            case 2: number < 50 ? 2000 + number : 1900 + number
            case 3: 1900 + number
            default: number
            }
        return year >= 1970 ? year : nil
    }

    /// `hh:mm` or `hh:mm:ss` in seconds; a leap second counts as the one before.
    private static func timeOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { number($0) }
        guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1],
            let second = parts.count == 3 ? parts[2] : 0, hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + min(second, 59)
    }

    /// Seconds east of UTC; zone names as RFC 5322 §4.3 has them, unknown ones count as UTC.
    private static func offset(_ text: String) -> Int? {
        if text.hasPrefix("+") || text.hasPrefix("-") {
            guard text.utf8.count == 5, let number = number(text.dropFirst()), number % 100 < 60 else { return nil }
            let seconds = (number / 100) * 3600 + (number % 100) * 60
            return text.hasPrefix("-") ? -seconds : seconds
        }
        return switch text.asciiLowercased {
        case "edt": -4 * 3600
        case "est", "cdt": -5 * 3600
        case "cst", "mdt": -6 * 3600
        case "mst", "pdt": -7 * 3600
        case "pst": -8 * 3600
        default: text.utf8.allSatisfy(\.isASCIILetter) ? 0 : nil
        }
    }

    private static func daysInMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days of the proleptic Gregorian calendar, counted in years that begin in March so that the leap day is last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
