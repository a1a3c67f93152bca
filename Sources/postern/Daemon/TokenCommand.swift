import Foundation
import Mail

/// Runs the operator's program that prints an OAuth 2.0 access token.
enum TokenCommand {
    /// The first line that it prints. Blocks a thread of its own while the program runs, for a minute at most.
    @concurrent static func run(_ command: [String]) async throws -> String {
        guard let program = command.first else { throw TransportFault(.setup, "token_command is empty") }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = Array(command.dropFirst())
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw TransportFault(
                .setup, "token_command can't be started: \(program)", hint: "name a program by its whole path")
        }
        let identifier = process.processIdentifier
        let timer = Task {
            try await Task.sleep(for: .seconds(60))
            kill(identifier, SIGKILL)
        }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        timer.cancel()
        let token = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
        guard process.terminationStatus == 0, let token, !token.isEmpty else {
            throw TransportFault(
                .temporary, "token_command ended with status \(process.terminationStatus) and no token",
                hint: "run it by hand, as the same user")
        }
        return token
    }
}
