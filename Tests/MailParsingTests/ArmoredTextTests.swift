import Mail
import MailParsing
import Testing

@Suite struct `Inline PGP` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        let text: String
        var isEncrypted = false
    }

    static let signature =
        "-----BEGIN PGP SIGNATURE-----\nVersion: X 1\n\niQEzBAEB/a+\n=njUN\n-----END PGP SIGNATURE-----"
    static let message = "-----BEGIN PGP MESSAGE-----\n\nhQEMA+abc/DE==\n=Q5bA\n-----END PGP MESSAGE-----"

    static let cases = [
        Case(
            testDescription: "signed",
            body: "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256, SHA512\n\nAna\n- -- \n- - a\n\(signature)\nafter",
            text: "Ana\n-- \n- a\nVersion: X 1\nafter"),
        Case(
            testDescription: "signed without a digest's name",
            body: "-----BEGIN PGP SIGNED MESSAGE-----\n\nAna\n\(signature)", text: "Ana\nVersion: X 1"),
        // Whatever isn't armour stays: somebody would see it.
        Case(
            testDescription: "words in the armour",
            body:
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: none of it is true\n\nAna\n-----BEGIN PGP SIGNATURE-----\nI withdraw it.\nabc=\n-----END PGP SIGNATURE-----",
            text: "Hash: none of it is true\nAna\nI withdraw it."),
        Case(testDescription: "encrypted", body: message, text: "", isEncrypted: true),
        Case(testDescription: "encrypted beside words", body: "Ana\n\(message)\nHorvat", text: "Ana\nHorvat"),
        Case(
            testDescription: "quoted", body: "> -----BEGIN PGP MESSAGE-----\n> \n> abc=\n> -----END PGP MESSAGE-----",
            text: "> -----BEGIN PGP MESSAGE-----\n> \n> abc=\n> -----END PGP MESSAGE-----"),
        Case(
            testDescription: "a key",
            body: "Ana\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc=\n-----END PGP PUBLIC KEY BLOCK-----",
            text: "Ana"),
        Case(
            testDescription: "an end only", body: "-----END PGP MESSAGE-----\nAna",
            text: "-----END PGP MESSAGE-----\nAna"),
        Case(testDescription: "rulers", body: "-----\n-----Begin\nAna", text: "-----\n-----Begin\nAna"),
    ]

    @Test(arguments: cases)
    func `leaves the words that somebody reads`(item: Case) throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(["Content-Type: text/plain; charset=utf-8"], [item.body.replacing("\n", with: "\r\n")]))
        #expect(mail.texts.map(\.text) == [item.text])
        #expect((mail.textObstacle == .encrypted) == item.isEncrypted)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "-----BEGIN PGP SIGNED MESSAGE-----\n", "-----BEGIN PGP MESSAGE-----\n",
            "-----BEGIN PGP MESSAGE-----\nab c\n",
            "-----", "- ", "-----B",
        ])
    func `made to hurt is read in time`(piece: String) throws {
        let body = String(repeating: piece, count: 500_000 / piece.utf8.count)
        let mail = try MailFixtures.parse(
            MailFixtures.mime([], body.split(separator: "\n").map { "\($0)".prefix(900) + "" }))
        #expect(mail.texts.count == 1)
        #expect(mail.problems == [])
    }
}
