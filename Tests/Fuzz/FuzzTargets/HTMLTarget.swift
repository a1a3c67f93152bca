import Reading

extension FuzzTarget {
    /// The input is a mail's HTML.
    static let html = FuzzTarget("html", longest: 65_536) { input in
        let html = String(decoding: input, as: UTF8.self)
        let text = visibleText(ofHTML: html)
        try promise(text.utf8.count <= 1_100_000, "more text than the limit: \(text.utf8.count)")
        try promise(
            text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" },
            "a control in the visible text")
        try promise(visibleText(ofHTML: html) == text, "read again, it is another")
    }
}
