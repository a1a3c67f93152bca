/// Short texts as people type them, one a line, by language.
enum LanguageSamples {
    static let northern = [
        "da": """
        Hej, jeg vil gerne have rollen som importør. Tak.
        Goddag, vi har ansøgt om rollen i går og mangler nu bare jeres godkendelse.
        Jeg skal bruge adgang for vores virksomhed, mvh Lars Holm
        Hermed min ansøgning, som I bad om. Venlig hilsen Mette
        Kan I hjælpe mig? Jeg har ikke fået svar endnu.
        Jeg hedder Søren Kjær og arbejder hos Nordtræ A/S.
        hej, jeg har ogsaa sendt den til myndigheden, hilsen Jens
        Kære alle, hvornår bliver min rolle godkendt?
        """,
        "et": """
        Tere! Palun kinnitage minu roll. Tänan.
        Esitasin eile taotluse puidu maaletooja rolli saamiseks.
        Palun lisage mulle ka teine roll, aitäh!
        Lugupeetud kolleegid, soovime ligipääsu meie ettevõttele.
        Minu nimi on Kalev Tamm, ettevõte Mets ja Puit OÜ.
        Tere, kas minu taotlus on juba kinnitatud?
        Lugupidamisega, Piret Saar. Palun lisarolli.
        tere, palun aktiveerige minu oigused, tanan
        """,
        "fi": """
        Hei, pyydän maahantuojan roolia. Kiitos!
        Hei! Jätin eilen hakemuksen, voisitteko hyväksyä sen?
        Tarvitsen oikeudet yrityksellemme, terveisin Matti
        Olen pyytänyt roolia Pohjan Puu Oy:lle. Ystävällisin terveisin
        Moi, milloin hakemus hyväksytään? Terv. Liisa
        Tarvitsisin vielä lisäroolin, kiitos etukäteen.
        hei pyydan etta hyvaksytte roolin, terveisin paivi
        Nimeni on Aino Virtanen ja edustan yritystä.
        """,
        "lt": """
        Laba diena, prašau patvirtinti mano vaidmenį. Ačiū.
        Vakar pateikiau prašymą dėl importuotojo rolės.
        Sveiki, noriu gauti prieigą mūsų įmonei.
        Mano vardas Jonas Petraitis, įmonė UAB Miško ženklas.
        Ar jau patvirtinote mūsų prašymą? Pagarbiai, Rasa
        laba diena, prasau suteikti man importuotojo role, aciu, pagarbiai
        Gerbiamieji, man reikia papildomo vaidmens.
        Dėkoju už pagalbą ir laukiu jūsų atsakymo.
        """,
        "lv": """
        Labdien! Lūdzu apstiprināt manu lomu. Paldies.
        Vakar iesniedzu pieprasījumu par importētāja lomu.
        Sveiki, vēlos piekļuvi mūsu uzņēmumam.
        Mans vārds ir Jānis Ozols, uzņēmums SIA Meža zīme.
        Vai mūsu pieteikums jau ir apstiprināts? Ar cieņu, Ilze
        labdien, ludzu pieskirt man importetaja lomu, paldies, ar cienu
        Cienījamie, man nepieciešama papildu loma.
        Pateicos par palīdzību un gaidīšu jūsu atbildi.
        """,
        "sv": """
        Hej, jag behöver rollen som importör. Tack!
        Hej! Vi har ansökt om rollen igår och väntar nu på ert godkännande.
        Jag skulle vilja ha behörighet för vårt företag, mvh Lars Holm
        Härmed min ansökan, som ni bad om. Vänliga hälsningar Mette
        Kan ni hjälpa mig? Jag har inte fått svar ännu.
        Jag heter Sören Kjell och arbetar hos Nordträ AB.
        hej, jag har ocksa skickat den till myndigheten, halsningar Jens
        Hej alla, när blir min roll godkänd?
        """,
    ]

