import Reading
import Testing

/// How else people write names: forms, tables, Latin letters for Greek and Cyrillic, particles, titles.
@Suite struct NameSpellingTests {
    @Test(
        "First and last name are found however a mail sets them",
        arguments: [
            ("Ana", "Ilić", "Ime: Ana\nPrezime: Ilić"), ("Ana", "Ilić", "ILIĆ, Ana"),
            ("Ana", "Ilić", "First name|Ana|Last name|Ilic"),
            ("Ana", "Ilić", "Ime\tAna\nPrezime\tIlić"), ("Ana", "Ilić", "Ana\u{200B}\u{A0}Ilić"),
            ("Ana", "Ilić", "(Ana Ilić)"),
            ("Ana", "Ilić", "A\u{AD}na I\u{AD}lić"), ("Ana", "Ilić", "Dipl. ing. Ana Ilić, univ. spec. oec."),
            ("Ana", "Ilić", "ANA ILIC"),
            ("Jean-Luc", "Lefèvre", "Jean‑Luc LEFEVRE"), ("Jean-Luc", "Lefèvre", "Jean Luc Lefevre"),
            ("Jean-Luc", "Lefèvre", "M. LEFÈVRE Jean - Luc"),
            ("Aoife", "O'Brien", "Aoife OBrien"), ("Aoife", "O'Brien", "Aoife O’Brien"),
            ("Aoife", "O'Brien", "Aoife O Brien"),
            ("Seán", "Ó Súilleabháin", "Sean O Suilleabhain"), ("Máire", "Ní Dhomhnaill", "MAIRE NI DHOMHNAILL"),
            ("Griet", "Van de Velde", "Griet van de Velde"), ("Jan", "van der Berg", "J. (Jan) v.d. Berg"),
            ("Jan", "van der Berg", "Berg, Jan van der"),
            ("Marta", "de la Fuente Ruiz", "Marta de la Fuente Ruiz"), ("Joana", "dos Santos", "Santos, Joana dos"),
            ("Marco", "D'Angiò", "Marco D' Angio"),
            ("Fatima Zahra", "El Amrani", "Fatima-Zahra EL AMRANI"), ("Hồng Nhung", "Nguyễn", "Nguyen Hong Nhung"),
            ("Minh Đức", "Nguyễn", "Nguyễn Minh Ðức"),
            ("Thị Hạnh", "Bùi", "Bui Thi Hanh"), ("Işıl", "Yıldırım", "IŞIL YILDIRIM"),
            ("Işıl", "Yıldırım", "Isil Yildirim"), ("Çiğdem", "İnci", "CIGDEM INCI"),
            ("Ħelena", "Żahra", "Helena Zahra"), ("Ġorġ", "Buttiġieġ", "Gorg Buttigieg"),
            ("Jürgen", "Großkopf", "JUERGEN GROSSKOPF"),
            ("Γιώργος", "Ξανθόπουλος", "Giwrgos Ksan8opoulos"), ("Γιώργος", "Ξανθόπουλος", "Yiorgos 3anthopoulos"),
            ("Θεόδωρος", "Ψαρρός", "8eodwros Psarros"),
            ("Χρήστος", "Αγγελόπουλος", "Christos Aggelopoulos"), ("Χρήστος", "Αγγελόπουλος", "Xrhstos Aggelopoylos"),
            ("Ευάγγελος", "Μπουντουβής", "ΕΥΑΓΓΕΛΟΣ ΜΠΟΥΝΤΟΥΒΗΣ"),
            ("Илиян", "Щерев", "Iliyan 6terev"), ("Илиян", "Щерев", "Ilian Shterev"),
            ("Яна", "Чавдарова", "Qna 4avdarova"), ("Жельо", "Въжаров", "Jelio Vyjarov"),
            ("Живко", "Шишков", "Zhivko 6i6kov"), ("Цветан", "Юруков", "Cvetan Iurukov"),
            ("Yordan", "Georgiev", "Йордан Георгиев"),
            ("László Péter", "Gyöngyösi", "Gyongyosi Laszlo Peter"),
            ("Erzsébet", "Kovácsné Tóth", "Kovácsné Tóth Erzsébet"),
            ("John P.", "Murphy", "John Murphy"), ("John", "Murphy", "John P. Murphy"),
            ("Peter", "Kôň", "Mgr. Peter Kon, PhD."), ("Carlo", "De Santis", "Dott. Carlo DE SANTIS"),
        ])
    func found(first: String, last: String, text: String) {
        let person = Shipped.read(text).mention(ofPerson: first, last)
        #expect(person.first.isFound && person.last.isFound, "\(person)")
    }

    @Test(
        "Half a name, an initial and another name are not enough",
        arguments: [
            ("Ana", "Ilić", "A. Ilić"), ("Ana", "Ilić", "gospođa Ilić"),
            ("Marta", "de la Fuente Ruiz", "Marta de la Fuente"),
            ("Aoife", "O'Brien", "Aoife Brien"), ("Ana", "Ilić", "Ana Ilic-Horvat"),
            ("Griet", "Van de Velde", "Griet Velde"),
            ("Joana", "dos Santos", "Joana Santo"), ("Jürgen", "Weiß", "Jürgen Weis"),
            ("Γιώργος", "Ξανθόπουλος", "Giorgos Kanthopoulos"), ("Илиян", "Щерев", "Iliyan Serev"),
            ("Ana", "Ilić", "Ana\nJana Ilinčić"),
            ("Đorđe", "Ilić", "Đorđa Ilić"), ("Işıl", "Yıldırım", "Işıl Yıldız"),
        ])
    func notFound(first: String, last: String, text: String) {
        let person = Shipped.read(text).mention(ofPerson: first, last)
        #expect(!person.first.isFound || !person.last.isFound, "\(person)")
    }

    @Test("A person's name inside the company's name is nobody's, in any case")
    func insideCompany() {
        let text = "molim ulogu za Željka za tvrtku Šarić Drvo d.o.o., Željko"
        let person = Shipped.read(text).mention(ofPerson: "Željko", "Šarić", outside: ["Šarić Drvo d.o.o."])
        #expect(person.first.isFound && !person.last.isFound)
    }
}
