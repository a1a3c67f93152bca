import Mail
import Registry
import Testing

@testable import Judging

/// In which language a mail is answered.
@Suite struct ReplyLanguageTests {
    private static let german = "Guten Tag, ich bitte um die Rolle Holzimporteur. Ana Kovač, Drvo Sjever d.o.o. Danke"
    private static let names = "Ana Kovač, Drvo Sjever d.o.o."

    private func language(account: String?, text: String, subject: String = "FLEGT importer") throws -> String {
        var ana = Samples.ana
        ana.language = account
        let view = RegistryView(
            accounts: [ana], requests: [Samples.request()], operators: [Samples.drvo.id: Samples.drvo],
            authorities: [Samples.ministryHR.id: Samples.ministryHR],
            competentAuthorities: [Samples.officeDE, Samples.ministryHR])
        return try Samples.judge().judge(
            Samples.mail(subject: subject, text: text), view: view, now: Samples.now
        ).language
    }

    @Test(
        "The account's language comes first, with or without a country",
        arguments: [("hr", "hr"), ("HR", "hr"), ("de-AT", "de"), ("pt_BR", "pt"), ("fr_BE.UTF-8", "fr"), ("EL", "el")])
    func account(tag: String, expected: String) throws {
        #expect(try language(account: tag, text: Self.german) == expected)
    }

    @Test(
        "Without a language of the account that mails are read in, the mail's own counts",
        arguments: [nil, "", "uk", "tr-TR", "xx", "german", "1"] as [String?])
    func mail(tag: String?) throws {
        #expect(try language(account: tag, text: Self.german) == "de")
    }

    @Test("Where neither says, it is English; a language that an operator has words for stays")
    func neither() throws {
        #expect(try language(account: nil, text: Self.names) == "en")
        #expect(try language(account: "", text: Self.names) == "en")
        #expect(try language(account: "uk-UA", text: Self.names) == "uk")
    }

    @Test(
        "A stranger is answered in the language of the mail",
        arguments: [
            ("de", german), ("en", names), ("en", "漢字 \(names)"),
            ("fi", "Hei, pyydän puutavaran maahantuojan roolia. Kiitos"),
            ("sl", "Pozdravljeni, prosim za vlogo uvoznika lesa. Hvala in lep pozdrav"),
            ("et", "Tere, palun kinnitage minu puidu importija roll. Tänan"),
            ("pt", "Bom dia, peço a função de importador de madeira. Obrigada"),
        ])
    func stranger(expected: String, text: String) throws {
        let decision = try Samples.judge().judge(
            Samples.mail(text: text), view: RegistryView(accounts: [], requests: []), now: Samples.now)
        #expect(decision.verdict == .unmatched)
        #expect(decision.language == expected)
    }
}
