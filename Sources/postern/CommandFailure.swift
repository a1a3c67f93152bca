import Defaults
import Foundation
import Mail
import MailParsing
import Registry
import Replies
import Store

/// How the program ends; the numbers are a promise to scripts.
enum ExitStatus: Int32 {
    /// Done.
    case done = 0
    /// Done, but something that was checked does not hold.
    case unfulfilled = 1
    /// Arguments, settings or input that can't be used.
    case unusable = 2
    /// A temporary fault: the same may work later (`EX_TEMPFAIL` of sysexits.h).
    case temporary = 75
}

/// Why a command stops: one line that says what is wrong and where, and the status to end with.
///
/// An empty line says nothing more: everything has been told already.
struct CommandFailure: Error, Equatable {
    let status: ExitStatus
    let line: String

    init(_ status: ExitStatus, _ line: String) {
        self.status = status
        self.line = line
    }

    static func unusable(_ line: String) -> Self { Self(.unusable, line) }
    static func temporary(_ line: String) -> Self { Self(.temporary, line) }

    /// Everything is told; something does not hold.
    static let unfulfilled = Self(.unfulfilled, "")

    /// The failure that an error of any part of the program amounts to.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let problem as SettingsProblem: self = .unusable(problem.description)
        case let problem as ConfigFiles.Problem: self = .unusable(problem.description)
        case let fault as TransportFault:
            self.init(fault.kind == .temporary ? .temporary : .unusable, fault.description)
        case let fault as StoreFault: self.init(fault.isTemporary ? .temporary : .unusable, fault.description)
        // What these say holds until somebody changes settings or input.
        case let error as ReplyError: self = .unusable(error.description)
        case let problem as RegistryLineProblem: self = .unusable(problem.description)
        case let fault as ColumnMap.Fault: self = .unusable("\(fault.key): \(fault.reason)")
        case let failure as ParsingFailure: self = .unusable(failure.explanation)
        case let unreadable as FileBytes.Unreadable: self = .unusable(unreadable.words)
        case is CancellationError: self = .temporary("interrupted")
        default: self = .temporary(String(describing: error))
        }
    }

    /// What the system says about one `errno`, beginning small.
    static func systemWords(for number: Int32) -> String {
        guard let text = strerror(number) else { return "error \(number)" }
        return String(cString: text).lowercased()
    }
}