    static let western = [
        "de": """
        Hallo, ich brauche die Rolle als Importeur. Danke!
        Guten Tag, wir haben gestern einen Antrag gestellt und warten auf Ihre Freischaltung.
        Bitte schalten Sie mich für unsere Firma frei. Viele Grüße
        Ich bitte um die Bestätigung meiner Rolle. MfG Anna Groß
        Anbei nochmals meine Daten, wie gewünscht.
        Können Sie mir sagen, wann ich die Rolle bekomme?
        sehr geehrte damen und herren, ich moechte die rolle fuer unsere firma, gruesse
        Mein Name ist Jörg Weiß, ich bin bei der Nordholz GmbH.
        """,
        "en": """
        Hello, please approve my role. Thanks!
        Dear team, I have requested the importer role for our company.
        Could you let me know when it will be done?
        My name is Sean Byrne and I work for Lee Valley Timber Ltd.
        We need access as soon as possible. Kind regards, Ann
        I would like to have this role too, thank you.
        hi, we sent the request yesterday but there is no answer
        Please find my details below.
        """,
        "fr": """
        Bonjour, merci de valider mon rôle.
        Bonjour, nous avons fait la demande hier pour notre société.
        Je voudrais le rôle d'importateur, cordialement, Luc
        Je m'appelle Hélène Dupré et je travaille chez Bois du Nord SARL.
        Pouvez-vous me dire quand ce sera fait ?
        Veuillez trouver ci-dessous mes nom et prénom.
        bonjour, je suis deja inscrit mais je n'ai pas encore acces
        Nous vous remercions par avance pour votre réponse.
        """,
        "ga": """
        A chara, ba mhaith liom ról an allmhaireora a iarraidh.
        Dia dhaoibh, rinne mé iarratas inné ar son na cuideachta seo.
        Tá ról ag teastáil uaim, go raibh maith agaibh.
        Is mise Seán Ó Briain agus táim ag obair don chuideachta seo.
        An bhfuil m'iarratas faofa fós? Le meas, Máire
        Chuir mé an t-iarratas isteach cheana, ach níl freagra agam.
        a chara, ta rol breise ag teastail uainn, le meas
        Gabh mo leithscéal, seo mo chuid sonraí arís.
        """,
        "mt": """
        Bonġu, nixtieq nitlob ir-rwol ta' importatur. Grazzi!
        Għażiż tim, għandi bżonn aċċess għall-kumpanija tagħna.
        Jien Ġużeppi Borg u nitlob li tapprovaw it-talba tiegħi.
        Il-bieraħ bgħatt it-talba, meta se tkun lesta?
        Jekk jogħġobkom ikkonfermaw ir-rwol tiegħi.
        Isem: Marija, kunjom: Vella, tislijiet
        bongu, nixtieq ir-rwol ghall-kumpanija taghna, grazzi
        Grazzi tal-għajnuna u nistenna tweġiba mingħandkom.
        """,
        "nl": """
        Hallo, graag mijn rol goedkeuren. Bedankt!
        Goedemorgen, wij hebben gisteren een aanvraag ingediend voor ons bedrijf.
        Ik wil graag de rol van importeur, groet, Jan
        Mijn naam is Sanne de Wit en ik werk bij Noordhout B.V.
        Kunt u mij laten weten wanneer dit klaar is?
        Hierbij nogmaals mijn gegevens, zoals gevraagd.
        hallo, ik heb nog geen toegang, kan dat geregeld worden
        Alvast bedankt en met vriendelijke groet
        """,
    ]

    static let southern = [
        "el": """
        Καλημέρα, παρακαλώ εγκρίνετε τον ρόλο μου. Ευχαριστώ!
        Χθες υπέβαλα αίτηση για την εταιρεία μας.
        Θα ήθελα τον ρόλο του εισαγωγέα, με εκτίμηση, Νίκος
        Ονομάζομαι Ελένη Παππά και εργάζομαι στην Ξυλεμπορική ΑΕ.
        Πότε θα είναι έτοιμο;
        Χρειάζομαι και έναν πρόσθετο ρόλο, σας ευχαριστώ.
        ΠΑΡΑΚΑΛΩ ΓΙΑ ΤΗΝ ΕΓΚΡΙΣΗ ΤΟΥ ΡΟΛΟΥ ΜΟΥ
        kalimera, parakalo gia tin egkrisi tou rolou mou, efcharisto
        """,
        "es": """
        Hola, por favor aprueben mi rol. ¡Gracias!
        Buenos días, ayer hicimos la solicitud para nuestra empresa.
        Quisiera el rol de importador, un saludo, Luis
        Me llamo Begoña Muñoz y trabajo en Maderas del Norte S.L.
        ¿Me pueden decir cuándo estará listo?
        Necesito también un rol adicional, muchas gracias.
        buenos dias, todavia no tengo acceso y lo necesito para hoy
        Les adjunto mis datos, quedo a la espera de su respuesta.
        """,
        "it": """
        Buongiorno, vi chiedo di approvare il mio ruolo. Grazie!
        Ieri abbiamo fatto la richiesta per la nostra ditta.
        Vorrei il ruolo di importatore, saluti, Luca
        Mi chiamo Chiara Dell'Acqua e lavoro per Legnami del Nord S.r.l.
        Potete dirmi quando sarà pronto?
        Ho bisogno anche di un ruolo aggiuntivo, cordiali saluti.
        buongiorno, non ho ancora ricevuto una risposta alla mia richiesta
        In allegato i miei dati, come richiesto.
        """,
        "pt": """
        Olá, por favor aprovem a minha função. Obrigado!
        Bom dia, ontem fizemos o pedido para a nossa empresa.
        Gostaria da função de importador, cumprimentos, Luís
        Chamo-me Conceição Magalhães e trabalho na Madeiras do Norte Lda.
        Podem dizer-me quando estará pronto?
        Preciso também de uma função adicional, muito obrigada.
        bom dia, ainda nao tenho acesso e preciso dele para hoje
        Envio em anexo os meus dados, como pedido.
        """,
        "ro": """
        Bună ziua, vă rog să aprobați rolul meu. Mulțumesc!
        Ieri am trimis cererea pentru firma noastră.
        Aș dori rolul de importator, cu stimă, Ion
        Mă numesc Ștefan Țurcanu și lucrez la Lemn Nord SRL.
        Când va fi gata cererea mea?
        Am nevoie și de un rol suplimentar, vă mulțumesc.
        buna ziua, nu am primit inca raspuns la cererea mea, multumesc
        Atașat aveți datele mele, așa cum ați cerut.
        """,
    ]

