package import Mail

extension IMAPSession {
    /// Returns when mail may have arrived, `interrupt()` was called, or `duration` is over.
    ///
    /// Idles where the server can (RFC 2177), else looks with NOOP every `pollInterval` and at the end.
    package func wait(atMost duration: Duration) throws(TransportFault) {
        let end = Deadline.after(duration)
        while !mayHaveNews, !end.isOver {
            if bell.silence() { return }
            if settings.usesIdle, canIdle, has("IDLE") {
                if try idle(until: .earlier(end, .after(settings.idleRenewal))) { return }
            } else {
                if try sleep(until: .earlier(end, .after(settings.pollInterval))) { return }
                try runOrFail("NOOP")
            }
        }
        _ = bell.silence()
    }

    /// One IDLE from its beginning to its end. True when the bell ended it.
    private func idle(until end: Deadline) throws(TransportFault) -> Bool {
        let channel = try connected()
        let tag = nextTag()
        let beginning = Deadline.after(settings.commandDeadline)
        try channel.send("\(tag) IDLE\r\n", until: beginning)
        begin: while true {
            switch try channel.next(until: beginning) {
            case .continuation: break begin
            case .untagged(let data): try note(data)
            case .tagged(tag, let status) where status.condition != .ok:
                // It said it could, and can't: look from time to time instead.
                canIdle = false
                return false
            case .tagged: throw channel.violated("an answer to a command that was not given")
            }
        }
        let rung = try listen(on: channel, until: end)
        let ending = Deadline.after(settings.commandDeadline)
        try channel.send("DONE\r\n", until: ending)
        while true {
            switch try channel.next(until: ending) {
            case .tagged(tag, _): return rung
            case .tagged: throw channel.violated("an answer to a command that was not given")
            case .untagged(let data): try note(data)
            // Some servers say "+ still here".
            case .continuation: continue
            }
        }
    }

    /// Sleeps with an ear on the connection: a BYE or its loss shows at once. True when the bell ended it.
    private func sleep(until end: Deadline) throws(TransportFault) -> Bool {
        try listen(on: try connected(), until: end)
    }

    /// Takes untagged data until there is news, the bell rings (true), or `end`.
    private func listen(on channel: IMAPChannel, until end: Deadline) throws(TransportFault) -> Bool {
        while !mayHaveNews {
            while let response = try channel.nextIfHere() {
                switch response {
                case .untagged(let data): try note(data)
                case .continuation: continue
                case .tagged: throw channel.violated("an answer to a command that was not given")
                }
                // Also where a server never stops talking.
                if end.isOver { return false }
                if bell.silence() { return true }
            }
            if mayHaveNews { return false }
            switch channel.waitForData(bell: bell, until: end) {
            case .rung: return bell.silence()
            case .timedOut: return false
            case .ready: continue
            }
        }
        return false
    }
}
