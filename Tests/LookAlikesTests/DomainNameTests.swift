import Mail
import Testing

@testable import LookAlikes

struct DomainNameTests {
    /// Name, A-labels; nil where UTS 46 finds an error.
    static let mapped: [(String, String?)] = [
        ("šuma.example", "xn--uma-zza.example"),
        ("ŠUMA.Example", "xn--uma-zza.example"),
        ("s\u{30c}uma.example", "xn--uma-zza.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("шума.example", "xn--80axut.example"),
        ("ｆｉｒｍａ。example", "firma.example"),
        ("su\u{ad}ma.example", "suma.example"),
        ("su\u{200b}ma.example", "suma.example"),
        ("日本。example", "xn--wgv71a.example"),
        ("r3---sn.šuma.example", "r3---sn.xn--uma-zza.example"),
        ("a\u{200d}ž.example", nil),
        ("šu_ma.example", nil),
        ("šu ma.example", nil),
        ("šuma..example", nil),
        ("-šuma.example", nil),
        ("אa.example", nil),
        ("\u{301}suma.example", nil),
        ("xn--a.šuma.example", nil),
        ("šu\u{202e}ma.example", nil),
        ("ž\u{ff0f}a.example", nil),
    ]

    @Test(arguments: mapped)
    func `a name in U-labels becomes A-labels by UTS 46`(name: String, expected: String?) {
        #expect(DomainName.aLabels(of: name) == expected)
    }

    /// A-labels, U-labels as staff see them, fault.
    static let decoded: [(String, String, DomainName.Fault?)] = [
        ("firma.example", "firma.example", nil),
        ("xn--uma-zza.example", "šuma.example", nil),
        ("xn--fa-hia.example", "faß.example", nil),
        ("xn--80axut.example", "шума.example", nil),
        ("r3---sn.example", "r3---sn.example", nil),
        ("axn--b.example", "axn--b.example", nil),
        // Nothing after the prefix, only ASCII behind it, a number that overflows, digits that are none.
        ("xn--.example", "xn--.example", .invalid),
        ("xn--abc-.example", "xn--abc-.example", .invalid),
        ("xn--zzzzzzz99999.example", "xn--zzzzzzz99999.example", .invalid),
        ("xn--uma-5za.example", "xn--uma-5za.example", .invalid),
        // The writing of a capital: a name has one writing only.
        ("xn--uma-vza.example", "xn--uma-vza.example", .invalid),
        // A ligature, which is mapped away and so never comes back; a joiner of no width between ASCII letters.
        ("xn--rma-bo3s.example", "xn--rma-bo3s.example", .invalid),
        ("xn--ab-m1t.example", "a\u{200d}b.example", .joiner),
        // Hebrew with a Latin letter behind it, in one label: the eye can't tell which comes first.
        ("xn--a-zhc.example", "אa.example", .bidirectional),
        ("xn--9dbne9b.example", "שלום.example", nil),
        // A Cyrillic letter among Latin ones, Greek before Latin, Latin and Bengali digits; Japanese mixes by nature.
        ("xn--frma-l9d.example", "fіrma.example", .mixedScripts),
        ("mail.xn--drv-ued.example", "mail.drvо.example", .mixedScripts),
        ("xn--log-syc.example", "λlog.example", .mixedScripts),
        ("xn--8-06d.example", "8৪.example", .mixedDigits),
        ("xn--go-5t7du0c.example", "日本go.example", nil),
        // One script a label, another one in the next: as names below a Latin ending are.
        ("xn--80ak6aa92e.example", "аррӏе.example", nil),
    ]

    @Test(arguments: decoded)
    func `A-labels are shown as U-labels, or as they are where they stand for none`(
        name: String, shown: String, fault: DomainName.Fault?
    ) {
        #expect(DomainName(name).shown == shown)
        #expect(DomainName(name).fault == fault)
    }

    @Test func `whatever stands in a label, it is shown or refused, and one name has one writing`() {
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-")
        var shown = 0
        for _ in 0..<3_000 {
            let name = "xn--" + String((0..<(2 + next(20))).map { _ in letters[next(letters.count)] }) + "a.example"
            let domain = DomainName(name)
            if domain.fault == nil {
                shown += 1
                #expect(DomainName.aLabels(of: domain.shown) == name)
            }
            #expect(Resemblance(of: DomainLook(name), to: DomainLook(name)) == nil)
            #expect(!DomainLook(name).key.isEmpty)
        }
        #expect(shown > 0)
    }
}
