import Reading
import Testing

/// The kind is what is asked for, not what is mentioned.
@Suite struct ObjectTests {
    @Test(
        "The object of the request decides",
        arguments: [
            ("I request the role of FLEGT timber importer. Our competent authority is in Cc.", ["importer"]),
            ("Role request for a FLEGT timber importer, with our competent authority in copy.", ["importer"]),
            ("Role request for a FLEGT timber importer … our competent authority is in Cc", ["importer"]),
            ("I hereby request the importer role and have put the competent authority in Cc", ["importer"]),
            ("The competent authority is in copy. I request the role of timber importer.", ["importer"]),
            ("Our competent authority, the Ministry of Agriculture, is in Cc. I need the importer role.", ["importer"]),
            ("I request the role of competent authority", ["competent-authority"]),
            ("I request the role of competent authority. We supervise timber importers.", ["competent-authority"]),
            ("As competent authority for FLEGT we request a customs office role.", ["customs-office"]),
            ("I already have the importer role, I need the customs office role.", ["customs-office"]),
            ("I already have the importer role and need the customs office role.", ["customs-office"]),
            ("I request the customs office role, not the importer role.", ["customs-office"]),
            ("I request the role of customs office instead of importer.", ["customs-office"]),
            ("Role request for an importer or an agent", ["agent", "importer"]),
            ("Please validate my role request. I am the legal representative of Drvo d.o.o.", []),
            ("Please validate my role request for Timber Importers Ltd.", []),
            ("Please validate my role request for Holz Importeure GmbH.", []),
            ("Role: importer\nCc: competent authority", ["importer"]),
            ("Kind of role: customs office\nCompetent authority informed", ["customs-office"]),
            ("Dear team, this is important. The import of goods is down.", []), ("Could you reset my password?", []),
            ("EUDR API – Request for credentials", []), ("I request the role of EUDR operator.", ["eudr-operator"]),
            ("Ich bitte um Freischaltung meiner Rolle als gesetzlicher Vertreter der Firma Nord.", []),
            ("Molim odobrenje uloge, zakonski zastupnik tvrtke Sjever", []),
            ("Je demande le rôle en tant que représentant légal de la société Nord.", []),
            ("Rollenantrag als Vertreter des Importeurs", ["importer"]),
            ("I request the role of FLEGT timber importer. We clear goods at the customs office Rijeka.", ["importer"]),
            (
                "The request was sent to the competent authority as well. Please validate the importer role.",
                ["importer"]
            ),
            ("importer@drvo.example requests a role", []),
            ("Hiermit beantrage ich die Rolle als Holzimporteur, die zuständige Behörde ist in Kopie.", ["importer"]),
            ("Ich habe bereits die Rolle Importeur, bitte um die Rolle für das Zollamt.", ["customs-office"]),
            ("Prosim za vlogo uvoznika lesa. Pristojni organ je v kopiji.", ["importer"]),
            ("Molim ulogu uvoznika drva, nadležno tijelo je u kopiji.", ["importer"]),
            ("Je demande le rôle d'importateur de bois; l'autorité compétente est en copie.", ["importer"]),
            ("Proszę o rolę importera drewna. Właściwy organ jest w kopii (DW).", ["importer"]),
            ("Kérem a faanyagimportőr szerepkört. Az illetékes hatóság másolatban szerepel.", ["importer"]),
            ("Pyydän maahantuojan roolia. Toimivaltainen viranomainen on kopiona.", ["importer"]),
            ("Solicito el rol de importador de madera, con la autoridad competente en copia.", ["importer"]),
            ("Chiedo il ruolo di importatore di legname, con l'autorità competente in copia.", ["importer"]),
            ("Ζητώ τον ρόλο εισαγωγέα ξυλείας. Η αρμόδια αρχή είναι σε κοινοποίηση.", ["importer"]),
            ("Моля за роля на вносител на дървесина. Компетентният орган е в копие.", ["importer"]),
            ("Molim role importer za drvo", ["importer"]), ("Zito rolo eisagogea xyleias", ["importer"]),
            ("Ich beantrage die Rolle der zustaendigen Behoerde", ["competent-authority"]),
            ("zadost o roli prislusneho organu", ["competent-authority"]),
            ("REQUEST FOR THE ROLE OF FLEGT COMPETENT AUTHORITY", ["competent-authority"]),
            ("role request for a\nFLEGT timber\nimporter", ["importer"]),
        ])
    func object(text: String, kinds: [String]) {
        #expect(Shipped.read(text).kinds().kinds.keys.sorted() == kinds)
    }

    @Test("Subject and body count alike, and a kind said in both places is one")
    func places() {
        let reading = Shipped.read(subject: "Role request: FLEGT timber importer", "Please see the subject. Ana Horvat")
        #expect(reading.kinds().kinds["importer"]?.place == .subject)
        #expect(reading.kinds().kinds["importer"]?.words == "importer")
        let both = Shipped.read(subject: "Role request", "for the role of customs office in Zagreb")
        #expect(both.kinds().request?.place == .subject)
        #expect(Set(both.kinds().kinds.keys) == ["customs-office"])
    }

    @Test("Two kinds asked for in two places are both read")
    func contradiction() {
        let reading = Shipped.read(subject: "Role request: timber importer", "I request the role of customs office.")
        #expect(Set(reading.kinds().kinds.keys) == ["customs-office", "importer"])
    }

    @Test("A word inside a given organisation's name is no kind")
    func organisations() {
        let reading = Shipped.read("Please validate my role request for Vereinigte Importeure.")
        #expect(reading.kinds().kinds["importer"] != nil)
        #expect(reading.kinds(ignoringOrganisations: ["Vereinigte Importeure"]).kinds.isEmpty)
        let other = Shipped.read("I request the importer role for Vereinigte Importeure GmbH.")
        #expect(Set(other.kinds(ignoringOrganisations: ["Vereinigte Importeure GmbH"]).kinds.keys) == ["importer"])
    }

    @Test("A request that also asks for its status is a request")
    func requestAndStatus() {
        let reading = Shipped.read("I request the importer role. What is the status of my account?").kinds()
        #expect(reading.request != nil)
        #expect(reading.statusInquiry != nil)
    }

    @Test("The evidence says which words, where and in which language")
    func evidence() {
        let reading = Shipped.read("Hiermit beantrage ich die Rolle als Holzimporteur für unsere Firma.")
        let evidence = reading.kinds().kinds["importer"]
        #expect(evidence?.words == "Holzimporteur")
        #expect(evidence?.language == "de")
        #expect(evidence.map { Array(reading.newText.utf8)[$0.range].elementsEqual("Holzimporteur".utf8) } == true)
    }
}
