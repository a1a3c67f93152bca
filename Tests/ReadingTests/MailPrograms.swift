import Testing

/// What mail programs write in one language above the mail that they quote or forward, as the programs really write it.
///
/// In the sentences, `N` stands for the name of the older mail's sender and `A` for the address.
struct MailPrograms: Sendable, CustomTestStringConvertible {
    let language: String
    /// Labels of header blocks (Outlook desktop, new and web; Outlook for Mac; Notes; web mail), each: from, sent, to,
    /// copy, subject.
    let labels: [String]
    /// The date in such a block.
    let date: String
    /// Attributions of Gmail, Apple Mail, Thunderbird, Roundcube, Yahoo and the country's own web mail.
    let attributions: [String]
    /// Titles above an answered or forwarded mail, without dashes (Outlook, Samsung, Thunderbird, Roundcube, Zimbra).
    let titles: [String]
    /// Titles of Apple Mail.
    let begins: [String]
    /// What phones and free programs write below a mail: no quote.
    let sentFrom: [String]
    /// What people write that only looks like an attribution or a header.
    let own: [String]

    var testDescription: String { language }

    static let name = "Marko Novak"
    static let address = "marko@stara.example"

    /// The attributions with name and address filled in.
    var filledAttributions: [String] { attributions.map(Self.fill) }

    static func fill(_ sentence: String) -> String {
        var words = sentence.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for index in words.indices {
            let word = words[index]
            let core = word.filter { $0.isLetter }
            if core == "N" || word.hasPrefix("N/") { words[index] = word.replacing("N", with: name) }
            if core == "A" { words[index] = word.replacing("A", with: address) }
        }
        return words.joined(separator: " ")
    }

    /// A header block as `order` has it: `f`rom, `s`ent, `t`o, `c`opy, s`u`bject.
    func block(_ set: String, order: String, between: String = ": ", bold: Bool = false) -> String {
        let labels = set.split(separator: "|").map(String.init)
        let values = [
            "\(Self.name) <\(Self.address)>", date, "TRACES <sante@support.example>", "ca@forest.example",
            "FLEGT timber importer",
        ]
        return order.compactMap { letter in
            guard let place = Array("fstcu").firstIndex(of: letter), place < labels.count else { return nil }
            return bold ? "*\(labels[place]):* \(values[place])" : labels[place] + between + values[place]
        }.joined(separator: "\n")
    }

    static let all: [MailPrograms] = western + northern + central + southern
}
