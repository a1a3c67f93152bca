import Foundation
import Mail
import MailParsing
import Testing

@Suite struct `Text without a right charset` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let type: String
        /// Base64 of the octets.
        let octets: String
        let text: String
        let charset: String
        let guessed: Bool

        init(
            _ name: String, _ type: String, _ octets: String, _ text: String, _ charset: String, guessed: Bool = true
        ) {
            testDescription = name
            self.type = type
            self.octets = octets
            self.text = text
            self.charset = charset
            self.guessed = guessed
        }
    }

    static let cases = [
        Case(
            "bg windows-1251", "text/plain",
            "0+Lg5uDl7Ogg6u7r5ePoLCDs7uv/IOTgIOzoIOH65OUg7/Dl5O7x8uDi5e3gIPDu6/8g7eAg4u3u8ejy5esuIMrg5+Lg7CDx5SDM4PDo/yDD5e7w4+jl4uAsIMT68OLl7SDx4v/yIM7OxC4=",
            "Уважаеми колеги, моля да ми бъде предоставена роля на вносител. Казвам се Мария Георгиева, Дървен свят ООД.",
            "windows-1251"),
        Case(
            "bg iso-8859-5", "text/plain",
            "w9LQ1tDV3Ngg2t7b1dPYLCDc3tvvINTQINzYINHq1NUg3+DV1N7h4tDS1d3QIODe2+8g3dAg0t3e4dji1dsuILrQ19LQ3CDh1SC80ODY7yCz1d7g09jV0tAsILTq4NLV3SDh0u/iIL6+tC4=",
            "Уважаеми колеги, моля да ми бъде предоставена роля на вносител. Казвам се Мария Георгиева, Дървен свят ООД.",
            "iso-8859-5"),
        Case(
            "bg koi8-r", "text/plain",
            "9dfB1sHFzckgy8/MxcfJLCDNz8zRIMTBIM3JIMLfxMUg0NLFxM/T1MHXxc7BINLPzNEgzsEg187P08nUxcwuIOvB2tfBzSDTxSDtwdLJ0SDnxc/Sx8nF18EsIOTf0tfFziDT19HUIO/v5C4=",
            "Уважаеми колеги, моля да ми бъде предоставена роля на вносител. Казвам се Мария Георгиева, Дървен свят ООД.",
            "koi8-r"),
        Case(
            "BG windows-1251", "text/plain",
            "zM7L3yDHwCDQzsvfIM3AIMLNztHI0sXLIM3AIMTa0MLF0cjNwC4gzMDQyN8gw8XO0MPIxcLALCDE2tDCxc0g0cLf0iDOzsQ=",
            "МОЛЯ ЗА РОЛЯ НА ВНОСИТЕЛ НА ДЪРВЕСИНА. МАРИЯ ГЕОРГИЕВА, ДЪРВЕН СВЯТ ООД", "windows-1251"),
        Case(
            "bgs windows-1251", "text/plain", "zO7r/yDn4CDw7uv/LiDI4uDtINnl8OXi",
            "Моля за роля. Иван Щерев", "windows-1251"),
        Case(
            "el windows-1253", "text/plain",
            "0OHx4erh6/4g4+nhIPTv7SDx/OvvIPTv9SDl6fPh4/nj3eEuIM/t7+zc5u/s4ekgou3t4SDQ4fDh5O/w7/3r7/UsIOcg5fTh6fHl3+Eg5d/t4ekg5yDO9evl3+EgwS7FLg==",
            "Παρακαλώ για τον ρόλο του εισαγωγέα. Ονομάζομαι Άννα Παπαδοπούλου, η εταιρεία είναι η Ξυλεία Α.Ε.",
            "windows-1253"),
        Case(
            "el iso-8859-7", "text/plain",
            "0OHx4erh6/4g4+nhIPTv7SDx/OvvIPTv9SDl6fPh4/nj3eEuIM/t7+zc5u/s4ekgtu3t4SDQ4fDh5O/w7/3r7/UsIOcg5fTh6fHl3+Eg5d/t4ekg5yDO9evl3+EgwS7FLg==",
            "Παρακαλώ για τον ρόλο του εισαγωγέα. Ονομάζομαι Άννα Παπαδοπούλου, η εταιρεία είναι η Ξυλεία Α.Ε.",
            "iso-8859-7"),
        Case(
            "pl windows-1250", "text/plain",
            "UHJvc3rqIG8gcm9s6iBpbXBvcnRlcmEgZHJld25hLiBOYXp5d2FtIHNp6iBQYXdlsyCMbLl6YWssIGZpcm1hIERyZXdubyCj82SfIFNwLiB6IG8uby4=",
            "Proszę o rolę importera drewna. Nazywam się Paweł Ślązak, firma Drewno Łódź Sp. z o.o.", "windows-1250"),
        Case(
            "pl iso-8859-2", "text/plain",
            "UHJvc3rqIG8gcm9s6iBpbXBvcnRlcmEgZHJld25hLiBOYXp5d2FtIHNp6iBQYXdlsyCmbLF6YWssIGZpcm1hIERyZXdubyCj82S8IFNwLiB6IG8uby4=",
            "Proszę o rolę importera drewna. Nazywam się Paweł Ślązak, firma Drewno Łódź Sp. z o.o.", "iso-8859-2"),
        Case(
            "cs windows-1250", "text/plain",
            "juFk4W0gbyByb2xpIGRvdm96Y2UgZPhldmEuIEptZW51amkgc2UgSmn47SBEdm/44WssIHNwb2xl6G5vc3QgRPhldm8gUGx6ZfIgcy5yLm8u",
            "Žádám o roli dovozce dřeva. Jmenuji se Jiří Dvořák, společnost Dřevo Plzeň s.r.o.", "windows-1250"),
        Case(
            "cs iso-8859-2", "text/plain",
            "ruFk4W0gbyByb2xpIGRvdm96Y2UgZPhldmEuIEptZW51amkgc2UgSmn47SBEdm/44WssIHNwb2xl6G5vc3QgRPhldm8gUGx6ZfIgcy5yLm8u",
            "Žádám o roli dovozce dřeva. Jmenuji se Jiří Dvořák, společnost Dřevo Plzeň s.r.o.", "iso-8859-2"),
        Case(
            "sk windows-1250", "text/plain",
            "jmlhZGFtIG8gcm9sdSBkb3ZvemN1IGRyZXZhLiBWb2zhbSBzYSC8dWJvbe1yIEty4b4sIHNwb2xv6G5vc50gRHJldm8gjmlsaW5hIHMuci5vLg==",
            "Žiadam o rolu dovozcu dreva. Volám sa Ľubomír Kráľ, spoločnosť Drevo Žilina s.r.o.", "windows-1250"),
        Case(
            "sk iso-8859-2", "text/plain",
            "rmlhZGFtIG8gcm9sdSBkb3ZvemN1IGRyZXZhLiBWb2zhbSBzYSCldWJvbe1yIEty4bUsIHNwb2xv6G5vc7sgRHJldm8grmlsaW5hIHMuci5vLg==",
            "Žiadam o rolu dovozcu dreva. Volám sa Ľubomír Kráľ, spoločnosť Drevo Žilina s.r.o.", "iso-8859-2"),
        Case(
            "hu windows-1250", "text/plain",
            "S+lyZW0gYSBmYWltcG9ydPVyIHN6ZXJlcGv2cnQuIE5ldmVtIFN6+2NzIEd59Xr1LCBj6WdlbSBhIFT2bGd5ZmEgS2Z0Lg==",
            "Kérem a faimportőr szerepkört. Nevem Szűcs Győző, cégem a Tölgyfa Kft.", "windows-1250"),
        Case(
            "hr windows-1250", "text/plain",
            "TW9saW0gdWxvZ3UgdXZvem5pa2EgZHJ2YS4gWm92ZW0gc2UgjmVsamtvIIphcmnmLCB0dnJ0a2EgamUgRHJ2byDQYWtvdm8gZC5vLm8uLCB6YSCadG8gmmFsamVtIG92YWogemFodGpldi4=",
            "Molim ulogu uvoznika drva. Zovem se Željko Šarić, tvrtka je Drvo Đakovo d.o.o., za što šaljem ovaj zahtjev.",
            "windows-1250"),
        Case(
            "sl iso-8859-2", "text/plain",
            "UHJvc2ltIHphIHZsb2dvIHV2b3puaWthIGxlc2EuIEltZSBtaSBqZSBNYXRqYb4gyHXoZWssIHBvZGpldGplIGplIExlcyCpa29mamEgTG9rYSBkLm8uby4=",
            "Prosim za vlogo uvoznika lesa. Ime mi je Matjaž Čuček, podjetje je Les Škofja Loka d.o.o.", "iso-8859-2"),
        Case(
            "sl windows-1250", "text/plain",
            "UHJvc2ltIHphIHZsb2dvIHV2b3puaWthIGxlc2EuIEltZSBtaSBqZSBNYXRqYZ4gyHXoZWssIHBvZGpldGplIGplIExlcyCKa29mamEgTG9rYSBkLm8uby4=",
            "Prosim za vlogo uvoznika lesa. Ime mi je Matjaž Čuček, podjetje je Les Škofja Loka d.o.o.", "windows-1250"),
        Case(
            "ro windows-1250", "text/plain",
            "U29saWNpdCByb2x1bCBkZSBpbXBvcnRhdG9yIGRlIGxlbW4uIE3jIG51bWVzYyCqdGVmYW4g3uNyYW51LCBzb2NpZXRhdGVhIGVzdGUgUONkdXJlYSBWZXJkZSBTLlIuTC4=",
            "Solicit rolul de importator de lemn. Mă numesc Ştefan Ţăranu, societatea este Pădurea Verde S.R.L.",
            "windows-1250"),
        Case(
            "lt windows-1257", "text/plain",
            "UHJh8GF1IHN1dGVpa3RpIG1lZGllbm9zIGltcG9ydHVvdG9qbyB2YWlkbWVu4S4gRXN1IN5pdmls6yDQaW1r+25haXTrLCDhbW9u6yB5cmEgwP51b2xhcyBVQUIu",
            "Prašau suteikti medienos importuotojo vaidmenį. Esu Živilė Šimkūnaitė, įmonė yra Ąžuolas UAB.",
            "windows-1257"),
        Case(
            "lt iso-8859-13, the same", "text/plain",
            "UHJh8GF1IHN1dGVpa3RpIG1lZGllbm9zIGltcG9ydHVvdG9qbyB2YWlkbWVu4S4gRXN1IN5pdmls6yDQaW1r+25haXTrLCDhbW9u6yB5cmEgwP51b2xhcyBVQUIu",
            "Prašau suteikti medienos importuotojo vaidmenį. Esu Živilė Šimkūnaitė, įmonė yra Ąžuolas UAB.",
            "windows-1257"),
        Case(
            "lv windows-1257", "text/plain",
            "TPtkenUgcGll8O1pcnQga29rc25lcyBpbXBvcnTndOJqYSBsb211LiBNYW5pIHNhdWMgSuJuaXMgQudyemny8CwgdXry5211bXMgaXIgzWVrYXZhIFNJQS4=",
            "Lūdzu piešķirt koksnes importētāja lomu. Mani sauc Jānis Bērziņš, uzņēmums ir Ķekava SIA.", "windows-1257"),
        Case(
            "et windows-1252", "text/plain",
            "UGFsdW4gcHVpZHUgaW1wb3J0aWphIHJvbGxpLiBNaW51IG5pbWkgb24gSvxyaSBU9W5pc3Nvbiwg5HJp/Ghpbmcgb24gTeRuZCBP3C4=",
            "Palun puidu importija rolli. Minu nimi on Jüri Tõnisson, äriühing on Mänd OÜ.", "windows-1252"),
        Case(
            "de windows-1252", "text/plain",
            "SWNoIGJlYW50cmFnZSBkaWUgUm9sbGUgZvxyIEhvbHplaW5m/GhyZXIuIE1laW4gTmFtZSBpc3QgSvxyZ2VuIFdlad8sIGRpZSBGaXJtYSBpc3QgTfZiZWwgS/ZsbiBHbWJILg==",
            "Ich beantrage die Rolle für Holzeinführer. Mein Name ist Jürgen Weiß, die Firma ist Möbel Köln GmbH.",
            "windows-1252"),
        Case(
            "fr windows-1252", "text/plain",
            "SmUgZGVtYW5kZSBsZSBy9GxlIGSSaW1wb3J0YXRldXIuIEplIG2SYXBwZWxsZSBI6WzobmUgTGVm6HZyZSwgZGUgbGEgc29jael06SBGb3LqdCDJdnJldXggU0FSTC4=",
            "Je demande le rôle d’importateur. Je m’appelle Hélène Lefèvre, de la société Forêt Évreux SARL.",
            "windows-1252"),
        Case(
            "mt iso-8859-3", "text/plain",
            "Tml0bG9iIGlyLXJ3b2wgdGEnIGltcG9ydGF0dXIuIEppZW5hINVvcvUgr2FtbWl0IKFhvywgaWwta3VtcGFuaWphIGhpamEgSW5qYW0gxWVudHJhbGku",
            "Nitlob ir-rwol ta' importatur. Jiena Ġorġ Żammit Ħaż, il-kumpanija hija Injam Ċentrali.", "iso-8859-3"),
        Case(
            "tr windows-1254", "text/plain",
            "Um9s/CBpc3RpeW9ydW0sIGFk/W0gR/xs/mVuIFn9bGT9eiwg/mlya2V0IEHwYecg3XRoYWxhdC4=",
            "Rolü istiyorum, adım Gülşen Yıldız, şirket Ağaç İthalat.", "windows-1254"),
        Case(
            "fi windows-1252", "text/plain",
            "SGFlbiBwdXV0YXZhcmFuIHR1b2phbiByb29saWEuIE5pbWVuaSBvbiBQ5Gl2aSBN5GtlbOQsIHlyaXR5cyBvbiBNZXRz5CDFYm8gT3ku",
            "Haen puutavaran tuojan roolia. Nimeni on Päivi Mäkelä, yritys on Metsä Åbo Oy.", "windows-1252"),
        Case(
            "da windows-1252", "text/plain",
            "SmVnIGFubW9kZXIgb20gcm9sbGVuIHNvbSB0cuZpbXBvcnT4ci4gTWl0IG5hdm4gZXIgU/hyZW4gxnL4LCBmaXJtYWV0IGVyIFRy5iDFcmh1cyBBcFMu",
            "Jeg anmoder om rollen som træimportør. Mit navn er Søren Ærø, firmaet er Træ Århus ApS.", "windows-1252"),
        Case(
            "unknown label", "text/plain; charset=x-unheard-of",
            "0+Lg5uDl7Ogg6u7r5ePoLCDs7uv/IOTgIOzoIOH65OUg7/Dl5O7x8uDi5e3gIPDu6/8g7eAg4u3u8ejy5esuIMrg5+Lg7CDx5SDM4PDo/yDD5e7w4+jl4uAsIMT68OLl7SDx4v/yIM7OxC4=",
            "Уважаеми колеги, моля да ми бъде предоставена роля на вносител. Казвам се Мария Георгиева, Дървен свят ООД.",
            "windows-1251"),
        Case(
            "ASCII by its label", "text/plain; charset=us-ascii",
            "TPtkenUgcGll8O1pcnQga29rc25lcyBpbXBvcnTndOJqYSBsb211LiBNYW5pIHNhdWMgSuJuaXMgQudyemny8CwgdXry5211bXMgaXIgzWVrYXZhIFNJQS4=",
            "Lūdzu piešķirt koksnes importētāja lomu. Mani sauc Jānis Bērziņš, uzņēmums ir Ķekava SIA.", "windows-1257"),
        Case(
            "UTF-8 by its label", "text/plain; charset=utf-8",
            "UHJvc3rqIG8gcm9s6iBpbXBvcnRlcmEgZHJld25hLiBOYXp5d2FtIHNp6iBQYXdlsyCmbLF6YWssIGZpcm1hIERyZXdubyCj82S8IFNwLiB6IG8uby4=",
            "Proszę o rolę importera drewna. Nazywam się Paweł Ślązak, firma Drewno Łódź Sp. z o.o.", "iso-8859-2"),
        Case(
            "Latin-1 by its label", "text/plain; charset=iso-8859-1",
            "0+Lg5uDl7Ogg6u7r5ePoLCDs7uv/IOTgIOzoIOH65OUg7/Dl5O7x8uDi5e3gIPDu6/8g7eAg4u3u8ejy5esuIMrg5+Lg7CDx5SDM4PDo/yDD5e7w4+jl4uAsIMT68OLl7SDx4v/yIM7OxC4=",
            "Уважаеми колеги, моля да ми бъде предоставена роля на вносител. Казвам се Мария Георгиева, Дървен свят ООД.",
            "windows-1251"),
        Case(
            "Latin-1 by its label, Greek", "text/plain; charset=iso-8859-1",
            "0OHx4erh6/4g4+nhIPTv7SDx/OvvIPTv9SDl6fPh4/nj3eEuIM/t7+zc5u/s4ekgtu3t4SDQ4fDh5O/w7/3r7/UsIOcg5fTh6fHl3+Eg5d/t4ekg5yDO9evl3+EgwS7FLg==",
            "Παρακαλώ για τον ρόλο του εισαγωγέα. Ονομάζομαι Άννα Παπαδοπούλου, η εταιρεία είναι η Ξυλεία Α.Ε.",
            "iso-8859-7"),
        Case(
            "Windows-1252 by its label, Polish", "text/plain; charset=windows-1252",
            "UHJvc3rqIG8gcm9s6iBpbXBvcnRlcmEgZHJld25hLiBOYXp5d2FtIHNp6iBQYXdlsyCmbLF6YWssIGZpcm1hIERyZXdubyCj82S8IFNwLiB6IG8uby4=",
            "Proszę o rolę importera drewna. Nazywam się Paweł Ślązak, firma Drewno Łódź Sp. z o.o.", "iso-8859-2"),
        Case(
            "Latin-1 by its label, UTF-8 in truth", "text/plain; charset=iso-8859-1",
            "TW9saW0gdWxvZ3UgdXZvem5pa2EgZHJ2YS4gWm92ZW0gc2Ugxb1lbGprbyDFoGFyacSHLCB0dnJ0a2EgamUgRHJ2byDEkGFrb3ZvIGQuby5vLiwgemEgxaF0byDFoWFsamVtIG92YWogemFodGpldi4=",
            "Molim ulogu uvoznika drva. Zovem se Željko Šarić, tvrtka je Drvo Đakovo d.o.o., za što šaljem ovaj zahtjev.",
            "utf-8"),
        Case(
            "Windows-1251 by its label, UTF-8 in truth", "text/plain; charset=windows-1251",
            "0KPQstCw0LbQsNC10LzQuCDQutC+0LvQtdCz0LgsINC80L7Qu9GPINC00LAg0LzQuCDQsdGK0LTQtSDQv9GA0LXQtNC+0YHRgtCw0LLQtdC90LAg0YDQvtC70Y8g0L3QsCDQstC90L7RgdC40YLQtdC7LiDQmtCw0LfQstCw0Lwg0YHQtSDQnNCw0YDQuNGPINCT0LXQvtGA0LPQuNC10LLQsCwg0JTRitGA0LLQtdC9INGB0LLRj9GCINCe0J7QlC4=",
            "Уважаеми колеги, моля да ми бъде предоставена роля на вносител. Казвам се Мария Георгиева, Дървен свят ООД.",
            "utf-8"),
        Case(
            "UTF-16", "text/plain; charset=utf-16",
            "oAOxA8EDsQO6A7EDuwPOAyAAswO5A7EDIADEA78DvQMgAMEDzAO7A78DIADEA78DxQMgALUDuQPDA7EDswPJA7MDrQOxAy4AIACfA70DvwO8A6wDtgO/A7wDsQO5AyAAhgO9A70DsQMgAKADsQPAA7EDtAO/A8ADvwPNA7sDvwPFAywAIAC3AyAAtQPEA7EDuQPBA7UDrwOxAyAAtQOvA70DsQO5AyAAtwMgAJ4DxQO7A7UDrwOxAyAAkQMuAJUDLgA=",
            "Παρακαλώ για τον ρόλο του εισαγωγέα. Ονομάζομαι Άννα Παπαδοπούλου, η εταιρεία είναι η Ξυλεία Α.Ε.",
            "utf-16le"),
        Case(
            "UTF-16 the other way round", "text/plain; charset=utf-16",
            "BCMEMgQwBDYEMAQ1BDwEOAAgBDoEPgQ7BDUEMwQ4ACwAIAQ8BD4EOwRPACAENAQwACAEPAQ4ACAEMQRKBDQENQAgBD8EQAQ1BDQEPgRBBEIEMAQyBDUEPQQwACAEQAQ+BDsETwAgBD0EMAAgBDIEPQQ+BEEEOARCBDUEOwAuACAEGgQwBDcEMgQwBDwAIARBBDUAIAQcBDAEQAQ4BE8AIAQTBDUEPgRABDMEOAQ1BDIEMAAsACAEFARKBEAEMgQ1BD0AIARBBDIETwRCACAEHgQeBBQALg==",
            "Уважаеми колеги, моля да ми бъде предоставена роля на вносител. Казвам се Мария Георгиева, Дървен свят ООД.",
            "utf-16be"),
        Case(
            "UTF-16 without a word", "text/plain",
            "UAByAG8AcwB6ABkBIABvACAAcgBvAGwAGQEgAGkAbQBwAG8AcgB0AGUAcgBhACAAZAByAGUAdwBuAGEALgAgAE4AYQB6AHkAdwBhAG0AIABzAGkAGQEgAFAAYQB3AGUAQgEgAFoBbAAFAXoAYQBrACwAIABmAGkAcgBtAGEAIABEAHIAZQB3AG4AbwAgAEEB8wBkAHoBIABTAHAALgAgAHoAIABvAC4AbwAuAA==",
            "Proszę o rolę importera drewna. Nazywam się Paweł Ślązak, firma Drewno Łódź Sp. z o.o.", "utf-16le"),
        Case(
            "UTF-16 called UTF-8", "text/plain; charset=utf-8",
            "AX0A4QBkAOEAbQAgAG8AIAByAG8AbABpACAAZABvAHYAbwB6AGMAZQAgAGQBWQBlAHYAYQAuACAASgBtAGUAbgB1AGoAaQAgAHMAZQAgAEoAaQFZAO0AIABEAHYAbwFZAOEAawAsACAAcwBwAG8AbABlAQ0AbgBvAHMAdAAgAEQBWQBlAHYAbwAgAFAAbAB6AGUBSAAgAHMALgByAC4AbwAu",
            "Žádám o roli dovozce dřeva. Jmenuji se Jiří Dvořák, společnost Dřevo Plzeň s.r.o.", "utf-16be"),
        Case(
            "as labelled", "text/plain; charset=iso-8859-1",
            "SWNoIGJlYW50cmFnZSBkaWUgUm9sbGUgZvxyIEhvbHplaW5m/GhyZXIuIE1laW4gTmFtZSBpc3QgSvxyZ2VuIFdlad8sIGRpZSBGaXJtYSBpc3QgTfZiZWwgS/ZsbiBHbWJILg==",
            "Ich beantrage die Rolle für Holzeinführer. Mein Name ist Jürgen Weiß, die Firma ist Möbel Köln GmbH.",
            "iso-8859-1", guessed: false),
        Case(
            "as labelled, French", "text/plain; charset=windows-1252",
            "SmUgZGVtYW5kZSBsZSBy9GxlIGSSaW1wb3J0YXRldXIuIEplIG2SYXBwZWxsZSBI6WzobmUgTGVm6HZyZSwgZGUgbGEgc29jael06SBGb3LqdCDJdnJldXggU0FSTC4=",
            "Je demande le rôle d’importateur. Je m’appelle Hélène Lefèvre, de la société Forêt Évreux SARL.",
            "windows-1252", guessed: false),
        Case(
            "as labelled, KOI8", "text/plain; charset=koi8-r",
            "9dfB1sHFzckgy8/MxcfJLCDNz8zRIMTBIM3JIMLfxMUg0NLFxM/T1MHXxc7BINLPzNEgzsEg187P08nUxcwuIOvB2tfBzSDTxSDtwdLJ0SDnxc/Sx8nF18EsIOTf0tfFziDT19HUIO/v5C4=",
            "Уважаеми колеги, моля да ми бъде предоставена роля на вносител. Казвам се Мария Георгиева, Дървен свят ООД.",
            "koi8-r", guessed: false),
    ]

    @Test(arguments: cases)
    func `is read in the one that makes sense of it`(item: Case) throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(["Content-Type: \(item.type)", "Content-Transfer-Encoding: base64"], [item.octets]))
        let part = try #require(mail.texts.first)
        #expect(part.text == item.text)
        #expect(part.charset == item.charset)
        #expect(part.charsetGuessed == item.guessed)
        #expect(mail.problems == [])
    }

    /// Labels that fit are taken at their word, however odd the text: anybody's mail program would.
    @Test(
        arguments: [
            ("iso-8859-1", [0x8a, 0x61, 0x72, 0x69, 0xe6], "Šariæ"), ("windows-1251", [0xe0, 0xe1], "аб"),
            ("iso-8859-1", [0x6d, 0xb2, 0x20, 0x35, 0xb0, 0x43], "m² 5°C"), ("iso-8859-1", [0xd8, 0xc5], "ØÅ"),
            ("iso-8859-7", [0xc1, 0xed, 0xed, 0xe1], "Αννα"),
        ] as [(String, [UInt8], String)])
    func `is not sought where the label will do`(label: String, octets: [UInt8], text: String) throws {
        let part = try Self.part("text/plain; charset=\(label)", octets)
        #expect(part.text == text)
        #expect(!part.charsetGuessed)
    }

    @Test(
        arguments: [
            // Nothing is convincing: Windows-1252, in which nothing fails.
            ([0x81, 0xff, 0x8d], "\u{fffd}ÿ\u{fffd}", "windows-1252"), ([0xe9], "é", "windows-1252"),
            ([0x35, 0xb0], "5°", "windows-1252"),
            // Byte order marks are none of the text.
            ([0xef, 0xbb, 0xbf, 0x41, 0x6e, 0x61], "Ana", "utf-8"), ([0xff, 0xfe, 0x41, 0, 0x6e, 0], "An", "utf-16le"),
            ([0xfe, 0xff, 0, 0x41, 0, 0x6e], "An", "utf-16be"),
        ] as [([UInt8], String, String)])
    func `is read all the same`(octets: [UInt8], text: String, charset: String) throws {
        let part = try Self.part("text/plain", octets)
        #expect(part.text == text)
        #expect(part.charset == charset)
        #expect(part.charsetGuessed)
    }

    @Test func `in UTF-8 with one octet broken keeps the rest`() throws {
        let text = "Željko Šarić, Čačinci, Đakovo"
        let part = try Self.part("text/plain; charset=utf-8", Array(text.utf8) + [0xc4])
        #expect(part.text == text + "\u{fffd}")
        #expect(part.charset == "utf-8")
        #expect(part.charsetGuessed)
    }

    @Test func `a UTF-8 label's byte order mark goes`() throws {
        let part = try Self.part("text/plain; charset=utf-8", [0xef, 0xbb, 0xbf, 0x41])
        #expect(part.text == "A")
        #expect(!part.charsetGuessed)
    }

    @Test(arguments: [
        ("<meta charset=windows-1250>", "windows-1250", "Šarić", false),
        ("<META http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>", "iso-8859-2", "Šarić", false),
        ("<meta charset=utf-16><i>", "windows-1250", "Šarić", true),
        ("<meta charset=x-odd>", "windows-1250", "Šarić", true),
        ("<!-- charset=windows-1252 -->", "windows-1250", "Šarić", true),
    ])
    func `is what HTML says of itself`(head: String, charset: String, text: String, guessed: Bool) throws {
        let first: UInt8 = charset == "iso-8859-2" ? 0xa9 : 0x8a
        let octets = Array(head.utf8) + [first, 0x61, 0x72, 0x69, 0xe6]
        let part = try Self.part("text/html", octets)
        #expect(part.charset == charset)
        #expect(part.text == head + text)
        #expect(part.charsetGuessed == guessed)
    }

    @Test func `is that of the other version where it fits`() throws {
        let bytes =
            Array("From: a@x.example\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n".utf8)
            + Array("Content-Type: text/plain; charset=windows-1257\r\n\r\n".utf8) + [0xe6, 0xe0]
            + Array("\r\n--a\r\nContent-Type: text/html\r\n\r\n".utf8) + [0xe6, 0xe0] + Array("\r\n--a--\r\n".utf8)
        let mail = try MailFixtures.parse(RawMail(bytes: bytes))
        #expect(mail.texts.map(\.text) == ["ęą", "ęą"])
        #expect(mail.texts.map(\.charsetGuessed) == [false, true])
    }

    static let subjects =
        [
            // Bare octets, read as the text is.
            (
                "text/plain; charset=windows-1250", [0x8a, 0x61, 0x72, 0x69, 0xe6], [0x8a, 0x61, 0x72, 0x69, 0xe6],
                "Šarić"
            ),
            (
                "text/plain; charset=utf-8", [0x41],
                [0xcc, 0xee, 0xeb, 0xff, 0x20, 0xe7, 0xe0, 0x20, 0xf0, 0xee, 0xeb, 0xff], "Моля за роля"
            ),
            (
                "text/plain; charset=utf-8", [0x41], Array("=?us-ascii?q?=CC=EE=EB=FF_=E7=E0_=F0=EE=EB=FF?=".utf8),
                "Моля за роля"
            ),
        ] as [(String, [UInt8], [UInt8], String)]

    @Test(arguments: subjects)
    func `of a subject is that of the text`(type: String, body: [UInt8], octets: [UInt8], subject: String) throws {
        let bytes =
            Array("From: a@x.example\r\nSubject: ".utf8) + octets + Array("\r\nContent-Type: \(type)\r\n\r\n".utf8)
            + body
        let mail = try MailFixtures.parse(RawMail(bytes: bytes))
        #expect(mail.subject == subject)
        #expect(mail.subjectGuessed)
    }

    @Test func `of any octets gives text in time`() throws {
        var dice = Dice(state: 3)
        for round in 0..<200 {
            let octets = (0..<Int.random(in: 1...400, using: &dice)).map { _ in
                UInt8.random(in: round % 2 == 0 ? 0x80...0xff : 0...0xff, using: &dice)
            }
            let one = try Self.part("text/plain", octets)
            #expect(try Self.part("text/plain", octets) == one)
        }
        let long = [UInt8](repeating: 0xe6, count: 1_000_000)
        #expect(try Self.part("text/plain; charset=iso-8859-1", long).text.utf8.count <= 1024 * 1024)
    }

    private static func part(_ type: String, _ octets: [UInt8]) throws -> TextPart {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: \(type)", "Content-Transfer-Encoding: base64"],
                [Data(octets).base64EncodedString(options: .lineLength76Characters)]))
        return try #require(mail.texts.first)
    }
}
