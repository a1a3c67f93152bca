import Reading
import Testing

/// What a mail asks for, in all languages.
@Suite struct KindTests {
    @Test(
        "A request for the importer's role is read as that and nothing else",
        arguments: KindSentences.cases(KindSentences.importer))
    func importer(language: String, text: String) {
        for reading in [Shipped.read(text).kinds(), Shipped.read(subject: text, "").kinds()] {
            #expect(Set(reading.kinds.keys) == ["importer"])
            #expect(reading.request != nil)
            #expect(reading.statusInquiry == nil)
        }
    }

    @Test(
        "A request for a competent authority's role is read as that",
        arguments: KindSentences.cases(KindSentences.authority))
    func authority(language: String, text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(Set(reading.kinds.keys) == ["competent-authority"])
        #expect(reading.request != nil)
    }

    @Test(
        "A request for a customs office's role is read as that", arguments: KindSentences.cases(KindSentences.customs))
    func customs(language: String, text: String) {
        let reading = Shipped.read(subject: text, "").kinds()
        #expect(Set(reading.kinds.keys) == ["customs-office"])
        #expect(reading.request != nil)
    }

    @Test("A request for an agent's role names an agent", arguments: KindSentences.cases(KindSentences.agent))
    func agent(language: String, text: String) {
        let reading = Shipped.read(subject: text, "").kinds()
        #expect(reading.kinds["agent"] != nil)
        #expect(reading.request != nil)
    }

    @Test("An additional role is seen", arguments: KindSentences.cases(KindSentences.additional))
    func additional(language: String, text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(reading.additional != nil)
        #expect(reading.request != nil)
    }

    @Test("A question about a request's status asks for no role", arguments: KindSentences.cases(KindSentences.status))
    func status(language: String, text: String) {
        let reading = Shipped.read(text).kinds()
        #expect(reading.statusInquiry != nil)
        #expect(reading.request == nil)
    }

    @Test("All 24 languages are in each table")
    func completeness() {
        let codes = Set(Shipped.lexicon.languages)
        #expect(codes.count == 24)
        for table in [
            KindSentences.importer, KindSentences.authority, KindSentences.customs, KindSentences.agent,
            KindSentences.additional, KindSentences.status,
        ] {
            #expect(Set(table.keys) == codes)
        }
    }
}
