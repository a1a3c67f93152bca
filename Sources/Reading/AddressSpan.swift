/// Finds what is a mail address or a link: names in there are no mention of anybody.
enum AddressSpan {
    /// Where the stretch without spaces, brackets, quotes, commas and semicolons that begins at `start` ends, and
    /// whether it has any of what addresses, links and files need: `@`, `.`, `:`, `/`, `\\`.
    static func chunk(in bytes: [UInt8], from start: Int) -> (end: Int, mayBeAddress: Bool) {
        var at = start
        var mayBeAddress = false
        while at < bytes.count {
            switch bytes[at] {
            case 0...0x20, 0x22, 0x28, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x5B, 0x5D, 0x7C: return (at, mayBeAddress)
            case 0x2E, 0x2F, 0x3A, 0x40, 0x5C: mayBeAddress = true
            default: break
            }
            at += 1
        }
        return (at, mayBeAddress)
    }

    /// Whether a stretch is an address (`a@b`, `mailto:…`), a link (`https://…`, `www.…`), a bare domain
    /// (`drvo.example`, small letters only, so that a missing space after a full stop does not make one) with whatever
    /// follows it, or the path or name of a file.
    static func isAddress(_ bytes: [UInt8], _ chunk: Range<Int>) -> Bool {
        guard chunk.count > 3 else { return false }
        var dots = 0
        var slashes = false
        for at in chunk {
            switch bytes[at] {
            case 0x40: if at > chunk.lowerBound && at + 1 < chunk.upperBound { return true }
            case 0x3A:
                if at + 2 < chunk.upperBound && bytes[at + 1] == 0x2F && bytes[at + 2] == 0x2F { return true }
            case 0x2E: dots += 1
            case 0x2F, 0x5C: slashes = true
            default: break
            }
        }
        if starts(bytes, chunk, with: www) || starts(bytes, chunk, with: mailto) { return true }
        if dots > 0, isDomain(bytes, chunk) || isFile(bytes, chunk) { return true }
        return slashes && isPath(bytes, chunk)
    }

    /// `/srv/ana`, `~/ana`, `C:\ana`, `\\server\ana`; but neither `and/or` nor `/Ana`.
    private static func isPath(_ bytes: [UInt8], _ chunk: Range<Int>) -> Bool {
        let text = bytes[chunk]
        guard let first = text.first else { return false }
        let second = bytes[chunk.lowerBound + 1]
        if first == 0x5C { return second == 0x5C }
        if second == 0x3A, first.isLetterOrDigit { return bytes[chunk.lowerBound + 2] == 0x5C }
        // Something between two slashes, and something after them.
        let parts = text.split(separator: 0x2F, omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return false }
        if first == 0x2F { return parts.count >= 3 && !parts[1].isEmpty && !parts[2].isEmpty }
        return parts[0].elementsEqual("~".utf8) || parts[0].elementsEqual(".".utf8) || parts[0].elementsEqual("..".utf8)
    }

    /// A name that ends as files' names do: `Ana_Horvat.pdf`.
    private static func isFile(_ bytes: [UInt8], _ chunk: Range<Int>) -> Bool {
        var end = chunk.upperBound
        while end > chunk.lowerBound, !bytes[end - 1].isLetterOrDigit { end -= 1 }
        var start = end
        while start > chunk.lowerBound, end - start <= 5, bytes[start - 1].isLetterOrDigit { start -= 1 }
        guard end - start <= 5, start - 1 > chunk.lowerBound, bytes[start - 1] == 0x2E else { return false }
        return extensions.contains(bytes[start..<end].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
    }

    private static let extensions = Set(
        [
            "pdf", "doc", "docx", "docm", "dot", "dotx", "odt", "rtf", "txt", "xls", "xlsx", "xlsm", "ods", "csv",
            "ppt",
            "pptx", "odp", "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "heic", "svg", "zip", "rar", "7z", "gz",
            "eml", "msg", "p7m", "p7s", "ics", "vcf", "xml", "json", "html", "htm", "asice", "edoc",
        ].map { Array($0.utf8) })

    private static let www = Array("www.".utf8)
    private static let mailto = Array("mailto:".utf8)

    private static func starts(_ bytes: [UInt8], _ chunk: Range<Int>, with wanted: [UInt8]) -> Bool {
        guard chunk.count > wanted.count else { return false }
        var place = chunk.lowerBound
        for letter in wanted {
            let byte = bytes[place]
            guard (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) == letter else { return false }
            place += 1
        }
        return true
    }

    private static func isDomain(_ bytes: [UInt8], _ chunk: Range<Int>) -> Bool {
        // A path, a query, a fragment or a port belongs to the link.
        let end =
            bytes[chunk].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 || $0 == 0x3A } ?? chunk.upperBound
        var label = 0
        var longest = 0
        var letters = true
        for at in chunk.lowerBound..<end {
            let byte = bytes[at]
            switch byte {
            case 0x2E:
                // A stop at the very end closes the sentence.
                if at + 1 == end { continue }
                guard label > 0 else { return false }
                longest = max(longest, label)
                label = 0
                letters = true
            case 0x61...0x7A: label += 1
            case 0x30...0x39, 0x2D:
                label += 1
                letters = false
            default: return false
            }
        }
        guard label >= 2, letters else { return false }
        // "x.example/ana" is a link; "s.ro" alone is an abbreviation.
        let leads = end + 1 < chunk.upperBound && bytes[end] != 0x3A && bytes[end - 1] != 0x2E
        return longest >= (leads ? 1 : 3)
    }
}
