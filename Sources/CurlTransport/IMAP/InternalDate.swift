import struct Foundation.Date

/// INTERNALDATE's ` 1-Nov-2026 09:00:00 +0100` (RFC 9051 §9 `date-time`); nil when it is none.
func internalDate(_ text: [UInt8]) -> Date? {
    guard text.count == 26, text[2] == UInt8(ascii: "-"), text[6] == UInt8(ascii: "-"), text[11] == UInt8(ascii: " "),
        text[14] == UInt8(ascii: ":"), text[17] == UInt8(ascii: ":"), text[20] == UInt8(ascii: " "),
        let day: Int = decimal(text[0] == UInt8(ascii: " ") ? text[1...1] : text[0...1]),
        let month = monthNumber(text[3...5]), let year: Int = decimal(text[7...10]),
        let hour: Int = decimal(text[12...13]), let minute: Int = decimal(text[15...16]),
        let second: Int = decimal(text[18...19]), let zone: Int = decimal(text[22...25]),
        text[21] == UInt8(ascii: "+") || text[21] == UInt8(ascii: "-"),
        (1...31).contains(day), hour < 24, minute < 60, second <= 60, zone % 100 < 60
    else { return nil }
    let offset = (zone / 100 * 60 + zone % 100) * 60 * (text[21] == UInt8(ascii: "-") ? -1 : 1)
    let seconds = daysSince1970(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
    return Date(timeIntervalSince1970: Double(seconds - offset))
}

private func monthNumber(_ name: ArraySlice<UInt8>) -> Int? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex(of: String(decoding: name, as: UTF8.self).lowercased()).map { $0 + 1 }
}

/// Days of the Gregorian calendar, counted in years that begin in March so that the leap day comes last.
private func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
}
