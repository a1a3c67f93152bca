/// Reads one JSON value from bytes, in one pass. Every fault names its offset; hostile depth and lone surrogates are
/// refused.
struct JSONReader {
    private typealias Fault = JSONValue.Fault

    /// How deep arrays and objects may nest; a registry line needs three levels.
    private static let deepest = 32

    private let bytes: [UInt8]
    private var place = 0
    /// Whether the bytes so far are what ``JSONValue/text`` writes: no white space, nothing escaped.
    private(set) var isCompact = true

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func whole() throws(JSONValue.Fault) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard place == bytes.count else { throw fault("something stands after the value") }
        return value
    }

    private func fault(_ reason: String) -> Fault { Fault(offset: place, reason: reason) }

    private mutating func skipSpace() {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0a, 0x0d:
                place += 1
                isCompact = false
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(Fault) -> JSONValue {
        skipSpace()
        guard place < bytes.count else { throw fault("it ends where a value should stand") }
        switch bytes[place] {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw fault("no JSON value can begin like this")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Fault) -> JSONValue {
        let letters = word.description.utf8
        guard bytes.count - place >= letters.count, bytes[place..<place + letters.count].elementsEqual(letters) else {
            throw fault("no JSON value can begin like this")
        }
        place += letters.count
        return value
    }

    /// RFC 8259 §6.
    private mutating func number() throws(Fault) -> JSONValue {
        let start = place
        if bytes[place] == UInt8(ascii: "-") { place += 1 }
        let whole = digits()
        if whole == 0 || (whole > 1 && bytes[place - whole] == UInt8(ascii: "0")) { throw fault("not a number") }
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            if digits() == 0 { throw fault("not a number") }
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") {
                place += 1
            }
            if digits() == 0 { throw fault("not a number") }
        }
        return .number(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = place
        while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
        return place - start
    }

    private mutating func array(depth: Int) throws(Fault) -> JSONValue {
        guard depth <= Self.deepest else { throw fault("values nest more than \(Self.deepest) deep") }
        place += 1
        var values: [JSONValue] = []
        if skip(UInt8(ascii: "]")) { return .array(values) }
        while true {
            values.append(try value(depth: depth))
            if skip(UInt8(ascii: "]")) { return .array(values) }
            guard skip(UInt8(ascii: ",")) else { throw fault("a comma or ] is missing") }
        }
    }

    private mutating func object(depth: Int) throws(Fault) -> JSONValue {
        guard depth <= Self.deepest else { throw fault("values nest more than \(Self.deepest) deep") }
        place += 1
        var members: [JSONValue.Member] = []
        // Beyond a dozen members a set is quicker than looking through them: no quadratic time on a hostile line.
        var names: Set<String> = []
        if skip(UInt8(ascii: "}")) { return .object(members) }
        members.reserveCapacity(12)
        while true {
            skipSpace()
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
                throw fault("a member's name is missing")
            }
            let name = try string()
            if members.count == 12 { names = Set(members.map(\.name)) }
            let isKnown = members.count < 12 ? members.contains { $0.name == name } : !names.insert(name).inserted
            if isKnown { throw fault("the member '\(name)' stands twice") }
            guard skip(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
            members.append(JSONValue.Member(name, try value(depth: depth)))
            if skip(UInt8(ascii: "}")) { return .object(members) }
            guard skip(UInt8(ascii: ",")) else { throw fault("a comma or } is missing") }
        }
    }

    /// Skips white space and then `byte`, if it stands there.
    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func string() throws(Fault) -> String {
        place += 1
        let start = place
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") {
                place += 1
                return String(decoding: bytes[start..<place - 1], as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(Array(bytes[start..<place])) }
            if byte < 0x20 { throw fault("a control character stands in a string") }
            place += 1
        }
        throw fault("a string has no end")
    }

    private mutating func escapedString(_ head: [UInt8]) throws(Fault) -> String {
        isCompact = false
        var octets = head
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: octets, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &octets)
            case 0..<0x20: throw fault("a control character stands in a string")
            default: octets.append(byte)
            }
        }
        throw fault("a string has no end")
    }

    private mutating func escape(into octets: inout [UInt8]) throws(Fault) {
        guard place < bytes.count else { throw fault("a string has no end") }
        let letter = bytes[place]
        place += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): octets.append(letter)
        case UInt8(ascii: "b"): octets.append(0x08)
        case UInt8(ascii: "f"): octets.append(0x0c)
        case UInt8(ascii: "n"): octets.append(0x0a)
        case UInt8(ascii: "r"): octets.append(0x0d)
        case UInt8(ascii: "t"): octets.append(0x09)
        case UInt8(ascii: "u"):
            var code = try fourHexDigits()
            if (0xd800...0xdbff).contains(code) {
                guard bytes.count - place >= 2, bytes[place] == UInt8(ascii: "\\"),
                    bytes[place + 1] == UInt8(ascii: "u")
                else { throw fault("half of a surrogate pair") }
                place += 2
                let low = try fourHexDigits()
                guard (0xdc00...0xdfff).contains(low) else { throw fault("half of a surrogate pair") }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair") }
            octets.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        default: throw fault("an unknown escape")
        }
    }

    private mutating func fourHexDigits() throws(Fault) -> UInt32 {
        guard bytes.count - place >= 4 else { throw fault("a \\u escape is cut off") }
        var code: UInt32 = 0
        for byte in bytes[place..<place + 4] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): code = code << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): code = code << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): code = code << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw fault("a \\u escape needs four hexadecimal digits")
            }
        }
        place += 4
        return code
    }
}
