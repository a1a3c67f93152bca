import Dispatch
import Registry
import Synchronization

/// Reads a registry file's lines on a thread of its own, a few pieces ahead of whoever writes them: taking lines apart
/// costs as much as writing them.
final class RegistryReadAhead: Sendable {
    /// What one chunk of the file held.
    struct Piece: Sendable {
        /// Each line, and what adds its entry.
        var items: [(item: RegistryLines.Item, insertion: RegistryInsertion?)] = []
        /// Of the whole file so far.
        let octets: Int

        fileprivate mutating func add(_ item: RegistryLines.Item, change: Int64) {
            guard case .entry(let line) = item else { return items.append((item, nil)) }
            items.append((item, RegistryInsertion(line.entry, json: line.json, change: change)))
        }
    }

    private struct State {
        var pieces: [Piece] = []
        var fault: (any Error)?
        var isAtEnd = false
        var isStopped = false
    }

    /// How many pieces wait at most.
    private static let most = 3

    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    // Made empty and filled afterwards: a semaphore that goes with less than it was made with stops the program.
    private let free = DispatchSemaphore(value: 0)

    /// Begins to read. `chunks` is called on the other thread, nil at the file's end; `change` is the count of the
    /// registry's changes that the entries belong to.
    init(_ chunks: @escaping @Sendable () throws -> [UInt8]?, _ format: RegistryFormat, change: Int64) {
        for _ in 0..<Self.most { free.signal() }
        DispatchQueue(label: "postern.import").async { [self] in read(chunks, format, change) }
    }

    private func read(_ chunks: () throws -> [UInt8]?, _ format: RegistryFormat, _ change: Int64) {
        var reader = RegistryReader(format)
        var octets = 0
        do {
            while let chunk = try chunks() {
                octets += chunk.count
                var piece = Piece(octets: octets)
                reader.read(chunk) { piece.add($0, change: change) }
                guard give(piece) else { return }
            }
            var piece = Piece(octets: octets)
            reader.finish { piece.add($0, change: change) }
            guard give(piece) else { return }
            state.withLock { $0.isAtEnd = true }
        } catch {
            state.withLock { $0.fault = error }
        }
        filled.signal()
    }

    /// False when nobody takes pieces any more.
    private func give(_ piece: Piece) -> Bool {
        free.wait()
        let goesOn = state.withLock { state in
            state.pieces.append(piece)
            return !state.isStopped
        }
        filled.signal()
        return goesOn
    }

    /// The next piece; waits for it. Nil at the file's end; throws what reading threw.
    func next() throws -> Piece? {
        filled.wait()
        let piece = try state.withLock { state -> Piece? in
            if !state.pieces.isEmpty { return state.pieces.removeFirst() }
            if let fault = state.fault { throw fault }
            return nil
        }
        free.signal()
        return piece
    }

    /// Ends the reading; to be called by whoever takes no further piece.
    func stop() {
        state.withLock { $0.isStopped = true }
        free.signal()
    }
}
