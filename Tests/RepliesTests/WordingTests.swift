import Defaults
import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import Replies

struct WordingTests {
    static let languages: [String] = {
        let names = (try? ConfigFiles().names(in: "wording")) ?? []
        return names.map { String($0.dropFirst(8).dropLast(5)) }
    }()

    private func texts(_ language: String) throws -> [String: String] {
        try ConfigFiles().decode(WordingTree.self, from: "wording/\(language).yaml").texts()
    }

    private func placeholders(_ text: String) -> [String] {
        text.components(separatedBy: "{{").dropFirst().map { String($0.prefix { $0 != "}" }) }.sorted()
    }

    @Test
    func `All 24 official languages are there`() {
        let all = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
        #expect(Self.languages.sorted().joined(separator: " ") == all)
    }

    @Test(arguments: languages)
    func `Every language has English's keys and placeholders`(language: String) throws {
        let english = try texts("en")
        let texts = try texts(language)
        #expect(texts["/language"] == language)
        #expect(Set(texts.keys).symmetricDifference(english.keys) == [])
        for (key, text) in texts {
            #expect(placeholders(text) == placeholders(english[key] ?? ""), "\(key)")
            #expect(text == text.trimmingCharacters(in: .whitespaces), "\(key)")
        }
    }

    @Test(arguments: languages.filter { $0 != "en" })
    func `No sentence of another language is left in English`(language: String) throws {
        let english = try texts("en")
        let same = try texts(language).filter {
            $0.value == english[$0.key] && $0.value.split(separator: " ").count > 2 && !$0.key.hasPrefix("/dates/")
        }
        #expect(same == [:])
    }

    @Test(arguments: languages)
    func `Every verdict is answered in every language, and nothing is left open`(language: String) throws {
        let renderer = try Sample.renderer()
        let requests = (0..<11).map { Sample.request("R-\($0)") }
        let plan = try Sample.plan(account: Sample.account(), requests: requests, subject: "")
        let reasons = try texts("en").keys.filter { $0.hasPrefix("/reasons/") }.map {
            String($0.split(separator: "/")[1])
        }
        var decisions = try Verdict.allCases.filter(\.replies).map {
            try Sample.decision($0, "not.known", findings: Sample.allPassed, plan: plan, language: language)
        }
        let answers = try texts("en").keys.filter { $0.hasPrefix("/answers/") }.map {
            String($0.split(separator: "/")[1])
        }
        #expect(
            Set(answers) == [
                "account.validated", "account.already-active", "account.code-expired", "account.code-wrong",
                "match.reference-not-pending",
            ])
        for answer in Set(answers) {
            decisions.append(
                try Sample.decision(.answered, Reason(answer), plan: plan, language: language, request: nil))
        }
        for reason in Set(reasons) {
            let rule = Procedure.Rule(rawValue: String(reason.split(separator: ".")[0]))
            let findings = rule.map { [Finding($0, .fail, reason: Reason(reason))] } ?? []
            let verdict: Verdict = rule == nil ? .restricted : .incomplete
            decisions.append(
                try Sample.decision(verdict, Reason(reason), findings: findings, plan: plan, language: language))
        }
        for decision in decisions {
            let reply = try ReadBack(renderer.compose(decision, seed: "1", at: Sample.now).bytes)
            #expect(reply.field("Content-Language") == language)
            for half in [reply.text, reply.html] {
                #expect(!half.contains("{{") && !half.contains("}}"))
                #expect(!half.contains("\u{1}") && !half.contains("\u{2}"))
                #expect(!half.contains("\n\n\n"))
            }
        }
    }

    @Test(arguments: ["xx", "", "EN", "zh", "en-IE", "de1", "-de", "tr_TR", "deutsch"])
    func `A language that has no file is answered in English`(language: String) throws {
        let mail = try Sample.renderer().compose(Sample.incomplete(language: language), seed: "1", at: Sample.now)
        let reply = try ReadBack(mail.bytes)
        #expect(reply.text.hasPrefix("Dear Željko Šarić,"))
        #expect(reply.field("Content-Language") == "en")
        #expect(reply.html.contains("<html lang=\"en\""))
    }

    @Test(arguments: [
        ("DE", "de"), ("de-AT", "de"), ("pt_BR", "pt"), ("fr_BE.UTF-8", "fr"), ("Sl-si", "sl"), ("el", "el"),
    ])
    func `A country beside the language makes no difference`(tag: String, code: String) throws {
        let mail = try Sample.renderer().compose(Sample.incomplete(language: tag), seed: "1", at: Sample.now)
        let reply = try ReadBack(mail.bytes)
        #expect(reply.field("Content-Language") == code)
        #expect(reply.html.contains("<html lang=\"\(code)\""))
        var account = try Sample.account()
        account.language = tag
        let link = try Sample.renderer().preparedMail(for: Sample.request(), account: account, authorityMailboxes: [])
        account.language = code
        #expect(
            try link.body
                == Sample.renderer().preparedMail(for: Sample.request(), account: account, authorityMailboxes: []).body)
    }

    @Test(arguments: ["", " ", "a\nb", "{{nobody}}", "{{name", "a\u{1}b"])
    func `A sentence that can't be filled is refused`(text: String) {
        #expect(throws: Phrase.Problem.self) { try Phrase(text) }
    }

    @Test
    func `A sentence is filled once`() throws {
        let phrase = try Phrase("a {{name}}}, {{support}} z")
        #expect(phrase.filled { $0 == .name ? "{{support}}" : "s" } == "a {{support}}}, s z")
    }

    @Test
    func `A template that can't be read is refused with its line`() throws {
        let good = try Sample.templates()
        let bad = ReplyTemplates(text: "one\n{{#links}}\nthree {{/other}}\n", html: good.html)
        let error = #expect(throws: ReplyError.self) {
            try ReplyRenderer(settings: Sample.settings(), wordings: Sample.wordings(), templates: bad)
        }
        #expect(error?.description.hasPrefix("templates/reply.txt.mustache: line 3: ") == true)
    }

    @Test
    func `Without English nothing works`() throws {
        #expect(throws: ReplyError.self) {
            try ReplyRenderer(settings: Sample.settings(), wordings: [], templates: Sample.templates())
        }
    }

    @Test
    func `An operator's template and wording change the reply`() throws {
        let english = try #require(try Sample.wordings().first { $0.language == "en" })
        let renderer = try ReplyRenderer(
            settings: Sample.settings(), wordings: [english],
            templates: ReplyTemplates(
                text: "{{#steps}}[{{step}}]{{/steps}}\n", html: "<p>{{{team}}} {{greeting}}</p>\n"))
        let plan = try Sample.plan(account: Sample.account(firstName: "<i>", lastName: "&"))
        let reply = try ReadBack(renderer.compose(Sample.accepted(plan), seed: "1", at: Sample.now).bytes)
        #expect(
            reply.text
                == "[You need not do anything more.][As soon as the role is granted, you will find it in your TRACES profile.]\n"
        )
        #expect(reply.html == "<p>TRACES Support Team Dear &lt;i&gt; &amp;,</p>\n")
    }
}
