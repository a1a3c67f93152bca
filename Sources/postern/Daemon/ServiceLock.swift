import Foundation

/// Keeps a second service off a store: what one is sending the other would take for left over and send again.
final class ServiceLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, a file beside the database; the kernel gives it back when the process ends, however it ends.
    init(store: String) throws(CommandFailure) {
        let path = store + ".lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unusable(
                "\(path): can't be written: \(CommandFailure.systemWords(for: errno)); check that its folder exists and that this user may write there"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .temporary("\(store): another 'postern serve' works on this store")
        }
    }

    deinit { close(descriptor) }
}
