import Glibc

/// Tells systemd how the service is (sd_notify(3)); says nothing where nobody asked.
package struct SystemdNotifier: Sendable {
    private let socket: DatagramSocket?
    /// How often systemd wants to hear from the service (`WATCHDOG_USEC`); nil when it does not.
    package let watchdogInterval: Duration?

    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`.
    package init(environment: [String: String]) {
        socket = environment["NOTIFY_SOCKET"].flatMap { DatagramSocket(address: $0) }
        let isForUs = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        watchdogInterval = environment["WATCHDOG_USEC"].flatMap { Int64($0) }
            .flatMap { $0 > 0 && isForUs ? .microseconds($0) : nil }
    }

    /// Whether anybody listens.
    package var isActive: Bool { socket != nil }

    /// Started up, or done reloading.
    package func ready(status: String? = nil) { send(["READY=1"] + Self.line(status)) }

    /// One line for `systemctl status`.
    package func status(_ status: String) { send(Self.line(status)) }

    /// Reloading began; `ready()` says that it is over (systemd.service(5), `Type=notify-reload`).
    package func reloading() {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        reloading(atMicroseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    func reloading(atMicroseconds time: Int64) { send(["RELOADING=1", "MONOTONIC_USEC=\(time)"]) }

    /// Shutting down.
    package func stopping(status: String? = nil) { send(["STOPPING=1"] + Self.line(status)) }

    /// The work goes on.
    package func watchdog() { send(["WATCHDOG=1"]) }

    /// A line end in a status would begin another assignment.
    private static func line(_ status: String?) -> [String] { status.map { ["STATUS=" + LogEscape.escape($0)] } ?? [] }

    private func send(_ assignments: [String]) {
        _ = socket?.send(Array(assignments.joined(separator: "\n").utf8))
    }
}
