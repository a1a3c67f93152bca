extension MailPrograms {
    static let central: [MailPrograms] = [
        MailPrograms(
            language: "pl",
            labels: [
                "Od|Wysłano|Do|DW|Temat", "Od|Wysłane|Do|DW|Temat", "Od|Data|Do|Kopia|Temat",
                "Nadawca|Data|Adresat|DW|Temat",
            ],
            date: "poniedziałek, 2 listopada 2026 10:15",
            attributions: [
                "pon., 2 lis 2026 o 10:15 N <A> napisał(a):", "W dniu 2.11.2026 o 10:15, N pisze:",
                "Wiadomość napisana przez N <A> w dniu 02.11.2026, o godz. 10:15:",
                "Dnia 2 listopada 2026 10:15 N <A> napisał(a):",
                "W dniu 2026-11-02 10:15:12 użytkownik N <A> napisał:", "W dniu 2026-11-02 10:15, N napisał(a):",
                "Cytowanie N <A>:",
            ],
            titles: [
                "Oryginalna wiadomość", "Przekazana wiadomość", "Treść przekazanej wiadomości", "Wiadomość oryginalna",
            ],
            begins: ["Początek przekazywanej wiadomości:"],
            sentFrom: ["Wysłane z iPhone'a", "Pobierz aplikację Outlook dla systemu iOS"],
            own: ["Napisałem do Państwa w dniu 3.11.2026 o 10:15:", "Piszę do Państwa w dniu 3.11.2026 o 10:15:"]),
        MailPrograms(
            language: "cs", labels: ["Od|Odesláno|Komu|Kopie|Předmět", "Od|Datum|Komu|Kopie|Předmět"],
            date: "pondělí 2. listopadu 2026 10:15",
            attributions: [
                "po 2. 11. 2026 v 10:15 odesílatel N <A> napsal:", "2. 11. 2026 v 10:15, N <A>:",
                "Dne 02. 11. 26 v 10:15 N napsal(a):", "Dne 2026-11-02 10:15, N napsal:", "Citace N <A>:",
                "Dne pondělí 2. listopadu 2026 10:15:00 CET, N <A> napsal(a):",
            ],
            titles: ["Původní zpráva", "Původní e-mail", "Přeposlaná zpráva", "Předaná zpráva"],
            begins: ["Začátek přeposílané zprávy:"],
            sentFrom: ["Odesláno z iPhonu", "Odesláno z mého telefonu Galaxy"],
            own: ["Napsal jsem Vám 3. 11. 2026 v 10:15:", "Dne 3. 11. 2026 v 10:15 jsem napsala:"]),
        MailPrograms(
            language: "sk", labels: ["Od|Odoslané|Komu|Kópia|Predmet", "Od|Dátum|Komu|Kópia|Predmet"],
            date: "pondelok 2. novembra 2026 10:15",
            attributions: [
                "po 2. 11. 2026 o 10:15 N <A> napísal(a):", "Dňa 2. 11. 2026 o 10:15 N napísal(a):",
                "Dňa 2. 11. 2026 o 10:15 používateľ N <A> napísal:", "Dňa 2026-11-02 10:15 N napísal:",
                "2. 11. 2026 o 10:15, N <A>:",
            ],
            titles: ["Pôvodná správa", "Preposlaná správa", "Pôvodný e-mail"], begins: ["Začiatok preposlanej správy:"],
            sentFrom: ["Odoslané z iPhonu"], own: ["Napísal som Vám 3. 11. 2026 o 10:15:"]),
        MailPrograms(
            language: "sl",
            labels: ["Od|Poslano|Za|Kp|Zadeva", "Od|Datum|Za|Kp|Zadeva", "Pošiljatelj|Datum|Prejemnik|Kp|Zadeva"],
            date: "ponedeljek, 2. november 2026 10:15",
            attributions: [
                "V V pon., 2. nov. 2026 ob 10:15 je oseba N <A> napisala:", "N je 2. 11. 26 ob 10:15 napisal:",
                "Dne 02/11/2026 ob 10:15 je N napisal(-a):", "Dne 2026-11-02 10:15 je N napisal:",
            ],
            titles: ["Izvirno sporočilo", "Posredovano sporočilo", "Prvotno sporočilo"],
            begins: ["Začetek posredovanega sporočila:"],
            sentFrom: ["Poslano iz mojega iPhona"],
            own: ["Pisal sem Vam 3. 11. 2026 ob 10:15:", "Dne 3. 11. 2026 ob 10:15 sem napisal:"]),
        MailPrograms(
            language: "hr",
            labels: ["Od|Poslano|Prima|Kopija|Predmet", "Šalje|Poslano|Prima|Cc|Predmet", "Od|Datum|Za|Cc|Predmet"],
            date: "2. studenoga 2026. 10:15",
            attributions: [
                "pon, 2. stu 2026. u 10:15 N <A> napisao je:", "N <A> je dana 02.11.2026. u 10:15 napisao(la):",
                "N je napisao/la 02. 11. 2026. u 10:15:", "Dana 2026-11-02 10:15, N je napisao:",
                "Dana pon, 2. stu 2026. u 10:15 N <A> piše:",
            ],
            titles: ["Izvorna poruka", "Originalna poruka", "Proslijeđena poruka"],
            begins: ["Započni proslijeđenu poruku:", "Početak proslijeđene poruke:"],
            sentFrom: ["Poslano s mog iPhonea"],
            own: ["Napisao sam Vam 3.11.2026. u 10:15:", "Dana 3.11.2026. u 10:15 smo napisali:"]),
        MailPrograms(
            language: "hu",
            labels: [
                "Feladó|Elküldve|Címzett|Másolatot kap|Tárgy", "Feladó|Küldve|Címzett|Másolat|Tárgy",
                "Feladó|Dátum|Címzett|Másolatot kap|Tárgy",
            ],
            date: "2026. november 2., hétfő 10:15",
            attributions: [
                "N <A> ezt írta (időpont: 2026. nov. 2., H, 10:15):",
                "2026. nov. 2. dátummal, 10:15 időpontban N <A> írta:",
                "2026. 11. 02. 10:15 keltezéssel, N írta:", "2026-11-02 10:15 időpontban N ezt írta:", "N <A> írta:",
            ],
            titles: ["Eredeti üzenet", "Továbbított üzenet", "Továbbított levél"],
            begins: ["Továbbított levél kezdete:", "Továbbított üzenet kezdete:"],
            sentFrom: ["Az iPhone-omról küldve"], own: ["2026. 11. 3-án 10:15-kor ezt írtam Önöknek:"]),
    ]
}
