import Foundation

/// Takes a reply apart again, by the RFCs and not by the code under test.
struct ReadBack {
    /// Header fields unfolded, in order.
    let fields: [(name: String, value: String)]
    /// Physical lines of the whole mail without their CRLF.
    let lines: [String]
    let text: String
    let html: String

    struct Broken: Error { let what: String }

    init(_ bytes: [UInt8]) throws {
        guard bytes.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 13 || $0 == 10 }) else {
            throw Broken(what: "a byte that is not printable ASCII")
        }
        let raw = bytes.split(separator: 10, omittingEmptySubsequences: false)
        guard raw.last?.isEmpty == true,
            raw.dropLast().allSatisfy({ $0.last == 13 && $0.filter { $0 == 13 }.count == 1 })
        else { throw Broken(what: "line ends are not CRLF throughout") }
        lines = raw.dropLast().map { String(decoding: $0.dropLast(), as: UTF8.self) }
        guard let end = lines.firstIndex(of: "") else { throw Broken(what: "no end of the header") }
        var fields: [(name: String, value: String)] = []
        for line in lines[..<end] {
            if line.hasPrefix(" ") {
                guard let last = fields.popLast() else { throw Broken(what: "continuation first") }
                fields.append((last.name, last.value + line))
            } else {
                guard let colon = line.firstIndex(of: ":") else { throw Broken(what: "no colon: \(line)") }
                fields.append((String(line[..<colon]), String(line[colon...].dropFirst())))
            }
        }
        self.fields = fields.map { ($0.name, $0.value.hasPrefix(" ") ? String($0.value.dropFirst()) : $0.value) }
        guard let type = fields.first(where: { $0.name == "Content-Type" })?.value,
            let open = type.range(of: "boundary=\"")
        else { throw Broken(what: "no boundary") }
        let boundary = type[open.upperBound...].prefix { $0 != "\"" }
        let parts = lines[end...].split(omittingEmptySubsequences: false) {
            $0 == "--\(boundary)" || $0 == "--\(boundary)--"
        }
        guard parts.count == 4 else { throw Broken(what: "\(parts.count - 2) parts") }
        text = try Self.part(parts[1], type: "text/plain")
        html = try Self.part(parts[2], type: "text/html")
    }

    func field(_ name: String) -> String? {
        let found = fields.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    private static func part(_ lines: ArraySlice<String>, type: String) throws -> String {
        let header = Array(lines.prefix(3))
        // The last line end belongs to the boundary.
        let body = lines.dropFirst(3).dropLast()
        switch header {
        case ["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: quoted-printable", ""]:
            return try decodeQuotedPrintable(body)
        case ["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", ""]:
            return try decodeBase64(body)
        default: throw Broken(what: "part header: \(header)")
        }
    }

    /// RFC 2045 §6.8 backwards; line ends come out as LF.
    static func decodeBase64(_ lines: some Collection<String>) throws -> String {
        guard lines.allSatisfy({ (1...76).contains($0.utf8.count) }), let data = Data(base64Encoded: lines.joined()),
            let text = String(validating: data, as: UTF8.self)
        else { throw Broken(what: "no base64 of UTF-8 in lines of 76") }
        let plain = text.replacing("\r\n", with: "\n")
        guard !plain.utf8.contains(13), text.utf8.count - plain.utf8.count == plain.utf8.filter({ $0 == 10 }).count
        else { throw Broken(what: "line ends are not CRLF") }
        return plain
    }

    /// RFC 2045 §6.7 backwards; refuses what the RFC does not allow.
    static func decodeQuotedPrintable(_ lines: some Collection<String>) throws -> String {
        var bytes: [UInt8] = []
        for line in lines {
            let line = Array(line.utf8)
            guard line.count <= 76 else { throw Broken(what: "a line of \(line.count)") }
            guard line.last != 0x20, line.last != 9 else { throw Broken(what: "white space at the end") }
            var position = 0
            var isSoft = false
            while position < line.count {
                if line[position] == UInt8(ascii: "=") {
                    if position == line.count - 1 {
                        isSoft = true
                    } else {
                        guard position + 2 < line.count,
                            let byte = UInt8(
                                String(decoding: line[(position + 1)...(position + 2)], as: UTF8.self), radix: 16)
                        else { throw Broken(what: "a broken escape") }
                        bytes.append(byte)
                        position += 2
                    }
                } else {
                    bytes.append(line[position])
                }
                position += 1
            }
            if !isSoft { bytes.append(10) }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Broken(what: "not UTF-8") }
        return text
    }

    /// RFC 2047 backwards, Q encoding in UTF-8 only.
    static func decodeWords(_ value: String) throws -> String {
        var result: [UInt8] = []
        var lastWasEncoded = false
        for word in value.split(separator: " ") {
            if word.hasPrefix("=?UTF-8?Q?"), word.hasSuffix("?="), word.utf8.count >= 12 {
                guard word.utf8.count <= 75 else { throw Broken(what: "an encoded-word of \(word.utf8.count)") }
                if !lastWasEncoded, !result.isEmpty { result.append(0x20) }
                let payload = word.dropFirst(10).dropLast(2).replacing("_", with: " ")
                let decoded = try decodeQuotedPrintable([payload + "="])
                result += decoded.utf8
                lastWasEncoded = true
            } else {
                if !result.isEmpty { result.append(0x20) }
                result += word.utf8
                lastWasEncoded = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
