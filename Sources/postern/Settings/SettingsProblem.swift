/// A setting that can't be used, or a file of settings that can't.
struct SettingsProblem: Error, Equatable, CustomStringConvertible {
    /// File and line, or the environment variable.
    let place: String
    let reason: String

    init(_ place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    var description: String { "\(place): \(reason)" }
}
