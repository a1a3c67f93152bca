#!/usr/bin/env python3
"""Makes a registry of any size as JSON Lines, the same for the same arguments: organisations with names as 15
countries have them, their people, requests, roles, EORI numbers, mandates and delegations.

    generate_registry.py --lines 1000000 >registry.jsonl              mixed lines in the shares of SHARES
    generate_registry.py --operators 10000 --requests 10000 >…        organisations, accounts and pending requests
"""

import argparse
import json
import random
import sys

# Of a thousand lines.
SHARES = {"account": 270, "operator": 270, "authority": 10, "request": 230, "role": 80, "eori": 100, "mandate": 25,
          "delegation": 15}

# Country: beginnings and ends of family names, words of the trade, places, legal forms.
COUNTRIES = {
    "DE": ("Acker Berg Busch Eich Feld Hart Kirch Linden Ober Rosen Schön Stein Wald Wolf Zell",
           "bach berg brück er hauer hof kamp mann meier müller ner rath schmidt stedt",
           "Holz Holzhandel Holzimport Import Sägewerk Furniere Parkett Tischlerei Zimmerei Hölzer",
           "Hamburg Köln Bremen Nürnberg Münster", "GmbH|AG|GmbH & Co. KG|e.K.|OHG"),
    "FR": ("Beau Bel Cham Char Dela Du Fon Gran Lam Mar Mont Per Roche Saint Val",
           "bert bois champ court croix dot fort lin mond nier pont rand reau tier ville",
           "Bois Import Scierie Parquets Menuiserie Négoce Forêts Placages Charpente",
           "Bordeaux Nantes Besançon Épinal Orléans", "SARL|SAS|SA|EURL"),
    "IT": ("Albe Bian Cas Colo Ferr Gall Lom Mar Mon Pelle Ric Ros Sant Tof Vale",
           "bardi chi cini done ghini iero letti nari nelli rini setti tini vani zani",
           "Legnami Legno Segheria Importazioni Pavimenti Foreste Parquet Imballaggi",
           "Trieste Ravenna Udine Forlì Belluno", "S.r.l.|S.p.A.|S.n.c.|S.a.s."),
    "ES": ("Alv Bar Cas Dom Esp Fer Gar Her Igl Jim Mar Nav Ort Per Rod",
           "arez ceda chez endez era ero esco ez inosa ínguez lero mena ña rales uela",
           "Maderas Madera Importaciones Aserradero Tableros Carpintería Forestal",
           "Valencia Bilbao Vigo León Castellón", "S.L.|S.A.|S.L.U."),
    "PL": ("Bor Brzo Dąb Gra Jawor Kowal Kra Lip Maj Nowa Olsz Paw Sos Wie Zie",
           "czak czyk ewicz ewski icki ik iński kowski lak łowicz niak owski szek wski żyński",
           "Drewno Tartak Import Drzewny Parkiety Meble Forniry Las",
           "Gdańsk Łódź Szczecin Białystok Poznań", "sp. z o.o.|S.A.|sp.j.|sp. z o.o. sp.k."),
    "BG": ("Алекс Бор Васил Геор Дими Желя Иван Кирил Мари Никол Петк Рад Стоя Тодор Христ",
           "анов арски ев енков ов ов ова овски ски чев чев шев янов",
           "Дървен Внос Мебели Паркет Гора Дървесина Фурнир Имекс",
           "София Варна Бургас Пловдив Русе", "ООД|ЕООД|АД|ЕТ"),
    "GR": ("Αθαν Βασιλ Γεωργ Δημητρ Ευαγγ Ζαχαρ Ηλι Θεοδ Ιωανν Κωνσταντ Μιχαλ Νικολ Παπα Σταυρ Χατζη",
           "άκης άκος αδίδης ακόπουλος ατος έας έλης ίδης ιάδης ινός όπουλος ούλας",
           "Ξυλεία Ξυλεμπορική Εισαγωγές Πριστήριο Έπιπλα Δάπεδα Δάση",
           "Αθήνα Πειραιάς Θεσσαλονίκη Πάτρα Βόλος", "Α.Ε.|ΕΠΕ|ΙΚΕ|Ο.Ε."),
    "HR": ("Babi Bo Đur Grgu Horva Jura Kova Lovri Mati Novo Pavi Raki Šari Toma Vuko",
           "čević čić dić kić lić nić nović rević šić tić vac vić žić",
           "Drvo Uvoz Pilana Parket Namještaj Šume Furnir", "Zagreb Rijeka Šibenik Čakovec Đakovo",
           "d.o.o.|j.d.o.o.|d.d.|obrt"),
    "NL": ("Bak Boer Brou Dijk Groot Haan Jans Kuij Lind Meij Ooster Schaa Veld Vis Wester",
           "brink donk er hof huis kamp ker man mans per sen sma stra veld wijk",
           "Hout Houthandel Import Zagerij Parket Timmer Bossen Vloeren",
           "Rotterdam Zaandam Groningen Breda Zwolle", "B.V.|N.V.|V.O.F."),
    "SE": ("Anders Berg Björk Dahl Ek Gran Hed Johans Lind Lund Norr Sjö Söder Ström Öst",
           "borg dal gren holm kvist lund man mark qvist son stedt ström vall",
           "Trä Timmer Import Sågverk Parkett Skog Golv Virke", "Göteborg Malmö Gävle Sundsvall Umeå", "AB|HB|KB"),
    "FI": ("Aho Hir Joki Kor Kosk Lah Mäk Niem Ojan Pelt Raut Saar Tamm Virt Ylö",
           "ainen anen ela elä inen konen la linen mäki nen ola onen perä salo sto",
           "Puu Puutavara Tuonti Saha Parketti Metsä Vaneri", "Helsinki Kotka Hämeenlinna Jyväskylä Oulu", "Oy|Oyj|Ky"),
    "LT": ("Ado Bal Dau Gri Jan Kaz Luk Mai Navic Pet Rai Sta Tam Urb Žuk",
           "aitis auskas elis enas evičius ius kaitis kauskas maitis onis ulis utis ys",
           "Mediena Importas Lentpjūvė Parketas Miškas Baldai", "Vilnius Klaipėda Kaunas Šiauliai Panevėžys",
           "UAB|AB|MB"),
    "RO": ("Alb Bog Cior Dum Enăc Flor Gheor Ion Lup Mun Nicul Pop Rus Stan Văcăr",
           "anu ăreanu ea eanu escu ete gea ian iță oiu ov teanu ușan",
           "Lemn Import Cherestea Parchet Mobilă Păduri Forest", "Brașov Cluj Constanța Timișoara Iași",
           "SRL|SA|SNC"),
    "CZ": ("Bárt Čer Dvoř Hájek Jel Kadl Kučer Mar Novot Pospíš Růž Svob Truh Ves Zem",
           "ák áček an ánek ský čík ek il ička ík ný oda ovský",
           "Dřevo Dovoz Pila Parkety Nábytek Lesy Dýhy", "Praha Brno Ostrava Plzeň Děčín", "s.r.o.|a.s.|v.o.s."),
    "IE": ("Bren Cass Don Far Fitz Gal Ken Lar Mac Mul O'Con O'Dri Quin Sulli Whe",
           "agher ahy an bert drick ell en gan gerald ins kin lan ley nan nedy",
           "Timber Imports Sawmill Flooring Joinery Hardwoods Forest", "Dublin Cork Galway Limerick Sligo",
           "Ltd|DAC|plc"),
}
FIRST_NAMES = ("Ana Željko Jürgen Zoë Łukasz Bogdan Ευγενία Иван Siobhán Åsa Päivi Rūta Ștefan Jiří Inês Marco Agnès Jan "
               "Pieter Elena Καλλιόπη Петя Tomás Noémie Björn").split()
