/// What each Unicode scalar is spelled with, in bytes; for Latin, Greek and Cyrillic it is looked up, for the rest computed.
struct ScalarTable: Sendable {
    /// Scalars below this are in the table.
    private static let end = 0x530

    private let starts: [UInt16]
    private let bytes: [UInt8]
    private let spelling: @Sendable (Unicode.Scalar) -> [UInt8]

    /// - Parameters:
    ///   - gap: stands for values that are no scalars.
    ///   - spelling: called once for each scalar of the table, and for every other one that is met.
    init(gap: UInt8, spelling: @escaping @Sendable (Unicode.Scalar) -> [UInt8]) {
        var starts: [UInt16] = [0]
        var bytes: [UInt8] = []
        for value in 0..<UInt32(Self.end) {
            bytes += Unicode.Scalar(value).map(spelling) ?? [gap]
            starts.append(UInt16(bytes.count))
        }
        self.starts = starts
        self.bytes = bytes
        self.spelling = spelling
    }

    /// Hands over the bytes that a scalar is spelled with; none for one that counts as nothing.
    @inline(__always)
    func each(of scalar: Unicode.Scalar, _ take: (UInt8) -> Void) {
        let value = Int(scalar.value)
        if value < Self.end {
            for place in Int(starts[value])..<Int(starts[value + 1]) { take(bytes[place]) }
        } else {
            for byte in spelling(scalar) { take(byte) }
        }
    }
}
