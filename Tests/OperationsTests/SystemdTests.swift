import Foundation
import Logging
import Synchronization
import Testing

@testable import Operations

@Suite struct `Talking to systemd` {
    @Test(arguments: [false, true])
    func `each state is one datagram`(abstract: Bool) throws {
        let systemd = try FakeReceiver(abstract: abstract)
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": systemd.address])
        #expect(notifier.isActive)
        notifier.ready(status: "12 waiting")
        notifier.status("a\nREADY=1")
        notifier.reloading(atMicroseconds: 42)
        notifier.watchdog()
        notifier.stopping()
        #expect(systemd.nextText() == "READY=1\nSTATUS=12 waiting")
        #expect(systemd.nextText() == "STATUS=a\\nREADY=1")
        #expect(systemd.nextText() == "RELOADING=1\nMONOTONIC_USEC=42")
        #expect(systemd.nextText() == "WATCHDOG=1")
        #expect(systemd.nextText() == "STOPPING=1")
        #expect(systemd.next() == nil)
    }

    @Test func `reloading states the time`() throws {
        let systemd = try FakeReceiver()
        SystemdNotifier(environment: ["NOTIFY_SOCKET": systemd.address]).reloading()
        let text = try #require(systemd.nextText())
        let time = try #require(Int64(text.split(separator: "=").last ?? ""))
        #expect(text == "RELOADING=1\nMONOTONIC_USEC=\(time)")
        #expect(time > 0)
    }

    @Test(arguments: ["", "relative", "@", "/a\0b", "/" + String(repeating: "x", count: 200)])
    func `an address that can't be one is nobody`(address: String) {
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": address])
        #expect(!notifier.isActive)
        notifier.ready()
    }

    @Test func `a receiver that went away is no fault`() throws {
        var systemd: FakeReceiver? = try FakeReceiver()
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": systemd?.address ?? ""])
        systemd = nil
        notifier.ready()
        #expect(notifier.isActive)
    }

    @Test(arguments: [
        ([:], nil),
        (["WATCHDOG_USEC": "30000000"], Duration.seconds(30)),
        (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"], nil),
        (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(ProcessInfo.processInfo.processIdentifier)"], .seconds(30)),
        (["WATCHDOG_USEC": "0"], nil),
        (["WATCHDOG_USEC": "soon"], nil),
    ])
    func `the watchdog's interval is read`(environment: [String: String], interval: Duration?) {
        #expect(SystemdNotifier(environment: environment).watchdogInterval == interval)
    }
}

@Suite struct `The watchdog` {
    /// A clock that stands still until it is moved.
    private final class Clock: Sendable {
        private let instant = Mutex(ContinuousClock.now)
        var now: ContinuousClock.Instant { instant.withLock { $0 } }
        func advance(_ duration: Duration) { instant.withLock { $0 += duration } }
    }

    private let clock = Clock()
    private let watchdog: Watchdog

    init() {
        let clock = clock
        watchdog = Watchdog(allowance: .seconds(10)) { clock.now }
    }

    @Test func `work that all wait for stalls nobody as long as it goes on`() {
        watchdog.advanced("desk")
        watchdog.idle("intake", atMost: nil)
        watchdog.idle("dispatch", atMost: .seconds(60))
        clock.advance(.seconds(9))
        watchdog.worksForAll("inbox")
        clock.advance(.seconds(9))
        #expect(watchdog.stalled == [])
        clock.advance(.seconds(2))
        #expect(watchdog.stalled == ["desk", "inbox"])
    }

    @Test func `a loop that advances is well, and one that does not is stalled`() {
        watchdog.advanced("desk")
        watchdog.advanced("dispatch")
        clock.advance(.seconds(10))
        #expect(watchdog.stalled == [])
        watchdog.advanced("desk")
        clock.advance(.seconds(1))
        #expect(watchdog.stalled == ["dispatch"])
        watchdog.advanced("dispatch")
        #expect(watchdog.stalled == [])
    }

    @Test func `a loop may wait as long as it said`() {
        watchdog.idle("intake", atMost: .seconds(100))
        watchdog.idle("signals", atMost: nil)
        clock.advance(.seconds(110))
        #expect(watchdog.stalled == [])
        clock.advance(.seconds(1))
        #expect(watchdog.stalled == ["intake"])
        clock.advance(.seconds(1_000_000))
        #expect(watchdog.stalled == ["intake"])
    }

    @Test func `a loop that ended is not missed`() {
        watchdog.advanced("desk")
        watchdog.ended("desk")
        clock.advance(.seconds(100))
        #expect(watchdog.stalled == [])
    }

    @Test func `systemd hears nothing while a loop is stalled`() throws {
        let systemd = try FakeReceiver()
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": systemd.address])
        watchdog.advanced("desk")
        #expect(watchdog.beat(notifier) == [])
        #expect(systemd.nextText() == "WATCHDOG=1")
        clock.advance(.seconds(11))
        #expect(watchdog.beat(notifier) == ["desk"])
        #expect(systemd.next() == nil)
    }

    @Test func `beating ends at once where nobody wants it`() async {
        await watchdog.keepBeating(SystemdNotifier(environment: [:]), logger: Logger(label: "x"))
        #expect(watchdog.stalled == [])
    }
}
