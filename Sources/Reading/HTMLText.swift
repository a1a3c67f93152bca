/// The text that a reader sees of an HTML document; a stand-in without a parser.
package func visibleText(ofHTML html: String) -> String {
    var text: [UInt8] = []
    var inside = false
    for byte in html.utf8 {
        switch byte {
        case 0x3C: inside = true
        case 0x3E where inside:
            inside = false
            text.append(0x0A)
        default: if !inside { text.append(byte) }
        }
    }
    return String(decoding: text, as: UTF8.self)
}
