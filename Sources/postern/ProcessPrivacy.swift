import CProcess
import Foundation

/// Keeps what the process holds in memory (passwords, tokens, the installation's key, mail) from leaving it other than
/// by its work.
enum ProcessPrivacy {
    /// To be called before anything is read, by every command: any of them may hold a secret or a mail.
    static func begin() {
        // No core file. The hard limit goes too, so that no child and no library raises it again.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // The limit does not hold where the kernel pipes dumps into a program, as with systemd-coredump (core(5)); this
        // does. It also keeps other processes of the same user from reading the memory (ptrace(2), /proc/PID/mem).
        _ = postern_forbid_dumps()
        // Swift's own report of a crash shows registers and the memory that they point to. The system's default ends
        // the process just as well; what trapped still says so on standard error.
        for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGSYS, SIGTRAP] { signal(number, SIG_DFL) }
        // libcurl writes the keys of its TLS connections to the file that this names.
        unsetenv("SSLKEYLOGFILE")
    }
}
