package import Registry

/// How a language writes a date out: `31 December 2026`. Written out, no day can be taken for a month.
package struct DateForm: Sendable, Decodable {
    /// Holds `{{day}}`, `{{month}}` and `{{year}}`, each once.
    let form: String
    /// How the first day of a month is written: `1`, or `1er` in French.
    let first: String
    /// The twelve months, as they stand in a date.
    let months: [String]

    /// The key of what can't be used; nil when all of it can.
    var faultyKey: String? {
        let holdsAll = ["{{day}}", "{{month}}", "{{year}}"].allSatisfy { form.split(whole: $0).count == 2 }
        let isPlain = ([form, first] + months).allSatisfy { text in
            !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
        }
        if !holdsAll || !isPlain { return "dates.form" }
        return months.count == 12 ? nil : "dates.months"
    }

    /// A day as the language writes it.
    package func text(of day: Day) -> String {
        // `Day` is a day of the calendar, its text `2026-12-31`.
        let numbers = day.text.split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 3, months.indices.contains(numbers[1] - 1) else { return day.text }
        return
            form
            .split(whole: "{{day}}").joined(separator: numbers[2] == 1 ? first : String(numbers[2]))
            .split(whole: "{{month}}").joined(separator: months[numbers[1] - 1])
            .split(whole: "{{year}}").joined(separator: String(numbers[0]))
    }
}

extension String {
    /// The parts before, between and after each place where `text` stands.
    fileprivate func split(whole text: String) -> [String] {
        split(separator: text, omittingEmptySubsequences: false).map(String.init)
    }
}