LANGUAGES = {"DE": "de", "FR": "fr", "IT": "it", "ES": "es", "PL": "pl", "BG": "bg", "GR": "el", "HR": "hr",
             "NL": "nl", "SE": "sv", "FI": "fi", "LT": "lt", "RO": "ro", "CZ": "cs", "IE": "en"}


class Registry:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.countries = [(code, [part.split() for part in parts[:4]] + [parts[4].split("|")])
                          for code, parts in COUNTRIES.items()]
        self.counts = dict.fromkeys(SHARES, 0)
        # So that references go to organisations of the same country where that makes sense.
        self.eoris = []
        self.keys = set()

    def number(self, kind):
        self.counts[kind] += 1
        return self.counts[kind]

    def any(self, kind):
        """The number of one that exists already; sometimes of one that is yet to come."""
        count = self.counts[kind]
        if self.random.random() < 0.01:
            return count + 1 + self.random.randrange(50)
        return 1 + self.random.randrange(max(1, count))

    def family_name(self, parts):
        begin, end, *_ = parts
        name = self.random.choice(begin) + self.random.choice(end)
        return name if self.random.random() < 0.7 else self.random.choice(begin) + name[0].lower() + name[1:]

    def company(self, parts):
        trade, places, forms = parts[2:]
        way = self.random.random()
        if way < 0.5:
            words = [self.family_name(parts), self.random.choice(trade)]
        elif way < 0.7:
            words = [self.random.choice(trade), self.random.choice(places), str(self.random.randrange(1, 2000))]
        elif way < 0.85:
            words = [self.family_name(parts), "&", self.family_name(parts)]
        else:
            words = [self.family_name(parts), self.random.choice(trade), self.random.choice(places)]
        return " ".join(words + [self.random.choice(forms)])

    def make(self, kind):
        return getattr(self, kind)(self.number(kind))

    def account(self, number):
        country, parts = self.random.choice(self.countries)
        last = self.family_name(parts)
        entry = {"type": "account", "id": f"A-{number}", "firstName": self.random.choice(FIRST_NAMES),
                 "lastName": last, "mailbox": f"person{number * 7919 % 10000019}@company{number % 50021}.example"}
        if self.random.random() < 0.05:
            entry["formerMailboxes"] = [f"person{number}@old{number % 997}.example"]
        return entry | {"language": LANGUAGES[country], "state": "active" if number % 20 else "unvalidated"}

    def operator(self, number):
        country, parts = self.random.choice(self.countries)
        eori = f"{country}{100000000 + number * 7}"
        self.eoris.append(eori)
        identifiers = [{"scheme": "EORI", "value": eori}]
        if number % 2:
            identifiers.append({"scheme": "VAT", "value": f"{'EL' if country == 'GR' else country}{20000000 + number * 3}"})
        if number % 5 == 0:
            identifiers.append({"scheme": "NATIONAL", "value": f"HRB {number}"})
        entry = {"type": "operator", "id": f"OP-{number}", "name": self.company(parts), "country": country,
                 "activities": ["imported-timber-products"] if number % 10 else ["feed"], "identifiers": identifiers}
        if number % 3 == 0:
            entry["address"] = {"street": f"{self.random.choice(parts[3])} {number % 200 + 1}",
                                "postalCode": f"{10000 + number % 80000}", "city": self.random.choice(parts[3])}
            entry["contact"] = {"name": self.family_name(parts), "mailbox": f"office{number}@company{number % 50021}.example",
                                "telephone": f"+49 30 {100000 + number % 800000}"}
        return entry

    def authority(self, number):
        country, parts = self.countries[number % len(self.countries)]
        place = self.random.choice(parts[3])
        if number <= len(self.countries):
            return {"type": "authority", "id": f"CA-{number}", "role": "FMSCA", "code": f"FMSCA-{country}",
                    "name": f"Ministry of Forests {country}", "country": country,
                    "mailbox": f"flegt@ministry-{country.lower()}.example"}
        return {"type": "authority", "id": f"CA-{number}", "role": "CO", "code": f"{country}{number % 1000000:06}",
                "name": f"{place} {self.family_name(parts)} {number}", "country": country}

    def request(self, number):
        entry = {"type": "request", "id": f"R-{number}", "account": f"A-{self.any('account')}"}
        if number % 10:
            entry |= {"kind": "importer", "operator": f"OP-{self.any('operator')}",
                      "actingAs": "importer" if number % 7 else "agent", "additional": False}
        else:
            entry |= {"kind": "customs-office", "authority": f"CA-{self.any('authority')}", "additional": number % 30 == 0}
        return entry | {"status": "requested" if number % 3 else "granted",
                        "requestedAt": f"2026-{number % 10 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:00:00Z"}

    def role(self, number):
        while True:
            if number % 4:
                entry = {"type": "role", "account": f"A-{self.any('account')}", "role": "IMPORTER",
                         "operator": f"OP-{self.any('operator')}", "status": "granted"}
            else:
                entry = {"type": "role", "account": f"A-{self.any('account')}", "role": "CO",
                         "authority": f"CA-{self.any('authority')}", "status": "granted"}
            key = (entry["account"], entry.get("operator"), entry.get("authority"))
            if key not in self.keys:
                self.keys.add(key)
                return entry

    def eori(self, number):
        known = number <= len(self.eoris)
        return {"type": "eori", "number": self.eoris[number - 1] if known else f"XI{number}",
                "validFrom": f"20{10 + number % 15}-01-01", "validTo": None if number % 9 else "2026-06-30"}

    def mandate(self, number):
        entry = {"type": "mandate", "account": f"A-{1 + number * 3 % max(1, self.counts['account'])}",
                 "economicOperator": self.random.choice(self.eoris) if self.eoris else "HR1",
                 "profile": ("submission", "administrative", "consultation")[number % 3]}
        return entry | ({"representative": f"DE{7000000 + number}"})

    def delegation(self, number):
        return {"type": "delegation", "economicOperator": self.random.choice(self.eoris) if self.eoris else "HR1",
                "representative": f"DE{7000000 + number}", "level": 1, "kind": "direct" if number % 2 else "indirect",
                "scope": "full", "validFrom": "2026-01-01", "validTo": None}


