import LookAlikes
import Mail
import Testing

struct InternationalAddressTests {
    @Test(arguments: [
        ("ana@šuma.example", "ana@xn--uma-zza.example"), ("Ana@ŠUMA.example", "Ana@xn--uma-zza.example"),
        ("ana@drvo.example", "ana@drvo.example"), ("ana@ｄｒｖｏ．example", "ana@drvo.example"),
        ("aná@drvo.example", nil), ("ana@šu ma.example", nil), ("šuma.example", nil), ("@šuma.example", nil),
        ("ana@", nil), ("", nil), ("a@b@šuma.example", nil), ("ana@šuma.example\n", nil), ("ana@šu\0ma.example", nil),
        ("ana@\(String(repeating: "š", count: 2_000)).example", nil),
    ])
    func `an address with U-labels is the one with A-labels`(text: String, expected: String?) {
        #expect(EmailAddress(international: text)?.text == expected)
    }
}
