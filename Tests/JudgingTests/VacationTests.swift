import Judging
import Mail
import Registry
import Testing

/// Automatic answers of programs that put no field into the header: only the subject gives them away.
struct VacationTests {
    /// What mail programs put before the subject that they answer, in the 24 languages.
    static let subjects: [(language: String, subject: String)] = [
        ("bg", "Автоматичен отговор: "), ("cs", "Automatická odpověď: "), ("da", "Automatisk svar: "),
        ("de", "Automatische Antwort: "), ("el", "Αυτόματη απάντηση: "), ("en", "Automatic reply: "),
        ("es", "Respuesta automática: "), ("et", "Automaatvastus: "), ("fi", "Automaattinen vastaus: "),
        ("fr", "Réponse automatique : "), ("ga", "Freagra uathoibríoch: "), ("hr", "Automatski odgovor: "),
        ("hu", "Automatikus válasz: "), ("it", "Risposta automatica: "), ("lt", "Automatinis atsakymas: "),
        ("lv", "Automātiska atbilde: "), ("mt", "Tweġiba awtomatika: "), ("nl", "Automatisch antwoord: "),
        ("pl", "Automatyczna odpowiedź: "), ("pt", "Resposta automática: "), ("ro", "Răspuns automat: "),
        ("sk", "Automatická odpoveď: "), ("sl", "Samodejni odgovor: "), ("sv", "Autosvar: "),
        ("de", "Abwesend: "), ("de", "Abwesenheitsnotiz: "), ("fr", "Absence du bureau : "),
        ("en", "Out of Office: "), ("en", "Out of Office AutoReply: "), ("en", "Autoreply: "),
        ("sv", "Automatiskt svar: "),
        ("it", "Fuori ufficio: "), ("es", "Fuera de la oficina: "), ("pt", "Fora do escritório: "),
        ("nl", "Afwezig: "), ("nl", "Afwezigheid: "), ("pl", "Nieobecność: "), ("cs", "Nepřítomnost: "),
        ("da", "Ikke til stede: "), ("fi", "Poissa: "), ("hu", "Házon kívül: "),
    ]

    @Test(arguments: subjects)
    func `A vacation answer without any header is held, whatever else it holds`(language: String, subject: String)
        throws
    {
        // Our own reply comes back below it, with all that a complete mail has.
        let mail = Samples.mail(subject: subject + "Re: Role request: FLEGT timber importer")
        let decision = try Samples.judge().judge(mail, view: Samples.view(), now: Samples.now)
        #expect(decision.verdict == .held)
        #expect(decision.reason == "automatic.subject")
        #expect(decision.reply == nil)
        #expect(decision.transition == nil)
    }

    @Test(arguments: [
        "Role request: FLEGT timber importer", "Re: Role request", "AW: AW: Rollenantrag",
        "Automation GmbH: role request",
        "Auto-import of timber: role request", "Office Timber Ltd: role request", "Antwort: Role request",
        "Odgovor: Role request", "Response to your mail", "Reply: role request", "Svar: Role request",
    ])
    func `Subjects that people write are none of these`(subject: String) throws {
        let decision = try Samples.judge().judge(Samples.mail(subject: subject), view: Samples.view(), now: Samples.now)
        #expect(decision.verdict == .accepted)
    }
}
