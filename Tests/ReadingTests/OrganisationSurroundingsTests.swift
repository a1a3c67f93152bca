import Reading
import Testing

/// What stands before and after a company's name, over line breaks too.
@Suite struct OrganisationSurroundingsTests {
    private static let lee = "Lee Valley Timber Ltd"
    private static let wrapped = "I kindly ask for the role of an importer in TRACES for Lee Valley Timber\n"

    @Test(
        "A longer name or another form around the name is another company",
        arguments: [
            ("DE", "Müller GmbH", "für die Holz Müller GmbH bitte"), ("DE", "Müller GmbH", "Holz Müller GmbH"),
            ("DE", "Müller GmbH", "die Schmidt & Müller GmbH"), ("DE", "Müller GmbH", "Schmidt & Müller GmbH"),
            ("IE", lee, "for West Lee Valley Timber Ltd"), ("IE", lee, "Company: West Lee Valley Timber Ltd"),
            ("IE", lee, "Lee Valley Timber\nplc"), ("DE", "Müller GmbH", "MUELLER\nGMBH & CO. KG"),
            ("IE", lee, wrapped + "Holdings Ltd, please."), ("IE", lee, wrapped + "plc, please."),
            ("IE", lee, "LEE VALLEY TIMBER HOLDINGS LTD"), ("IE", lee, "Lee Valley Timber trading Ltd"),
            ("IE", lee, "Company: Lee Valley Timber, Legal form: plc"),
        ])
    func another(country: String, name: String, text: String) {
        let mention = Shipped.read(text).mention(ofOrganisation: name, country: country)
        #expect(!mention.isFound, "\(mention)")
    }

    @Test(
        "Ordinary words around the name, and the next line's, are not its own",
        arguments: [
            ("DE", "Müller GmbH", "für die Firma Müller GmbH"), ("DE", "Müller GmbH", "Firma Müller GmbH"),
            ("DE", "Müller GmbH", "Die Müller GmbH bittet"), ("DE", "Müller GmbH", "für unseren Kunden Müller GmbH"),
            ("DE", "Müller GmbH", "Anna Weiß, Müller GmbH"), ("DE", "Müller GmbH", "Anna Weiß\nMüller GmbH"),
            ("IE", lee, "Ann Bell - Lee Valley Timber Ltd"), ("IE", lee, "Company: Lee Valley Timber Ltd"),
            ("IE", lee, "For Lee Valley Timber Ltd"), ("IE", lee, "the Importer Lee Valley Timber Ltd"),
            ("IE", lee, "in TRACES Lee Valley Timber Ltd"), ("IE", lee, "Oakwood plc, Lee Valley Timber Ltd"),
            ("IE", lee, wrapped + "Ltd, please."), ("IE", lee, "Lee Valley Timber\nOakwood plc"),
            ("IE", lee, "Lee Valley Timber\nplc is what we are not"), ("IE", lee, "Lee Valley Timber which is Ltd"),
            ("IE", lee, "Company: Lee Valley Timber, Legal form: Ltd"), ("IE", lee, "LEE VALLEY TIMBER AND OAK LTD"),
        ])
    func itself(country: String, name: String, text: String) {
        let mention = Shipped.read(text).mention(ofOrganisation: name, country: country)
        #expect(mention.isFound, "\(mention)")
    }
}
