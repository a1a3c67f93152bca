internal import CCurl
import Mail

extension CurlHandle {
    /// What holds for every connection: this one protocol, no redirects, certificates checked against the host, TLS
    /// 1.2 or newer, nothing taken from the environment, no signals.
    func setUp(
        for address: ServerAddress, trustAnchor: String?, login: Login?, connectTimeout: Duration
    ) throws(CurlError) {
        try set(.noSignal, to: true)
        try set(.protocols, to: address.scheme)
        try set(.redirectProtocols, to: address.scheme)
        try set(.followRedirects, to: false)
        try set(.proxy, to: "")
        try set(.netrc, to: Int(CURL_NETRC_IGNORED.rawValue))
        try set(.verifyPeer, to: true)
        try set(.verifyHost, to: 2)
        try set(.tlsVersion, to: CURL_SSLVERSION_TLSv1_2)
        switch address.security {
        case .implicitTLS, .requiredStartTLS: try set(.useTLS, to: Int(CURLUSESSL_ALL.rawValue))
        case .plaintext: try set(.useTLS, to: Int(CURLUSESSL_NONE.rawValue))
        }
        if let trustAnchor {
            // The named anchor alone counts, not the system's folder beside it.
            try set(.trustAnchorFile, to: trustAnchor)
            try set(.trustAnchorFolder, to: nil)
        }
        try set(.connectTimeout, to: connectTimeout)
        // Finds out about a peer that vanished while nothing is said for long (IDLE).
        try set(.keepAlive, to: true)
        try set(.keepAliveIdle, to: .seconds(120))
        try set(.keepAliveInterval, to: .seconds(60))
        try login?.apply(to: self)
    }
}

extension CurlHandle {
    /// A handle that has connected, secured the connection and logged in, and is a raw channel from here on. Blocks.
    static func connected(
        to address: ServerAddress, path: String = "", trustAnchor: String?, login: Login?, connectTimeout: Duration,
        loginTimeout: Duration
    ) throws(TransportFault) -> CurlHandle {
        let handle = try unconnected {
            (handle) throws(CurlError) in
            try handle.setUp(
                for: address, trustAnchor: trustAnchor, login: login, connectTimeout: connectTimeout)
            try handle.set(.url, to: address.base + path)
            try handle.set(.connectOnly, to: true)
            try handle.set(.serverResponseTimeout, to: loginTimeout)
            try handle.set(.timeout, to: connectTimeout + loginTimeout)
        }
        do throws(CurlError) {
            do throws(CurlError) {
                try handle.perform()
            } catch {
                // No SASL mechanism of ours, so none was tried: left is IMAP's own LOGIN command (RFC 9051 §6.2.3).
                guard error.code == .loginDenied, login?.mechanism == nil, handle.answers.lastIsTaggedOK else {
                    throw error
                }
                handle.answers.reset()
                try handle.set(.loginOptions, to: "AUTH=*")
                try handle.perform()
            }
        } catch {
            throw TransportFault(error, connectingTo: address, answer: handle.answers.last())
        }
        return handle
    }

    /// A handle with options set, ready to perform.
    static func unconnected(
        _ setUp: (borrowing CurlHandle) throws(CurlError) -> Void
    ) throws(TransportFault) -> CurlHandle {
        do throws(CurlError) {
            let handle = try CurlHandle()
            try setUp(handle)
            return handle
        } catch {
            throw TransportFault(settingUp: error)
        }
    }
}
