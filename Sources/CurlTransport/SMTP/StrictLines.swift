/// Whether every line ends in CRLF and no CR or LF stands alone (RFC 5321 §2.3.8): a bare one is where smuggled mails
/// begin.
func hasStrictLines(_ bytes: [UInt8]) -> Bool {
    let carriageReturn = UInt8(ascii: "\r")
    let lineFeed = UInt8(ascii: "\n")
    var previous: UInt8 = 0
    for byte in bytes {
        if byte == lineFeed {
            guard previous == carriageReturn else { return false }
        } else if previous == carriageReturn {
            return false
        }
        previous = byte
    }
    return previous == lineFeed && bytes.count >= 2
}
