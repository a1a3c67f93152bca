import Foundation

/// Work on many items on all cores, with the results in the items' order and only a few of them in memory.
enum Ordered {
    /// Transforms `inputs` in runs of neighbours, hands the results of each run to `consume` in order. A run is begun
    /// only when it is less than a fixed number of runs ahead of what has been consumed.
    static func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], run length: Int = 16, width: Int = ProcessInfo.processInfo.activeProcessorCount,
        _ transform: @escaping @Sendable ([Input]) async throws -> [Output], consume: ([Output]) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, [Output]).self) { group in
            var next = 0
            var consumed = 0
            var waiting: [Int: [Output]] = [:]
            func startOne() {
                guard next < inputs.count else { return }
                let (start, run) = (next, Array(inputs[next..<min(next + length, inputs.count)]))
                group.addTask { (start, try await transform(run)) }
                next += run.count
            }
            for _ in 0..<(2 * max(1, width)) { startOne() }
            while let (start, results) = try await group.next() {
                waiting[start] = results
                while let results = waiting.removeValue(forKey: consumed) {
                    try consume(results)
                    consumed = min(consumed + length, inputs.count)
                    startOne()
                }
            }
        }
    }
}
