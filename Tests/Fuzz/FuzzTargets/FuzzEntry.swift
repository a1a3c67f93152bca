import Foundation

/// What the fuzzer's C shim calls first: makes what the target makes but once.
@c(postern_fuzz_start)
public func startFuzzing() { fuzzOne(nil, 0) }

/// What the fuzzer's C shim calls for each input; POSTERN_FUZZ_TARGET names the target.
@c(postern_fuzz_one)
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    do {
        try chosen.run(input)
    } catch {
        fatalError("\(chosen.name): \(error)")
    }
}

private let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["POSTERN_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        fatalError("POSTERN_FUZZ_TARGET names none of \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
    }
    return target
}()
