extension MailPrograms {
    static let southern: [MailPrograms] = [
        MailPrograms(
            language: "it", labels: ["Da|Inviato|A|Cc|Oggetto", "Da|Data|A|Cc|Oggetto", "Da|Data|A|Cc|Ogg"],
            date: "lunedì 2 novembre 2026 10:15",
            attributions: [
                "Il giorno lun 2 nov 2026 alle ore 10:15 N <A> ha scritto:",
                "Il giorno 2 nov 2026, alle ore 10:15, N <A> ha scritto:", "Il 02/11/2026 10:15, N ha scritto:",
                "Il 02 novembre 2026 alle 10.15 N <A> ha scritto:", "Il 2026-11-02 10:15 N ha scritto:",
                "Il lunedì 2 novembre 2026 alle ore 10:15:00 CET, N <A> ha scritto:", "N <A> ha scritto:",
            ],
            titles: ["Messaggio originale", "Messaggio inoltrato", "Messaggio Originale", "Initial Header"],
            begins: ["Inizio messaggio inoltrato:"], sentFrom: ["Inviato da iPhone", "Inviato dal mio Galaxy"],
            own: ["Ho scritto il 3/11/2026 alle 10:15:", "Le abbiamo scritto il 3/11/2026 alle 10.15:"]),
        MailPrograms(
            language: "es",
            labels: ["De|Enviado el|Para|CC|Asunto", "De|Enviado|Para|Cc|Asunto", "De|Fecha|Para|Cc|Asunto"],
            date: "lunes, 2 de noviembre de 2026 10:15",
            attributions: [
                "El lun, 2 nov 2026 a las 10:15, N (<A>) escribió:", "El 2 nov 2026, a las 10:15, N <A> escribió:",
                "El 2/11/26 a las 10:15, N escribió:", "El 2026-11-02 10:15, N escribió:",
                "El lunes, 2 de noviembre de 2026, 10:15:00 CET, N <A> escribió:", "N <A> escribió:",
            ],
            titles: ["Mensaje original", "Mensaje reenviado", "Mensaje Original"],
            begins: ["Inicio del mensaje reenviado:"],
            sentFrom: ["Enviado desde mi iPhone", "Obtener Outlook para Android"],
            own: ["Les escribí el 3/11/2026 a las 10:15:", "El 3/11/2026 a las 10:15 les he escrito:"]),
        MailPrograms(
            language: "pt",
            labels: [
                "De|Enviada|Para|Cc|Assunto", "De|Enviado|Para|Cc|Assunto", "De|Enviada em|Para|Cc|Assunto",
                "De|Data|Para|Cc|Assunto",
            ],
            date: "segunda-feira, 2 de novembro de 2026 10:15",
            attributions: [
                "N <A> escreveu (segunda, 2/11/2026 à(s) 10:15):",
                "N <A> escreveu no dia segunda, 2/11/2026 à(s) 10:15:",
                "Em seg., 2 de nov. de 2026 às 10:15, N <A> escreveu:", "No dia 02/11/2026, às 10:15, N <A> escreveu:",
                "Às 10:15 de 02/11/2026, N escreveu:", "Em 2026-11-02 10:15, N escreveu:",
                "Em segunda-feira, 2 de novembro de 2026 às 10:15:00 WET, N <A> escreveu:",
            ],
            titles: ["Mensagem original", "Mensagem reencaminhada", "Mensagem encaminhada"],
            begins: ["Início da mensagem reencaminhada:", "Início da mensagem encaminhada:"],
            sentFrom: ["Enviado do meu iPhone", "Enviado a partir do meu Galaxy"],
            own: ["Escrevi-vos no dia 3/11/2026 às 10:15:"]),
        MailPrograms(
            language: "ro", labels: ["De la|Trimis|Către|Cc|Subiect", "De|Data|La|Cc|Subiect"],
            date: "luni, 2 noiembrie 2026 10:15",
            attributions: [
                "În lun., 2 nov. 2026 la 10:15, N <A> a scris:", "Pe 2 nov. 2026, la 10:15, N <A> a scris:",
                "Pe 02.11.2026 10:15, N a scris:", "Pe data 2026-11-02 10:15, N a scris:",
                "luni, 2 noiembrie 2026 la 10:15:00 EET, N <A> a scris:",
            ],
            titles: ["Mesaj original", "Mesaj redirecționat", "Mesaj înaintat"],
            begins: ["Începe mesajul redirecționat:"],
            sentFrom: ["Trimis de pe iPhone-ul meu"], own: ["V-am scris pe 3.11.2026 la 10:15:"]),
        MailPrograms(
            language: "mt", labels: ["Minn|Mibgħuta|Lil|Cc|Suġġett", "Minn|Data|Lil|Kopja|Suġġett"],
            date: "It-Tnejn 2 ta’ Novembru 2026 10:15",
            attributions: [
                "Fit-2 ta' Nov 2026 fl-10:15, N <A> kiteb:", "Fi 02/11/2026 10:15, N kiteb:", "N <A> kitbet:",
            ],
            titles: ["Messaġġ Oriġinali", "Messaġġ mgħoddi"], begins: ["Ibda messaġġ mgħoddi:"],
            sentFrom: ["Mibgħut mill-iPhone tiegħi"], own: ["Ktibtilkom fit-3.11.2026 fl-10:15:"]),
        MailPrograms(
            language: "el",
            labels: [
                "Από|Στάλθηκε|Προς|Κοιν.|Θέμα", "Από|Ημερομηνία|Προς|Κοινοποίηση|Θέμα", "Από|Απεστάλη|Προς|Κοιν|Θέμα",
            ],
            date: "Δευτέρα, 2 Νοεμβρίου 2026 10:15 πμ",
            attributions: [
                "Στις Δευ 2 Νοε 2026 στις 10:15\u{202F}π.μ., ο/η N <A> έγραψε:",
                "Στις 2 Νοε 2026, στις 10:15 π.μ., ο/η N <A> έγραψε:", "Στις 2/11/26 10:15, ο/η N έγραψε:",
                "Στις 2026-11-02 10:15, N έγραψε:",
                "Στις Δευτέρα 2 Νοεμβρίου 2026 στις 10:15:00 EET, ο χρήστης N <A> έγραψε:",
            ],
            titles: ["Αρχικό μήνυμα", "Προωθημένο μήνυμα"], begins: ["Έναρξη προωθημένου μηνύματος:"],
            sentFrom: ["Στάλθηκε από το iPhone μου"], own: ["Σας έγραψα στις 3/11/2026 και ώρα 10:15:"]),
        MailPrograms(
            language: "bg",
            labels: ["От|Изпратено|До|Копие|Относно", "От|Дата|До|Копие|Тема", "От|Изпратено на|До|Копие|Относно"],
            date: "понеделник, 2 ноември 2026 г. 10:15",
            attributions: [
                "На пн, 2.11.2026 г. в 10:15\u{A0}ч. N <A> написа:", "На 2.11.26 г. в 10:15, N написа:",
                "На 2026-11-02 10:15, N написа:", "На 2.11.2026 г., в 10:15, N <A> написа:", "Цитат от N <A>:",
            ],
            titles: ["Оригинално съобщение", "Препратено писмо", "Оригинално писмо", "Препратено съобщение"],
            begins: ["Начало на препратеното съобщение:"], sentFrom: ["Изпратено от моя iPhone"],
            own: ["Писах Ви на 3.11.2026 в 10:15:", "Написал съм Ви на 3.11.2026 г. в 10:15:"]),
    ]
}
