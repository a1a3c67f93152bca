import CICU

/// What ICU knows of international domain names and of letters that look alike. Nothing here keeps state.
enum UnicodeTables {
    /// Longer than any domain name in either form: 255 octets of A-labels, of which every four may hold a letter of four.
    private static let capacity = 1024

    /// The version of Unicode that the tables are of.
    static var version: UInt32 { postern_unicode_version() }

    /// A domain name in A-labels (UTS 46 ToASCII); nil where the standard finds an error in it.
    static func ascii(_ name: String) -> String? {
        var errors: UInt32 = 0
        let text = unsafe converted(name) { text, length, out, capacity in
            unsafe postern_idna_to_ascii(text, length, out, capacity, &errors)
        }
        return errors == 0 ? text : nil
    }

    /// A domain name in U-labels (UTS 46 ToUnicode), with the errors that the standard finds (`postern_idna_error`).
    static func unicode(_ name: String) -> (text: String, errors: UInt32)? {
        var errors: UInt32 = 0
        let text = unsafe converted(name) { text, length, out, capacity in
            unsafe postern_idna_to_unicode(text, length, out, capacity, &errors)
        }
        return text.map { ($0, errors) }
    }

    /// The skeleton (UTS 39 §4): equal for texts that look alike.
    static func skeleton(_ text: String) -> String? {
        unsafe converted(text) { text, length, out, capacity in unsafe postern_skeleton(text, length, out, capacity) }
    }

    /// Whether a label mixes writing systems (`postern_mixture`); nil when that can't be told.
    static func mixtures(_ label: String) -> UInt32? {
        var label = label
        let found = label.withUTF8 { bytes -> Int32 in
            guard let start = bytes.baseAddress else { return 0 }
            return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                unsafe postern_mixtures($0, Int32(clamping: bytes.count))
            }
        }
        return found < 0 ? nil : UInt32(found)
    }

    /// What `convert` makes of a text: it is given the octets, their number, room for the result and its size, and returns
    /// the octets that it wrote, or less than nothing.
    private static func converted(
        _ text: String, _ convert: (UnsafePointer<CChar>, Int32, UnsafeMutablePointer<CChar>, Int32) -> Int32
    ) -> String? {
        var text = text
        guard text.utf8.count <= capacity else { return nil }
        return text.withUTF8 { bytes -> String? in
            guard let start = bytes.baseAddress else { return "" }
            return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4 * capacity) { out -> String? in
                    guard let room = out.baseAddress else { return nil }
                    let written = unsafe convert(start, Int32(bytes.count), room, Int32(out.count))
                    guard written >= 0, written <= out.count else { return nil }
                    return unsafe String(
                        decoding: UnsafeRawBufferPointer(start: room, count: Int(written)), as: UTF8.self)
                }
            }
        }
    }
}

/// The C enumerations as bits.
extension UnicodeTables {
    static let bidiError = POSTERN_IDNA_BIDI.rawValue
    static let joinerError = POSTERN_IDNA_JOINER.rawValue
    static let otherError = POSTERN_IDNA_OTHER.rawValue
    static let mixedScripts = POSTERN_MIXED_SCRIPTS.rawValue
}
