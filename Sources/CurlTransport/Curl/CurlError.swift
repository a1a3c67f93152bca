internal import CCurl

/// A result code of libcurl. Open, so that a code of a newer library than the one this was written for survives.
package struct CurlCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ code: CURLcode) { self.init(rawValue: code.rawValue) }

    package static let ok = CurlCode(rawValue: 0)
    package static let failedInit = CurlCode(rawValue: 2)
    package static let couldNotResolveHost = CurlCode(rawValue: 6)
    package static let couldNotConnect = CurlCode(rawValue: 7)
    package static let weirdServerReply = CurlCode(rawValue: 8)
    package static let remoteAccessDenied = CurlCode(rawValue: 9)
    package static let timedOut = CurlCode(rawValue: 28)
    package static let tlsConnect = CurlCode(rawValue: 35)
    package static let gotNothing = CurlCode(rawValue: 52)
    package static let sendError = CurlCode(rawValue: 55)
    package static let receiveError = CurlCode(rawValue: 56)
    package static let peerVerification = CurlCode(rawValue: 60)
    package static let useTLSFailed = CurlCode(rawValue: 64)
    package static let loginDenied = CurlCode(rawValue: 67)
    package static let trustAnchorUnreadable = CurlCode(rawValue: 77)
    package static let issuerMismatch = CurlCode(rawValue: 83)
    package static let again = CurlCode(rawValue: 81)
    package static let authentication = CurlCode(rawValue: 94)

    /// libcurl's own words for the code, or the bare number of one that it does not know.
    package var description: String {
        guard let text = unsafe curl_easy_strerror(CURLcode(rawValue)) else { return "curl code \(rawValue)" }
        let words = unsafe String(cString: text)
        return words.isEmpty || words == "Unknown error" ? "curl code \(rawValue)" : words
    }
}

/// A call into libcurl that did not work.
package struct CurlError: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: CurlCode
    /// What the library noted of this one case; empty when it noted nothing. No secret: it names hosts, ports, causes.
    package let detail: String

    package init(_ code: CurlCode, detail: String = "") {
        self.code = code
        self.detail = detail
    }

    package var description: String { detail.isEmpty ? code.description : detail }
}
