package import struct Foundation.Date

/// A role that an account has or has asked for, as TRACES keeps it.
package struct RoleGrant: Sendable, Hashable, Codable {
    package var account: AccountID
    /// `FMSCA`, `CO`, `IMPORTER`; an open list.
    package var role: String
    package var authority: AuthorityID?
    package var operatorID: OperatorID?
    package var status: RoleRequest.Status

    package init(
        account: AccountID, role: String, authority: AuthorityID? = nil, operatorID: OperatorID? = nil,
        status: RoleRequest.Status
    ) {
        self.account = account
        self.role = role
        self.authority = authority
        self.operatorID = operatorID
        self.status = status
    }

    private enum CodingKeys: String, CodingKey {
        case account, role, authority
        case operatorID = "operator"
        case status
    }
}

/// What a user may do (second source document: consultative, administrative, executive).
package enum Profile: String, Sendable, Codable, CaseIterable {
    /// Reads, changes nothing.
    case consultation
    /// Prepares, can't submit.
    case administrative
    /// Submits, and may prepare: the complete role.
    case submission
}

/// A calendar day without a time zone, `2026-01-31`. Compares in time order.
package struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let text: String

    /// Nil unless `text` is `YYYY-MM-DD` with a month of 01–12 and a day that the month has.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2d }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month)
        else { return nil }
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        self.text = text
    }

    package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
    package var description: String { text }
}

extension Day: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no date (YYYY-MM-DD)")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// An Economic Operators Registration and Identification number and the days on which it is valid.
package struct EORI: Sendable, Hashable, Codable {
    package let number: String
    package var validFrom: Day
    /// The last valid day; nil is open-ended.
    package var validTo: Day?

    package init(number: String, validFrom: Day, validTo: Day?) {
        self.number = number
        self.validFrom = validFrom
        self.validTo = validTo
    }

    package func isValid(on day: Day) -> Bool { validFrom <= day && (validTo.map { day <= $0 } ?? true) }

    /// The prefixes of the numbers that a Member State issued (ISO 3166-1; Greece is `GR`). Northern Ireland's `XI` is
    /// none of them.
    package static let memberStates: Set<String> = [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV",
        "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ]

    /// `^[A-Z]{2}[A-Z0-9]{1,15}$`
    package static func isWellFormed(_ number: String) -> Bool {
        let bytes = Array(number.utf8)
        let isCapital: (UInt8) -> Bool = { (0x41...0x5a).contains($0) }
        return (3...17).contains(bytes.count) && bytes.prefix(2).allSatisfy(isCapital)
            && bytes.dropFirst(2).allSatisfy { isCapital($0) || (0x30...0x39).contains($0) }
    }
}

/// What an account may do for an economic operator, possibly as a representative's employee.
package struct Mandate: Sendable, Hashable, Codable {
    package var account: AccountID
    /// EORI of the economic operator.
    package var economicOperator: String
    package var profile: Profile
    /// EORI of the customs representative; nil when the account works for the economic operator itself.
    package var representative: String?

    package init(account: AccountID, economicOperator: String, profile: Profile, representative: String? = nil) {
        self.account = account
        self.economicOperator = economicOperator
        self.profile = profile
        self.representative = representative
    }
}

/// An economic operator lets a customs representative act for it.
package struct Delegation: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable { case direct, indirect, employee }
    package enum Scope: String, Sendable, Codable { case full, partial }

    /// EORI of the economic operator.
    package var economicOperator: String
    /// EORI of the customs representative.
    package var representative: String?
    package var level: Int
    package var kind: Kind?
    /// Absent counts as full.
    package var scope: Scope?
    package var validFrom: Day?
    package var validTo: Day?

    package init(
        economicOperator: String, representative: String?, level: Int, kind: Kind?, scope: Scope? = nil,
        validFrom: Day? = nil, validTo: Day? = nil
    ) {
        self.economicOperator = economicOperator
        self.representative = representative
        self.level = level
        self.kind = kind
        self.scope = scope
        self.validFrom = validFrom
        self.validTo = validTo
    }

    package func isValid(on day: Day) -> Bool {
        (validFrom.map { $0 <= day } ?? true) && (validTo.map { day <= $0 } ?? true)
    }
}

extension Day {
    /// The UTC day of a moment.
    package init(of moment: Date) {
        // Days to civil date after Howard Hinnant's published algorithm, in whole eras of 400 years.
        let days = Int((moment.timeIntervalSince1970 / 86_400).rounded(.down)) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func padded(_ number: Int, to width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        self.text = "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}