def settle(registry):
    """The organisations and accounts that references to what is yet to come may name."""
    for kind in ("account", "operator", "authority"):
        for _ in range(60):
            yield registry.make(kind)


def mixed(registry, lines):
    kinds, weights = zip(*SHARES.items())
    count = 0
    for kind in ("account", "operator", "authority"):
        for _ in range(100):
            count += 1
            yield registry.make(kind)
    while count < lines - 180:
        for kind in registry.random.choices(kinds, weights, k=min(1000, lines - 180 - count)):
            count += 1
            yield registry.make(kind)
    yield from settle(registry)


def pending(registry, operators, requests):
    for _ in range(100):
        yield registry.make("authority")
    for number in range(max(operators, requests)):
        if number < operators:
            yield registry.make("operator")
        if number < requests:
            yield registry.make("account")
    for number in range(1, requests + 1):
        yield {"type": "request", "id": f"R-{number}", "account": f"A-{number}", "kind": "importer",
               "operator": f"OP-{number * 17 % operators + 1}", "actingAs": "importer", "additional": False,
               "status": "requested", "requestedAt": "2026-11-01T09:00:00Z"}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--operators", type=int)
    options.add_argument("--requests", type=int, default=0)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    registry = Registry(given.seed)
    entries = pending(registry, given.operators, given.requests) if given.operators else mixed(registry, given.lines)
    write, encode = sys.stdout.write, json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for entry in entries:
        write(encode(entry) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
