import Reading
import Testing

/// The same name in the many forms that Unicode has for it.
@Suite struct `Forms of one name` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let name: String
        let text: String

        init(_ testDescription: String, _ name: String, _ text: String) {
            self.testDescription = testDescription
            self.name = name
            self.text = text
        }
    }

    static let same = [
        Case("decomposed in the mail", "Željko Šarić", "Z\u{30c}eljko S\u{30c}aric\u{301}"),
        Case("decomposed in the registry", "Z\u{30c}eljko S\u{30c}aric\u{301}", "Željko Šarić"),
        Case("marks in another order", "Nguyễn Thị", "Nguye\u{303}\u{302}n Thi\u{323}"),
        Case("Greek, decomposed", "Άννα Παπαδοπούλου", "Α\u{301}ννα Παπαδοπου\u{301}λου"),
        Case("Bulgarian, decomposed", "Георги Николай", "Георги Николаи\u{306}"),
        Case("full width", "Ana Horvat", "Ａｎａ　Ｈｏｒｖａｔ"),
        Case("ligatures", "Sofia Griffith", "So\u{fb01}a Gri\u{fb03}th"),
        Case("the Dutch ij", "Martijn Dijkstra", "Martĳn Dĳkstra"),
        Case("the Dutch IJ in the registry", "Ĳsbrand", "IJsbrand"),
        Case("mathematical letters", "Ana Horvat", "𝐀𝐧𝐚 𝑯𝒐𝒓𝒗𝒂𝒕"),
        Case("soft hyphens", "Ana Horvat", "A\u{ad}na Hor\u{ad}vat"),
        Case("zero-width characters", "Ana Horvat", "A\u{200b}na Hor\u{200c}v\u{200d}at\u{feff}"),
        Case("a word joiner", "Ana Horvat", "Ana Hor\u{2060}vat"),
        Case("direction marks", "Ana Horvat", "\u{200e}Ana\u{200f} \u{202a}Horvat\u{202c} \u{2066}x\u{2069}"),
        Case("variation selectors", "Ana Horvat", "Ana\u{fe0f} Horvat\u{fe0e}"),
        Case("no-break spaces", "Ana Horvat", "Ana\u{a0}Horvat and Ana\u{202f}Horvat"),
        Case("a line break between", "Ana Horvat", "Ana\nHorvat"),
        Case("a long s", "Hans Weiss", "Hanſ Weiſs"),
        Case("the capital sharp s", "Weiß", "WEIẞ"),
        Case("a final sigma", "Γιώργος", "ΓΙΩΡΓΟΣ"),
        Case("the Ångström sign", "Åke", "\u{212b}ke"),
        Case("two kinds of comma below", "Ștefan Țăranu", "Ştefan Ţăranu"),
        Case("a Turkish capital", "İbrahim Yıldız", "IBRAHIM YILDIZ"),
    ]

    @Test(arguments: same)
    func `are the name`(item: Case) {
        let reading = Shipped.read("Text: \(item.text).")
        for part in item.name.split(separator: " ") {
            #expect(reading.mention(ofName: String(part)).isFound, "\(part)")
        }
    }

    static let others = [
        Case("a Cyrillic a in a Latin name", "Ana", "An\u{430}"),
        Case("Cyrillic o and a", "Horvat", "H\u{43e}rv\u{430}t"),
        Case("a Greek omicron in a Latin name", "Horvat", "H\u{3bf}rvat"),
        Case("a Latin a in a Cyrillic name", "Иван", "Ив\u{61}н"),
        Case("a Cherokee letter", "Ana", "\u{13aa}na"),
        Case("a space inside", "Horvat", "Hor vat"),
        Case("a thin space inside", "Horvat", "Hor\u{2009}vat"),
        Case("a control character inside", "Horvat", "Hor\u{1}vat"),
        Case("a replacement character inside", "Horvat", "Hor\u{fffd}vat"),
        Case("mojibake", "Šarić", "Å ariÄ‡"),
        Case("mojibake of Windows-1250", "Šarić", "Šariæ"),
    ]

    @Test(arguments: others)
    func `that only look like it are not`(item: Case) {
        #expect(!Shipped.read("Text: \(item.text), text.").mention(ofName: item.name).isFound)
    }
}
