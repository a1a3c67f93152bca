/// Undoes `format=flowed` (RFC 3676).
enum FlowedText {
    /// Joins soft-broken lines of one quote depth. A quoted line comes out as one `>` per level and a space, so that
    /// it still looks quoted. `deletesSpace` is `delsp=yes` (§4.1). Lines end in LF. Linear.
    static func unflow(_ text: String, deletesSpace: Bool) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        var openDepth: Int?
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            var rest = line
            var depth = 0
            while rest.first == UInt8(ascii: ">") {
                rest.removeFirst()
                depth += 1
            }
            if rest.first == UInt8(ascii: " ") { rest.removeFirst() }
            let isSignature = rest.elementsEqual("-- ".utf8)
            let isSoft = !isSignature && rest.last == UInt8(ascii: " ")
            // A signature line, or another depth, ends a paragraph even when its last line was soft (§4.3, §4.5).
            if openDepth != depth || isSignature {
                if openDepth != nil { output.append(UInt8(ascii: "\n")) }
                output.append(contentsOf: repeatElement(UInt8(ascii: ">"), count: depth))
                if depth > 0 { output.append(UInt8(ascii: " ")) }
            }
            output.append(contentsOf: isSoft && deletesSpace ? rest.dropLast() : rest)
            if isSoft {
                openDepth = depth
            } else {
                output.append(UInt8(ascii: "\n"))
                openDepth = nil
            }
        }
        if openDepth != nil { output.append(UInt8(ascii: "\n")) }
        return String(decoding: output, as: UTF8.self)
    }
}
