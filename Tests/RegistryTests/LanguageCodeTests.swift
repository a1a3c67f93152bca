import Registry
import Testing

@Test(
    "A language's code is what stands before the country",
    arguments: [
        ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("pt_BR", "pt"), ("fr_BE.UTF-8", "fr"), ("ca@valencia", "ca"),
        ("zh-Hant-TW", "zh"), ("deu", "deu"), ("", nil), ("d", nil), ("-de", nil), ("german", nil), ("d3", nil),
        ("de AT", nil), ("дe", nil), ("\u{130}", nil),
    ] as [(String, String?)])
func languageCode(tag: String, code: String?) {
    #expect(LanguageCode.primary(of: tag) == code)
}
