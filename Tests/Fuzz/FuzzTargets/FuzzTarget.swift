/// One entry that takes arbitrary octets, with what must hold whatever they are.
package struct FuzzTarget: Sendable {
    /// As the folders of its seeds and crashes.
    package let name: String
    /// Octets; a longer input teaches nothing more and costs time.
    package let longest: Int
    private let promises: @Sendable ([UInt8]) throws -> Void

    /// A promise that an input breaks.
    package struct Broken: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    init(_ name: String, longest: Int, _ promises: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.longest = longest
        self.promises = promises
    }

    /// Throws ``Broken`` when a promise does not hold. What traps is for the caller to survive.
    package func run(_ input: [UInt8]) throws { try promises(input) }

    /// Every target.
    package static let all: [FuzzTarget] = [
        .headerSplit, .sender, .authenticationResults, .trustBoundary, .trustProfiles, .headerValues, .imapResponses,
        .html,
        .registryLines, .registryRows, .deliveryReport, .judge,
    ]
}

/// Throws unless `holds`.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) throws(FuzzTarget.Broken) {
    if !holds { throw FuzzTarget.Broken(description: what()) }
}

/// The value, or an error that says what is missing.
func given<Value>(_ value: Value?, _ what: @autoclosure () -> String) throws(FuzzTarget.Broken) -> Value {
    guard let value else { throw FuzzTarget.Broken(description: what()) }
    return value
}

/// Cuts octets into pieces whose lengths follow from the octets, so that a run can be repeated.
func pieces(of input: [UInt8], upTo longest: Int) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var state = input.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    var start = 0
    while start < input.count {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let end = min(start + 1 + Int(state >> 33) % longest, input.count)
        pieces.append(Array(input[start..<end]))
        start = end
    }
    return pieces
}
