/// Right sentences in every language, one for each thing that a mail may ask for.
enum KindSentences {
    static let importer: [String: String] = [
        "bg": "С настоящото моля за потвърждаване на заявката ми за роля на вносител на дървен материал по FLEGT.",
        "cs": "Dobrý den, žádám o schválení role dovozce dřeva FLEGT pro naši společnost.",
        "da": "Hermed anmoder jeg om rollen som FLEGT-træimportør for vores virksomhed.",
        "de": "Hiermit beantrage ich die Freischaltung der Rolle als Holzimporteur im FLEGT-System.",
        "el": "Με το παρόν ζητώ την έγκριση του ρόλου εισαγωγέα ξυλείας FLEGT για την εταιρεία μας.",
        "en": "I hereby ask you to validate my role as FLEGT timber importer.",
        "es": "Solicito la validación de mi rol de importador de madera FLEGT.",
        "et": "Palun kinnitada minu FLEGT puidu importija roll.",
        "fi": "Pyydän hyväksymään roolipyyntöni FLEGT-puutavaran maahantuojaksi.",
        "fr": "Je sollicite par la présente le rôle d'importateur de bois FLEGT.",
        "ga": "Ba mhaith liom iarratas a dhéanamh ar ról allmhaireora adhmaid FLEGT.",
        "hr": "Ovim putem molim odobrenje uloge uvoznika drva u sustavu FLEGT.",
        "hu": "Kérem a FLEGT faanyagimportőri szerepkör jóváhagyását.",
        "it": "Con la presente chiedo l'attivazione del ruolo di importatore di legname FLEGT.",
        "lt": "Prašau patvirtinti mano FLEGT medienos importuotojo vaidmenį.",
        "lv": "Lūdzu apstiprināt manu FLEGT kokmateriālu importētāja lomu.",
        "mt": "Nixtieq nitlob ir-rwol ta' importatur tal-injam FLEGT.",
        "nl": "Hierbij vraag ik de rol van FLEGT-houtimporteur aan.",
        "pl": "Zwracam się z prośbą o nadanie roli importera drewna FLEGT.",
        "pt": "Venho por este meio pedir a atribuição da função de importador de madeira FLEGT.",
        "ro": "Vă rog să aprobați rolul de importator de lemn FLEGT.",
        "sk": "Dobrý deň, žiadam o schválenie roly dovozcu dreva FLEGT.",
        "sl": "Prosim za odobritev vloge uvoznika lesa FLEGT.",
        "sv": "Jag ansöker härmed om rollen som importör av timmer enligt FLEGT.",
    ]

    static let authority: [String: String] = [
        "bg": "Моля да одобрите заявката ми за роля на компетентен орган по FLEGT.",
        "cs": "Prosím o přidělení role příslušného orgánu FLEGT.",
        "da": "Jeg beder om rollen som kompetent FLEGT-myndighed.",
        "de": "Ich bitte um Freischaltung der Rolle der zuständigen Behörde für FLEGT.",
        "el": "Παρακαλώ για τον ρόλο της αρμόδιας αρχής FLEGT.",
        "en": "I request the role of FLEGT competent authority.",
        "es": "Ruego la activación del rol de autoridad competente FLEGT.",
        "et": "Taotlen FLEGT pädeva asutuse rolli.",
        "fi": "Haen FLEGT-toimivaltaisen viranomaisen roolia.",
        "fr": "Je vous prie de valider ma demande de rôle pour l'autorité compétente FLEGT.",
        "ga": "Iarraim ról mar údarás inniúil FLEGT.",
        "hr": "Molim dodjelu uloge nadležnog tijela za FLEGT.",
        "hu": "Kérem az illetékes FLEGT-hatóság szerepkörének megadását.",
        "it": "Chiedo il ruolo di autorità competente FLEGT.",
        "lt": "Prašau suteikti FLEGT kompetentingos institucijos vaidmenį.",
        "lv": "Lūdzu piešķirt FLEGT kompetentās iestādes lomu.",
        "mt": "Nitlob ir-rwol ta' awtorità kompetenti FLEGT.",
        "nl": "Ik verzoek om de rol van bevoegde FLEGT-autoriteit.",
        "pl": "Proszę o przyznanie roli właściwego organu FLEGT.",
        "pt": "Solicito o perfil de autoridade competente FLEGT.",
        "ro": "Solicit rolul de autoritate competentă FLEGT.",
        "sk": "Prosím o pridelenie roly príslušného orgánu FLEGT.",
        "sl": "Prosim za dodelitev vloge pristojnega organa FLEGT.",
        "sv": "Jag begär rollen som behörig myndighet för FLEGT.",
    ]

