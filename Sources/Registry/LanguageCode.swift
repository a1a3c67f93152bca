/// The code of a language as registries write it, with or without a country.
package enum LanguageCode {
    /// The language alone, in small letters: `de` of `DE`, `de-AT` or `de_AT.UTF-8` (RFC 5646 §2.1 and the names of POSIX
    /// locales). Nil where it does not begin with a code of two or three letters.
    package static func primary(of tag: String) -> String? {
        var letters: [UInt8] = []
        for byte in tag.utf8 {
            // "-", "_", "." and "@" end the language.
            if byte == 0x2D || byte == 0x5F || byte == 0x2E || byte == 0x40 { break }
            guard (0x61...0x7A).contains(byte | 0x20), letters.count < 3 else { return nil }
            letters.append(byte | 0x20)
        }
        return letters.count < 2 ? nil : String(decoding: letters, as: UTF8.self)
    }
}
