import Foundation

/// A dropped file, open for reading as long as the value lives.
final class OpenDrop: Sendable {
    private let drop: DropFolder.Drop
    private let descriptor: Int32
    private let file: String

    init(_ drop: DropFolder.Drop, descriptor: Int32, file: String) {
        self.drop = drop
        self.descriptor = descriptor
        self.file = file
    }

    deinit { close(descriptor) }

    /// The next piece; nil at the end. Throws there when the file was written into meanwhile: nobody can say what of it
    /// was read.
    func next() throws(DropFolder.Fault) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 262_144)
        while true {
            let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                piece.removeLast(piece.count - count)
                guard piece.isEmpty else { return piece }
                var status = stat()
                guard fstat(descriptor, &status) == 0, drop.isFile(status) else {
                    throw DropFolder.Fault("\(file): was changed while it was read; it will be taken up again")
                }
                return nil
            }
            if errno != EINTR { throw DropFolder.Fault(of: file) }
        }
    }
}