    static let eastern = [
        "bg": """
        Здравейте, моля за одобрение на ролята ми. Благодаря!
        Вчера подадох заявка за нашата фирма.
        Искам роля на вносител, с уважение, Иван
        Казвам се Цветана Йорданова и работя в „Дървесина Север“ ЕООД.
        Кога ще бъде готово?
        Нужна ми е и допълнителна роля, благодаря ви.
        здравейте, още нямам достъп, а ми трябва за днес
        zdraveite, molya za odobrenie na rolyata mi, blagodarya
        """,
        "cs": """
        Dobrý den, prosím o schválení mé role. Děkuji!
        Včera jsem podal žádost za naši společnost.
        Chtěl bych roli dovozce, s pozdravem Jiří
        Jmenuji se Zdeňka Růžičková a pracuji ve firmě Severní dřevo s.r.o.
        Kdy to bude hotové? Ještě jsem nedostal odpověď.
        Potřebuji také další roli, předem děkuji.
        dobry den, jeste nemam pristup, prosim o aktivaci, dekuji
        Zasílám své údaje, jak jste si přáli.
        """,
        "hr": """
        Poštovani, molim odobrenje moje uloge. Hvala!
        Jučer sam poslao zahtjev za našu tvrtku.
        Želim ulogu uvoznika, srdačan pozdrav, Ivan
        Zovem se Đurđica Šarić i radim u tvrtki Drvo Sjever d.o.o.
        Kada će to biti gotovo? Još nisam dobila odgovor.
        Trebam i dodatnu ulogu, unaprijed hvala.
        postovani, molim vas da mi odobrite zahtjev za nasu tvrtku, lijep pozdrav
        Šaljem svoje podatke, kao što ste tražili.
        """,
        "hu": """
        Jó napot! Kérem a szerepköröm jóváhagyását. Köszönöm!
        Tegnap beadtam az igénylést a cégünk részére.
        Szeretném az importőri szerepkört, üdvözlettel János
        A nevem Szűcs Ágnes, és az Északi Fa Kft. munkatársa vagyok.
        Mikor lesz kész? Még nem kaptam választ.
        Egy további szerepkörre is szükségem van, előre is köszönöm.
        tisztelt cimzett, kerem a szerepkor jovahagyasat, koszonettel
        Mellékelem az adatokat, ahogy kérték.
        """,
        "pl": """
        Dzień dobry, proszę o zatwierdzenie mojej roli. Dziękuję!
        Wczoraj złożyłem wniosek dla naszej firmy.
        Chciałbym uzyskać rolę importera, z poważaniem, Jan
        Nazywam się Małgorzata Wójcik i pracuję w firmie Drewno Północ sp. z o.o.
        Kiedy to będzie gotowe? Jeszcze nie mam odpowiedzi.
        Potrzebuję również dodatkowej roli, z góry dziękuję.
        dzien dobry, prosze o zatwierdzenie, bo jeszcze nie mam dostepu, pozdrawiam
        Przesyłam swoje dane, zgodnie z prośbą.
        """,
        "sk": """
        Dobrý deň, prosím o schválenie mojej roly. Ďakujem!
        Včera som podal žiadosť za našu spoločnosť.
        Chcel by som rolu dovozcu, s pozdravom Juraj
        Volám sa Zdenka Ružičková a pracujem vo firme Severné drevo s.r.o.
        Kedy to bude hotové? Ešte som nedostal odpoveď.
        Potrebujem tiež ďalšiu rolu, vopred ďakujem.
        dobry den, este nemam pristup, prosim o aktivaciu, dakujem
        Zasielam svoje údaje, ako ste si priali.
        """,
        "sl": """
        Pozdravljeni, prosim za odobritev moje vloge. Hvala!
        Včeraj sem oddal vlogo za naše podjetje.
        Želim vlogo uvoznika, lep pozdrav, Janez
        Sem Špela Žnidaršič in delam v podjetju Les Sever d.o.o.
        Kdaj bo to urejeno? Še vedno nisem dobila odgovora.
        Potrebujem tudi dodatno vlogo, že vnaprej hvala.
        pozdravljeni, prosim ce mi lahko odobrite zahtevek za nase podjetje, lep pozdrav
        Pošiljam svoje podatke, kot ste želeli.
        """,
    ]

    /// Each text with its language.
    static let all: [(language: String, text: String)] = [northern, western, southern, eastern].flatMap { group in
        group.sorted { $0.key < $1.key }.flatMap { language, lines in
            lines.split(separator: "\n").map { (language, String($0)) }
        }
    }
}