    static let customs: [String: String] = [
        "bg": "Подавам искане за роля за митническо учреждение.",
        "cs": "Žádost o roli pro celní úřad Praha.",
        "da": "Anmodning om rolle for toldstedet i Aarhus.",
        "de": "Rollenantrag für das Hauptzollamt Hamburg",
        "el": "Αίτημα ρόλου για το τελωνείο Πειραιά",
        "en": "Role request for a customs office",
        "es": "Solicitud de rol para la aduana de Valencia",
        "et": "Rollitaotlus tolliasutusele",
        "fi": "Roolihakemus tullitoimipaikkaa varten",
        "fr": "Demande de rôle pour le bureau de douane du Havre",
        "ga": "Iarratas ar ról d'oifig chustaim",
        "hr": "Zahtjev za ulogu carinskog ureda",
        "hu": "Szerepkör igénylése vámhivatal részére",
        "it": "Richiesta di ruolo per l'ufficio doganale di Genova",
        "lt": "Prašymas suteikti muitinės įstaigos vaidmenį",
        "lv": "Muitas iestādes lomas pieprasījums",
        "mt": "Talba għal rwol ta' uffiċċju doganali",
        "nl": "Rolaanvraag voor een douanekantoor",
        "pl": "Wniosek o rolę dla urzędu celnego",
        "pt": "Pedido de função para a estância aduaneira de Leixões",
        "ro": "Cerere de rol pentru biroul vamal Constanța",
        "sk": "Žiadosť o rolu pre colný úrad Bratislava",
        "sl": "Zahtevek za vlogo carinskega urada Koper",
        "sv": "Begäran om roll för tullkontoret i Göteborg",
    ]

    static let agent: [String: String] = [
        "bg": "Заявка за роля на агент", "cs": "Žádost o roli zástupce dovozce", "da": "Anmodning om rolle som agent",
        "de": "Rollenantrag als Zollagent", "el": "Αίτημα ρόλου εκπροσώπου",
        "en": "Role request for an agent acting for importers", "es": "Solicitud de rol de agente de aduanas",
        "et": "Rollitaotlus: tolliagentuur", "fi": "Roolipyyntö: huolitsija", "fr": "Demande de rôle de mandataire",
        "ga": "Iarratas ar ról gníomhaire", "hr": "Zahtjev za ulogu zastupnika", "hu": "Szerepkör igénylése ügynök részére",
        "it": "Richiesta di ruolo come spedizioniere", "lt": "Prašymas suteikti agento vaidmenį",
        "lv": "Aģenta lomas pieprasījums", "mt": "Talba għal rwol ta' aġent", "nl": "Rolaanvraag als douaneagent",
        "pl": "Wniosek o rolę agenta celnego", "pt": "Pedido de função de despachante", "ro": "Cerere de rol de agent",
        "sk": "Žiadosť o rolu agenta", "sl": "Zahtevek za vlogo zastopnika", "sv": "Begäran om roll som ombud",
    ]

    static let additional: [String: String] = [
        "bg": "Моля за допълнителна роля", "cs": "Žádám o další roli", "da": "Jeg anmoder om en yderligere rolle",
        "de": "Ich beantrage eine zusätzliche Rolle", "el": "Ζητώ πρόσθετο ρόλο", "en": "I request an additional role",
        "es": "Solicito un rol adicional", "et": "Taotlen lisarolli", "fi": "Haen lisäroolia",
        "fr": "Je demande un rôle supplémentaire", "ga": "Iarraim ról breise", "hr": "Tražim dodatnu ulogu",
        "hu": "További szerepkört igénylek", "it": "Chiedo un ruolo aggiuntivo", "lt": "Prašau papildomo vaidmens",
        "lv": "Lūdzu papildu lomu", "mt": "Nitlob rwol addizzjonali", "nl": "Ik vraag een extra rol aan",
        "pl": "Proszę o dodatkową rolę", "pt": "Peço uma função adicional", "ro": "Solicit un rol suplimentar",
        "sk": "Žiadam o ďalšiu rolu", "sl": "Prosim za dodatno vlogo", "sv": "Jag ansöker om ytterligare en roll",
    ]

    static let status: [String: String] = [
        "bg": "Какъв е статусът на моята заявка?", "cs": "Jaký je stav mé žádosti?", "da": "Hvad er status på min anmodning?",
        "de": "Wie ist der Stand meines Antrags?", "el": "Ποια είναι η πορεία του αιτήματός μου;",
        "en": "What is the status of my role request?", "es": "¿Cuál es el estado de mi solicitud?",
        "et": "Mis seisus on minu taotlus?", "fi": "Missä vaiheessa pyyntöni on?", "fr": "Où en est ma demande de rôle ?",
        "ga": "Cad é stádas m'iarratais?", "hr": "Koji je status mojeg zahtjeva?", "hu": "Hol tart a kérelmem?",
        "it": "A che punto è la mia richiesta?", "lt": "Kokia mano prašymo būsena?", "lv": "Kāds ir mana pieprasījuma statuss?",
        "mt": "X'inhu l-istatus tat-talba tiegħi?", "nl": "Wat is de status van mijn aanvraag?",
        "pl": "Na jakim etapie jest mój wniosek?", "pt": "Qual é o estado do meu pedido?", "ro": "Care este stadiul cererii mele?",
        "sk": "Aký je stav mojej žiadosti?", "sl": "Kakšno je stanje moje vloge?", "sv": "Vad är statusen på min begäran?",
    ]

    static func cases(_ table: [String: String]) -> [(String, String)] {
        table.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
