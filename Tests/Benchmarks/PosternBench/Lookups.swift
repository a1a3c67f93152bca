import Foundation
import Judging
import Mail
import Registry
import Store

/// Measures how long it takes to find things in a registry of `generate_registry.py --operators N --requests N`: the
/// pending requests of a mailbox, and operators by all sorts of searches. Prints medians in microseconds.
struct Lookups {
    /// A fixed sequence of numbers that jump about (a linear congruence), so that each run asks the same.
    private struct Jumps {
        private var state: UInt64 = 42
        let bound: Int

        init(_ bound: Int) { self.bound = bound }

        mutating func next() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, bound) + 1
        }
    }

    let store: Store
    let count: Int
    let queries = 400

    init(database: String, count: Int) throws {
        store = try Store(path: database, mode: .read)
        self.count = count
    }

    func run() async throws {
        var medians: [(String, Double)] = [("pending", try await pending())]
        let names = try await names()
        for (kind, make) in Self.kinds {
            medians.append((kind, try await search(names.map(make))))
        }
        let all = medians.dropFirst().map(\.1)
        medians.append(("search", all.reduce(0, +) / Double(all.count)))
        print("{" + medians.map { "\"\($0.0)\":\(($0.1 * 10).rounded() / 10)" }.joined(separator: ",") + "}")
    }

    private typealias Name = (name: String, country: String, identifier: String)

    /// What people type who look for an operator of this name.
    private static var kinds: [(String, (Name) -> OrganisationQuery)] {
        [
            ("exact", { OrganisationQuery($0.name) }),
            ("plain", { OrganisationQuery($0.name.folding(options: .diacriticInsensitive, locale: nil).lowercased()) }),
            ("turned", { OrganisationQuery($0.name.split(separator: " ").reversed().joined(separator: " ")) }),
            ("oneWord", { OrganisationQuery(String($0.name.split(separator: " ").first ?? "")) }),
            ("typo", { OrganisationQuery(mistyped($0.name)) }),
            ("common", { _ in OrganisationQuery("Import Holz") }),
            ("absent", { OrganisationQuery($0.name + " Qqqqvw") }),
            ("country", { OrganisationQuery(String($0.name.split(separator: " ").first ?? ""), country: $0.country) }),
            ("identifier", { OrganisationQuery(identifier: $0.identifier) }),
        ]
    }

    private static func mistyped(_ name: String) -> String {
        var letters = Array(name)
        guard letters.count > 4 else { return name }
        letters.swapAt(2, 3)
        return String(letters)
    }

    private func names() async throws -> [Name] {
        var jumps = Jumps(count)
        var names: [Name] = []
        while names.count < queries {
            guard case .operator(let it)? = try await store.entry(.operator, "OP-\(jumps.next())")?.entry else {
                continue
            }
            names.append((it.name, it.country, it.identifiers.first?.value ?? "-"))
        }
        return names
    }

    private func search(_ queries: [OrganisationQuery]) async throws -> Double {
        var times: [Double] = []
        for query in queries {
            let begun = ContinuousClock.now
            _ = try await store.search(.operator, query)
            times.append((ContinuousClock.now - begun) / .microseconds(1))
        }
        return times.sorted()[times.count / 2]
    }

    private func pending() async throws -> Double {
        var jumps = Jumps(count)
        var times: [Double] = []
        let now = Date()
        while times.count < queries {
            guard case .account(let it)? = try await store.entry(.account, "A-\(jumps.next())")?.entry else { continue }
            let begun = ContinuousClock.now
            let views = try await store.views(for: [ViewKey(sender: it.mailbox, answers: [])], at: now)
            times.append((ContinuousClock.now - begun) / .microseconds(1))
            guard views.first?.registry.requests.isEmpty == false else { continue }
        }
        return times.sorted()[times.count / 2]
    }
}
