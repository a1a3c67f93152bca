/// What the languages that people write to us in look like in octets: their letters beyond ASCII, everyday words that
/// need none, and the charsets that mail programs wrote them in before UTF-8.
struct CharsetLanguage: Sendable {
    /// Lower case.
    let letters: String
    /// Letters among `letters` that are frequent; only scripts other than Latin need them.
    var frequent = ""
    /// ASCII, lower case.
    var words: Set<String> = []
    /// The first one is preferred where several read the text the same.
    let charsets: [String]

    private init(_ letters: String, frequent: String = "", words: String = "", _ charsets: [String]) {
        self.letters = letters
        self.frequent = frequent
        self.words = Set(words.split(separator: " ").map(String.init))
        self.charsets = charsets
    }

    private static let western = ["windows-1252", "iso-8859-15"]
    private static let central = ["windows-1250", "iso-8859-2"]
    private static let baltic = ["windows-1257", "iso-8859-13"]
    private static let cyrillic = ["windows-1251", "iso-8859-5", "koi8-r"]

    /// In order of preference.
    static let all: [CharsetLanguage] = [
        CharsetLanguage("äöüß", words: "der die das und ich bitte ein mit den auf sehr mein ist", western),
        CharsetLanguage("àâæçèéêëîïôœùûüÿ", words: "le les des une pour dans vous nous avec mon est et du", western),
        CharsetLanguage("àèéìòùîí", words: "il di per che con una mio nome della sono gli", western),
        CharsetLanguage("áéíñóúü", words: "el los para por una con nombre del mi como", western),
        CharsetLanguage("àáâãçéêíóôõúü", words: "os para por uma com meu nome da do", western),
        CharsetLanguage("áèéêëïíóöü", words: "het een en van voor met ik naam mijn", western),
        CharsetLanguage("åæéøö", words: "og jeg til af med er navn min at", western),
        CharsetLanguage("åäéö", words: "och jag till av med att namn mitt som", western),
        CharsetLanguage("åäöšž", words: "ja olen on se nimi haen", western),
        CharsetLanguage("äõöüšž", words: "ja on ma minu nimi palun", western + baltic),
        CharsetLanguage("áéíóú", words: "an na agus is mo ar", western),
        CharsetLanguage("ąćęłńóśźż", words: "na nie jest do dla oraz pan firma", central),
        CharsetLanguage("áčďéěíňóřšťúůýž", words: "na pro jsem se je ve za firma", central),
        CharsetLanguage("áäčďéíĺľňóôŕšťúýž", words: "na pre som sa je vo za firma", central),
        CharsetLanguage("áéíóöőúüű", words: "az egy hogy nem van vagyok nevem", central),
        CharsetLanguage("čćđšž", words: "je za na se molim sam uloga tvrtka ime", central),
        CharsetLanguage("čšž", words: "je za na se in prosim sem vloga ime", central),
        CharsetLanguage("ăâîşţșț", words: "de la pentru cu este un sunt", central),
        CharsetLanguage("ąčęėįšųūž", words: "ir yra su kad prie esu", baltic),
        CharsetLanguage("āčēģīķļņšūž", words: "un ir par no ka es", baltic),
        CharsetLanguage("ċġħżàèìòù", words: "li ta u il huwa jien", ["iso-8859-3"]),
        CharsetLanguage("âçğıîöşüû", words: "ve bir bu ile", ["windows-1254", "iso-8859-9"]),
        CharsetLanguage(
            "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", frequent: "αοιετσνηυρςάέίόή", ["windows-1253", "iso-8859-7"]),
        CharsetLanguage("абвгдежзийклмнопрстуфхцчшщъьюя", frequent: "аоеинтрсв", cyrillic),
        CharsetLanguage("абвгдежзийклмнопрстуфхцчшщъыьэюяё", frequent: "аоеинтрсв", cyrillic),
    ]
}
