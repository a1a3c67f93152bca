extension MailPrograms {
    static let western: [MailPrograms] = [
        MailPrograms(
            language: "en",
            labels: ["From|Sent|To|Cc|Subject", "From|Date|To|Cc|Subject", "From|Date Sent|To|Cc|Subject"],
            date: "Monday, November 2, 2026 10:15 AM",
            attributions: [
                "On Mon, Nov 2, 2026 at 10:15\u{202F}AM N <A> wrote:", "On Mon, 2 Nov 2026 at 10:15, N <A> wrote:",
                "On 2 Nov 2026, at 10:15, N <A> wrote:", "On 11/2/26 10:15, N wrote:", "On 2026-11-02 10:15, N wrote:",
                "On Monday, November 2, 2026 at 10:15:00 AM GMT+1, N <A> wrote: ", "N <A> wrote:",
                "On November 2, 2026 10:15:00 AM GMT+01:00, N <A> wrote:", "Quoting N <A>:",
                "N/ORG wrote on 02/11/2026 10:15:12:", "Nov 2, 2026 10:15:00 AM N <A>:",
                "On Monday, November 2nd, 2026 at 10:15 AM, N <A> wrote:",
                "On 2 Nov 2026 at 10:15 +0100, N <A>, wrote:",
            ],
            titles: [
                "Original Message", "Original message", "Forwarded Message", "Forwarded message",
                "Original Appointment",
            ],
            begins: ["Begin forwarded message:"],
            sentFrom: [
                "Sent from my iPhone", "Sent from Outlook for iOS", "Get Outlook for Android", "Sent from my Galaxy",
            ],
            own: [
                "I wrote to you on 3 Nov 2026 at 10:15:", "As we wrote:", "On 3 November 2026 at 10:15 I wrote to you:",
            ]),
        MailPrograms(
            language: "ga", labels: ["Ó|Seolta|Chuig|Cc|Ábhar", "Ó|Dáta|Go|Cóip|Ábhar"],
            date: "Dé Luain 2 Samhain 2026 10:15",
            attributions: [
                "Ar Luan 2 Samh 2026 ag 10:15, scríobh N <A>:", "Ar 02/11/2026 10:15, scríobh N:",
                "Ar 2 Samh 2026, ag 10:15, scríobh N <A>:",
            ],
            titles: ["Teachtaireacht Bhunaidh", "Teachtaireacht Curtha Ar Aghaidh", "Bunteachtaireacht"],
            begins: ["Tús na teachtaireachta a cuireadh ar aghaidh:"], sentFrom: ["Seolta ó m'iPhone"],
            own: ["Scríobh mé chugaibh ar 3.11.2026 ag 10:15:"]),
        MailPrograms(
            language: "de",
            labels: ["Von|Gesendet|An|Cc|Betreff", "Von|Datum|An|Cc|Betreff", "Von|Gesendet am|An|Kopie|Betreff"],
            date: "Montag, 2. November 2026 um 10:15 Uhr",
            attributions: [
                "Am Mo., 2. Nov. 2026 um 10:15 Uhr schrieb N <A>:", "Am 02.11.2026 um 10:15 schrieb N <A>:",
                "Am 02.11.26 um 10:15 schrieb N:", "Am 2026-11-02 10:15, schrieb N:", "Zitat von N <A>:",
                "Am Montag, 2. November 2026 um 10:15:00 MEZ hat N <A> Folgendes geschrieben:", "N <A> schrieb:",
                "Am 2. November 2026 10:15:12 MEZ schrieb N <A>:", "N <A> schrieb am Mo., 2. Nov. 2026, 10:15:",
                "N/ORG schrieb am 02.11.2026 10:15:12:",
            ],
            titles: [
                "Ursprüngliche Nachricht", "Originalnachricht", "Weitergeleitete Nachricht", "Ursprüngliche Mail",
                "Original-Nachricht",
            ],
            begins: ["Anfang der weitergeleiteten Nachricht:"],
            sentFrom: ["Von meinem iPhone gesendet", "Gesendet mit der GMX iPhone App", "Von meinem Galaxy gesendet"],
            own: [
                "Ich schrieb Ihnen am 3.11. um 10:15:", "Wie wir am 3.11.2026 um 10:15 schrieben:",
                "Ich habe Ihnen am 3.11.2026 um 10:15 geschrieben:",
            ]),
        MailPrograms(
            language: "nl", labels: ["Van|Verzonden|Aan|CC|Onderwerp", "Van|Datum|Aan|Kopie|Onderwerp"],
            date: "maandag 2 november 2026 10:15",
            attributions: [
                "Op ma 2 nov 2026 om 10:15 schreef N <A>:",
                "Op 2 nov. 2026, om 10:15 heeft N <A> het volgende geschreven:",
                "Op 02-11-2026 om 10:15 schreef N:", "N schreef op 2026-11-02 10:15:", "Citeren N <A>:",
                "Op maandag 2 november 2026 10:15:00 CET schreef N <A>:",
            ],
            titles: ["Oorspronkelijk bericht", "Origineel bericht", "Doorgestuurd bericht", "Oorspronkelijke e-mail"],
            begins: ["Begin doorgestuurd bericht:"],
            sentFrom: ["Verstuurd vanaf mijn iPhone", "Verzonden vanaf Samsung-tablet"],
            own: ["Ik schreef u op 3-11-2026 om 10:15:", "Op 3-11-2026 om 10:15 heb ik geschreven:"]),
        MailPrograms(
            language: "fr",
            labels: [
                "De\u{A0}|Envoyé\u{A0}|À\u{A0}|Cc\u{A0}|Objet\u{A0}", "De|Envoyé le|À|Cc|Objet",
                "De|Date|À|Copie à|Objet",
                "De |Date |Pour |Cc |Objet ",
            ],
            date: "lundi 2 novembre 2026 10:15",
            attributions: [
                "Le lun. 2 nov. 2026 à 10:15, N <A> a écrit\u{A0}:", "Le 2 nov. 2026 à 10:15, N <A> a écrit\u{202F}:",
                "Le 02/11/2026 à 10:15, N a écrit :", "Le 2026-11-02 10:15, N a écrit :", "N <A> a écrit :",
                "Le lundi 2 novembre 2026 à 10:15:00 UTC+1, N <A> a écrit : ",
            ],
            titles: [
                "Message d'origine", "Message original", "Message transféré", "Mail original", "Message réexpédié",
            ],
            begins: ["Début du message réexpédié\u{A0}:", "Début du message transféré :"],
            sentFrom: [
                "Envoyé de mon iPhone", "Envoyé depuis mon smartphone Samsung Galaxy.", "Télécharger Outlook pour iOS",
            ],
            own: ["J'ai écrit le 3/11/2026 à 10:15 :", "Nous avons écrit le 3/11/2026 à 10h15 :"]),
    ]
}
