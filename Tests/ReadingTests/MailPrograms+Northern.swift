extension MailPrograms {
    static let northern: [MailPrograms] = [
        MailPrograms(
            language: "da", labels: ["Fra|Sendt|Til|Cc|Emne", "Fra|Dato|Til|Kopi|Emne"], date: "2. november 2026 10:15",
            attributions: [
                "Den man. 2. nov. 2026 kl. 10.15 skrev N <A>:", "Den 2. nov. 2026 kl. 10.15 skrev N <A>:",
                "Den 02.11.2026 kl. 10.15 skrev N:", "Den 2026-11-02 10:15, skrev N:", "N <A> skrev:",
                "Den mandag den 2. november 2026 10.15.00 CET skrev N <A>:",
            ],
            titles: ["Oprindelig meddelelse", "Videresendt meddelelse", "Videresendt besked", "Original besked"],
            begins: ["Start på videresendt besked:", "Begyndelse på videresendt besked:"],
            sentFrom: ["Sendt fra min iPhone", "Hent Outlook til iOS"],
            own: ["Jeg skrev til jer den 3.11.2026 kl. 10.15:", "Den 3.11.2026 kl. 10.15 skrev jeg:"]),
        MailPrograms(
            language: "sv", labels: ["Från|Skickat|Till|Kopia|Ämne", "Från|Datum|Till|Cc|Ämne"],
            date: "den 2 november 2026 10:15",
            attributions: [
                "Den mån 2 nov. 2026 kl 10:15 skrev N <A>:", "2 nov. 2026 kl. 10:15 skrev N <A>:",
                "Den 2026-11-02 kl. 10:15, skrev N:", "Den måndag 2 november 2026 10:15:00 CET, N <A> skrev:",
                "N <A> skrev:",
            ],
            titles: ["Ursprungligt meddelande", "Originalmeddelande", "Vidarebefordrat meddelande"],
            begins: ["Vidarebefordrat brev:", "Börja vidarebefordrat meddelande:"],
            sentFrom: ["Skickat från min iPhone", "Skickat från min Galaxy"],
            own: ["Jag skrev till er den 3 nov 2026 kl 10:15:", "Vi skrev 2026-11-03 kl. 10.15:"]),
        MailPrograms(
            language: "fi",
            labels: ["Lähettäjä|Lähetetty|Vastaanottaja|Kopio|Aihe", "Lähettäjä|Päivämäärä|Vastaanottaja|Kopio|Aihe"],
            date: "maanantai 2. marraskuuta 2026 10.15",
            attributions: [
                "ma 2. marrask. 2026 klo 10.15 N (A) kirjoitti:", "N <A> kirjoitti 2.11.2026 kello 10.15:",
                "N kirjoitti 2.11.2026 klo 10.15:", "2026-11-02 10:15, N kirjoitti:",
                "maanantai 2. marraskuuta 2026 klo 10.15.00 UTC+2 N <A> kirjoitti:",
            ],
            titles: ["Alkuperäinen viesti", "Välitetty viesti", "Edelleenlähetetty viesti"],
            begins: ["Välitetty viesti alkaa:"],
            sentFrom: ["Lähetetty iPhonesta", "Lähetetty laitteesta Galaxy"],
            own: ["Kirjoitin teille 3.11.2026 klo 10.15:"]),
        MailPrograms(
            language: "et",
            labels: [
                "Saatja|Saadetud|Adressaat|Koopia|Teema", "Saatja|Kuupäev|Saaja|Koopia|Teema",
                "Kellelt|Saatmisaeg|Kellele|Koopia|Teema",
            ],
            date: "esmaspäev, 2. november 2026 10:15",
            attributions: [
                "Kuupäev E, 2. november 2026 kell 10:15 kirjutas N <A>:", "02.11.2026 10:15 N kirjutas:",
                "2026-11-02 10:15, N kirjutas:", "N <A> kirjutas:",
            ],
            titles: ["Algne kiri", "Algne teade", "Edastatud kiri", "Algsõnum"], begins: ["Edastatud sõnumi algus:"],
            sentFrom: ["Saadetud minu iPhone'ist"], own: ["Kirjutasin teile 3.11.2026 kell 10:15:"]),
        MailPrograms(
            language: "lv",
            labels: [
                "No|Nosūtīts|Kam|Kopija|Tēma", "No|Datums|Kam|Kopija|Temats", "Sūtītājs|Datums|Saņēmējs|Kopija|Temats",
            ],
            date: "pirmdiena, 2026. gada 2. novembris 10:15",
            attributions: [
                "pirmd., 2026. g. 2. nov., plkst. 10:15 — lietotājs N (<A>) rakstīja:", "02.11.2026 10:15, N rakstīja:",
                "2026-11-02 10:15, N rakstīja:", "Citējot N <A>:",
            ],
            titles: ["Sākotnējais ziņojums", "Sākotnējā ziņa", "Pārsūtītā vēstule", "Pārsūtīts ziņojums"],
            begins: ["Pārsūtītā ziņojuma sākums:"], sentFrom: ["Nosūtīts no mana iPhone"],
            own: ["Es jums rakstīju 3.11.2026 plkst. 10:15:"]),
        MailPrograms(
            language: "lt",
            labels: ["Nuo|Išsiųsta|Kam|Kopija|Tema", "Nuo|Data|Kam|Kopija|Tema", "Siuntėjas|Data|Gavėjas|Kopija|Tema"],
            date: "2026 m. lapkričio 2 d., pirmadienis 10:15",
            attributions: [
                "2026-11-02, pr, 10:15 N <A> rašė:", "2026-11-02 10:15, N rašė:", "2026-11-02 10:15, N <A> parašė:",
            ],
            titles: [
                "Originalus laiškas", "Pradinis laiškas", "Pradinis pranešimas", "Persiųstas laiškas", "Pradinė žinutė",
            ],
            begins: ["Persiųsto laiško pradžia:"], sentFrom: ["Išsiųsta iš mano iPhone"],
            own: ["Rašiau jums 2026-11-03 10:15:"]),
    ]
}
