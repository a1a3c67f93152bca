/// Mailbox names on the wire (RFC 3501 §5.1.3): ASCII, everything else as base64 of UTF-16 between `&` and `-`.
package enum ModifiedUTF7 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

    package static func encode(_ name: String) -> String {
        var result: [UInt8] = []
        var pending: [UInt8] = []
        func flush() {
            guard !pending.isEmpty else { return }
            result.append(UInt8(ascii: "&"))
            var bits: UInt32 = 0
            var count: UInt32 = 0
            for byte in pending {
                bits = (bits << 8 | UInt32(byte)) & 0xffff
                count += 8
                while count >= 6 {
                    count -= 6
                    result.append(alphabet[Int(bits >> count & 0x3f)])
                }
            }
            if count > 0 { result.append(alphabet[Int(bits << (6 - count) & 0x3f)]) }
            result.append(UInt8(ascii: "-"))
            pending.removeAll()
        }
        for unit in name.utf16 {
            switch unit {
            case 0x26:
                flush()
                result.append(contentsOf: "&-".utf8)
            case 0x20...0x7e:
                flush()
                result.append(UInt8(unit))
            default:
                pending.append(UInt8(unit >> 8))
                pending.append(UInt8(unit & 0xff))
            }
        }
        flush()
        return String(decoding: result, as: UTF8.self)
    }

    /// Nil when `name` is no modified UTF-7.
    package static func decode(_ name: String) -> String? {
        var units: [UInt16] = []
        let bytes = Array(name.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard (0x20...0x7e).contains(byte) else { return nil }
            index += 1
            guard byte == UInt8(ascii: "&") else {
                units.append(UInt16(byte))
                continue
            }
            guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "-")) else { return nil }
            if close == index { units.append(0x26) }
            var bits: UInt32 = 0
            var count = 0
            for character in bytes[index..<close] {
                guard let digit = alphabet.firstIndex(of: character) else { return nil }
                bits = (bits << 6 | UInt32(digit)) & 0x3f_ffff
                count += 6
                if count >= 16 {
                    count -= 16
                    units.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
                }
            }
            // What is left over is padding: fewer than six bits, all zero.
            guard count < 6, bits & ((1 << UInt32(count)) - 1) == 0 else { return nil }
            index = close + 1
        }
        return String(validating: units, as: UTF16.self)
    }
}
