import Registry
import Synchronization

/// What is read from the registry for nearly every mail and changes only when organisations do. `changes` is the
/// counter of `registry_state` that it was read at, so another process's import is noticed too.
final class RegistryCache: Sendable {
    private struct State {
        var changes: Int64 = -1
        var competentAuthorities: [Authority]?
        var longerNames: [String: [String]] = [:]
    }

    /// More names than one office's pending requests have; beyond it the cache begins anew.
    private static let mostNames = 1_000

    private let state = Mutex(State())

    /// Forgets everything that was read at another count of changes.
    func advance(to changes: Int64) {
        state.withLock { if $0.changes != changes { $0 = State(changes: changes) } }
    }

    /// The count that views were last read at; nil before the first.
    var changes: Int64? { state.withLock { $0.changes < 0 ? nil : $0.changes } }

    func competentAuthorities(_ read: () throws -> [Authority]) rethrows -> [Authority] {
        if let known = state.withLock({ $0.competentAuthorities }) { return known }
        let authorities = try read()
        state.withLock { $0.competentAuthorities = authorities }
        return authorities
    }

    func longerNames(than name: String, _ read: () throws -> [String]) rethrows -> [String] {
        if let known = state.withLock({ $0.longerNames[name] }) { return known }
        let names = try read()
        state.withLock {
            if $0.longerNames.count >= Self.mostNames { $0.longerNames = [:] }
            $0.longerNames[name] = names
        }
        return names
    }
}
