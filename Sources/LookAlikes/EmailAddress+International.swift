package import Mail

extension EmailAddress {
    /// Reads an address whose domain may be written in U-labels: `ana@šuma.example` is `ana@xn--uma-zza.example`, by
    /// UTS 46 and not by looks. Nil for what is no address then; a local part outside ASCII never is.
    package init?(international text: String) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            self.init(text)
            return
        }
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")),
            let domain = DomainName.aLabels(of: String(text[text.utf8.index(after: at)...]))
        else { return nil }
        self.init(text[...at] + domain)
    }
}
