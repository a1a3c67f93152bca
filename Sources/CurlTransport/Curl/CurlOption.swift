internal import CCurl
import Mail

/// An option of an easy handle together with the type of value that it takes, so that a wrong pairing does not compile.
struct CurlOption<Value> {
    let code: CURLoption
}

extension CurlOption where Value == String {
    static var url: Self { Self(code: CURLOPT_URL) }
    static var user: Self { Self(code: CURLOPT_USERNAME) }
    static var loginOptions: Self { Self(code: CURLOPT_LOGIN_OPTIONS) }
    static var protocols: Self { Self(code: CURLOPT_PROTOCOLS_STR) }
    static var redirectProtocols: Self { Self(code: CURLOPT_REDIR_PROTOCOLS_STR) }
    static var proxy: Self { Self(code: CURLOPT_PROXY) }
    static var trustAnchorFile: Self { Self(code: CURLOPT_CAINFO) }
    static var envelopeSender: Self { Self(code: CURLOPT_MAIL_FROM) }
}

extension CurlOption where Value == Secret {
    static var password: Self { Self(code: CURLOPT_PASSWORD) }
    static var bearerToken: Self { Self(code: CURLOPT_XOAUTH2_BEARER) }
}

extension CurlOption where Value == String? {
    static var trustAnchorFolder: Self { Self(code: CURLOPT_CAPATH) }
}

extension CurlOption where Value == Bool {
    static var noSignal: Self { Self(code: CURLOPT_NOSIGNAL) }
    static var connectOnly: Self { Self(code: CURLOPT_CONNECT_ONLY) }
    static var verifyPeer: Self { Self(code: CURLOPT_SSL_VERIFYPEER) }
    static var followRedirects: Self { Self(code: CURLOPT_FOLLOWLOCATION) }
    static var keepAlive: Self { Self(code: CURLOPT_TCP_KEEPALIVE) }
    static var upload: Self { Self(code: CURLOPT_UPLOAD) }
}

extension CurlOption where Value == Int {
    /// 2: the certificate must name the host.
    static var verifyHost: Self { Self(code: CURLOPT_SSL_VERIFYHOST) }
    /// In octets a second.
    static var lowSpeedLimit: Self { Self(code: CURLOPT_LOW_SPEED_LIMIT) }
    static var tlsVersion: Self { Self(code: CURLOPT_SSLVERSION) }
    static var useTLS: Self { Self(code: CURLOPT_USE_SSL) }
    static var netrc: Self { Self(code: CURLOPT_NETRC) }
}

/// How finely an option takes its time.
struct Milliseconds { let duration: Duration }
struct WholeSeconds { let duration: Duration }

extension CurlOption where Value == Milliseconds {
    static var connectTimeout: Self { Self(code: CURLOPT_CONNECTTIMEOUT_MS) }
    /// For a whole transfer, connecting included.
    static var timeout: Self { Self(code: CURLOPT_TIMEOUT_MS) }
}

extension CurlOption where Value == WholeSeconds {
    static var serverResponseTimeout: Self { Self(code: CURLOPT_SERVER_RESPONSE_TIMEOUT) }
    static var lowSpeedTime: Self { Self(code: CURLOPT_LOW_SPEED_TIME) }
    static var keepAliveIdle: Self { Self(code: CURLOPT_TCP_KEEPIDLE) }
    static var keepAliveInterval: Self { Self(code: CURLOPT_TCP_KEEPINTVL) }
}

extension CurlOption where Value == Int64 {
    /// Octets of the upload.
    static var uploadSize: Self { Self(code: CURLOPT_INFILESIZE_LARGE) }
}

extension Duration {
    /// Rounded up to whole milliseconds, never below zero; saturates.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !overflow, scaled < Int64.max - 1_001 else { return seconds < 0 ? 0 : Int.max }
        let fraction = attoseconds / 1_000_000_000_000_000
        let rest: Int64 = attoseconds % 1_000_000_000_000_000 > 0 ? 1 : 0
        return Int(max(0, scaled + fraction + rest))
    }

    /// Rounded up to whole seconds, never below zero.
    var wholeSeconds: Int {
        let milliseconds = wholeMilliseconds
        return milliseconds / 1_000 + (milliseconds % 1_000 > 0 ? 1 : 0)
    }
}
