import Reading
import Testing

/// A second given name that is left out, and one that somebody else has in its place.
@Suite struct GivenNameTests {
    @Test(
        "With another name in the place of one left out it is somebody else",
        arguments: [
            "MARTIN Jean Pierre", "Je suis Luc Jean Martin", "Name: Luc Jean Martin", "Jean R. Martin",
            "Name: Jean Martin Dupont", "JEAN MARTIN DUPONT", "M. Luc Jean Martin", "Martin, Jean Pierre",
        ])
    func another(text: String) {
        let person = Shipped.read(text).mention(ofPerson: "Jean Paul", "Martin")
        #expect(!person.first.isFound || !person.last.isFound, "\(person)")
    }

    @Test(
        "Beside ordinary words and other lines it is the same",
        arguments: [
            "Jean Martin", "Jean P. Martin", "Cordialement Jean Martin", "Bonjour, je suis Jean Martin de Bois SARL",
            "M. Jean Martin", "Name: Jean Martin, Directeur", "Jean Martin\nDirecteur", "MARTIN Jean",
            "ROLE FOR JEAN MARTIN", "Mr Jean Martin", "Martin Jean P.", "Jean Paul Martin Dupont",
        ])
    func same(text: String) {
        let person = Shipped.read(text).mention(ofPerson: "Jean Paul", "Martin")
        #expect(person.first.isFound && person.last.isFound, "\(person)")
    }
}
