internal import CCurl
import Mail

/// One easy handle of libcurl with the connections it keeps. Whoever holds it owns it: it cannot be copied, and it is
/// cleaned up when its holder lets go.
///
/// Not to be used from two threads at once; its holders live on a ``BlockingExecutor`` each.
@safe struct CurlHandle: ~Copyable {
    private let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    /// What the server said while the library talked to it.
    let answers: ServerAnswers
    /// The mail that is being uploaded.
    let upload: Upload

    /// Throws `failedInit` when the library has no memory for a handle.
    init() throws(CurlError) {
        guard CurlLibrary.ready == .ok else { throw CurlError(CurlLibrary.ready) }
        guard let pointer = unsafe curl_easy_init() else { throw CurlError(.failedInit) }
        unsafe self.pointer = unsafe pointer
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        answers = ServerAnswers()
        upload = Upload()
        // These only store pointers and cannot fail on a fresh handle.
        _ = unsafe postern_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
        _ = unsafe postern_curl_set_callback(pointer, CURLOPT_HEADERFUNCTION, takeAnswer)
        _ = unsafe postern_curl_set_pointer(pointer, CURLOPT_HEADERDATA, Unmanaged.passUnretained(answers).toOpaque())
        _ = unsafe postern_curl_set_callback(pointer, CURLOPT_READFUNCTION, giveUpload)
        _ = unsafe postern_curl_set_pointer(pointer, CURLOPT_READDATA, Unmanaged.passUnretained(upload).toOpaque())
    }

    deinit {
        // Cleaning up may say QUIT and so call back: what the callbacks point to must outlive it.
        unsafe curl_easy_cleanup(pointer)
        unsafe errorText.deallocate()
        withExtendedLifetime(answers) {}
        withExtendedLifetime(upload) {}
    }

    // MARK: Options

    func set(_ option: CurlOption<String>, to value: String) throws(CurlError) {
        try set(CurlOption<String?>(code: option.code), to: value)
    }

    func set(_ option: CurlOption<String?>, to value: String?) throws(CurlError) {
        guard let value else { return try check(unsafe postern_curl_set_string(pointer, option.code, nil)) }
        // The library reads up to the first NUL: a value that goes on behind it would be silently cut.
        guard !value.utf8.contains(0) else { throw CurlError(.failedInit, detail: "a value holds a NUL") }
        try check(unsafe postern_curl_set_string(pointer, option.code, value))
    }

    /// From here on nothing that the server says, and no fault, shows the secret.
    func set(_ option: CurlOption<Secret>, to value: Secret) throws(CurlError) {
        answers.mask = SecretMask(value)
        try set(CurlOption<String?>(code: option.code), to: value.reveal())
    }

    func set(_ option: CurlOption<Bool>, to value: Bool) throws(CurlError) {
        try check(unsafe postern_curl_set_long(pointer, option.code, value ? 1 : 0))
    }

    func set(_ option: CurlOption<Int>, to value: Int) throws(CurlError) {
        try check(unsafe postern_curl_set_long(pointer, option.code, value))
    }

    func set(_ option: CurlOption<Int64>, to value: Int64) throws(CurlError) {
        try check(unsafe postern_curl_set_offset(pointer, option.code, curl_off_t(value)))
    }

    func set(_ option: CurlOption<Milliseconds>, to duration: Duration) throws(CurlError) {
        // Zero would mean the library's default, which for most is for ever.
        let value = min(max(1, duration.wholeMilliseconds), Int(Int32.max))
        try check(unsafe postern_curl_set_long(pointer, option.code, value))
    }

    func set(_ option: CurlOption<WholeSeconds>, to duration: Duration) throws(CurlError) {
        let value = min(max(1, duration.wholeSeconds), Int(Int32.max) / 1_000)
        try check(unsafe postern_curl_set_long(pointer, option.code, value))
    }

    // MARK: Transfers

    /// Connects and, unless only that was asked, carries a transfer through. Blocks.
    func perform() throws(CurlError) {
        unsafe errorText.pointee = 0
        try check(unsafe curl_easy_perform(pointer))
    }

    /// `perform` for a mail to `recipients`, each a plain address. Blocks.
    func perform(recipients: [String]) throws(CurlError) {
        var list: UnsafeMutablePointer<curl_slist>?
        defer { unsafe curl_slist_free_all(list) }
        for recipient in recipients {
            guard let longer = unsafe curl_slist_append(list, recipient) else { throw CurlError(.failedInit) }
            unsafe list = longer
        }
        try check(unsafe postern_curl_set_list(pointer, CURLOPT_MAIL_RCPT, list))
        defer { _ = unsafe postern_curl_set_list(pointer, CURLOPT_MAIL_RCPT, nil) }
        try perform()
    }

    /// The last code that the server answered with, 0 before any.
    var responseCode: Int {
        var value = 0
        guard unsafe postern_curl_get_long(pointer, CURLINFO_RESPONSE_CODE, &value) == CURLE_OK else { return 0 }
        return value
    }

    /// Whether the last transfer had to open a connection; false when it reused one.
    var openedConnection: Bool {
        var count = 0
        guard unsafe postern_curl_get_long(pointer, CURLINFO_NUM_CONNECTS, &count) == CURLE_OK else { return true }
        return count > 0
    }

    // MARK: The raw channel after a connect-only `perform`

    /// The connection's socket, for polling alone.
    var activeSocket: Int32? {
        var socket: curl_socket_t = -1
        guard unsafe postern_curl_get_socket(pointer, &socket) == CURLE_OK, socket >= 0 else { return nil }
        return socket
    }

    /// Writes what the connection takes at once; returns how many octets that was. Throws `again` when it takes none.
    func send(_ bytes: ArraySlice<UInt8>) throws(CurlError) -> Int {
        var sent = 0
        let code = unsafe bytes.withUnsafeBytes { unsafe curl_easy_send(pointer, $0.baseAddress, $0.count, &sent) }
        try check(code)
        return sent
    }

    /// Reads what is there into `buffer`; returns how many octets, 0 at the connection's end. Throws `again` when
    /// nothing is there yet.
    func receive(into buffer: inout [UInt8]) throws(CurlError) -> Int {
        var received = 0
        let code = unsafe buffer.withUnsafeMutableBytes {
            unsafe curl_easy_recv(pointer, $0.baseAddress, $0.count, &received)
        }
        try check(code)
        return min(received, buffer.count)
    }

    private func check(_ code: CURLcode) throws(CurlError) {
        guard code != CURLE_OK else { return }
        throw CurlError(CurlCode(code), detail: ServerText.line(unsafe String(cString: errorText), mask: answers.mask))
    }
}

/// The library's global part, made ready once (curl_global_init is safe to call from several threads since 7.84).
private enum CurlLibrary {
    static let ready = CurlCode(curl_global_init(Int(CURL_GLOBAL_DEFAULT)))
}

/// Collects the lines that a server answers with while the library itself speaks: connecting, and all of SMTP.
final class ServerAnswers {
    /// As they came: made fit for people when they are asked for, which is seldom.
    private var raw: [String] = []
    /// Takes the login's secret out of what is shown: a server may repeat what it was given.
    var mask: SecretMask?

    func reset() { raw.removeAll(keepingCapacity: true) }

    /// What the server said, fit for a log, without the secret.
    var lines: [String] { raw.map { ServerText.line($0, mask: mask) } }

    /// The last of ``lines`` that begins so.
    func last(beginningWith start: String = "") -> String? {
        raw.last { $0.hasPrefix(start) }.map { ServerText.line($0, mask: mask) }
    }

    /// Whether the last line is an IMAP server's `tag OK …`.
    var lastIsTaggedOK: Bool {
        guard let words = raw.last?.split(separator: " ", maxSplits: 2), words.count > 1 else { return false }
        return words[0] != "*" && words[1].uppercased() == "OK"
    }

    /// Keeps a line, without the challenges of a login. Count and length are bounded because a hostile server's are not.
    fileprivate func take(_ line: UnsafeRawBufferPointer) {
        guard unsafe !(line.starts(with: "334".utf8) || line.starts(with: "+".utf8)) else { return }
        if raw.count >= 200 { raw.removeFirst(100) }
        raw.append(unsafe String(decoding: line.prefix(1_000), as: UTF8.self))
    }
}

/// Hands a mail's bytes to the library piece by piece.
final class Upload {
    private var bytes: [UInt8] = []
    private var offset = 0

    func begin(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = 0
    }

    /// Whether the library has taken all there is: from here on the final dot may have been written.
    var isEnded: Bool { offset == bytes.count }

    fileprivate func give(into room: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(room.count, bytes.count - offset)
        guard count > 0 else { return 0 }
        let piece = bytes[offset..<(offset + count)]
        unsafe room.copyBytes(from: piece)
        offset += count
        return count
    }
}

/// `CURLOPT_HEADERFUNCTION`: one call an answer line.
private func takeAnswer(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let length = size * count
    guard let bytes = unsafe bytes, let context = unsafe context else { return length }
    let answers = unsafe Unmanaged<ServerAnswers>.fromOpaque(context).takeUnretainedValue()
    unsafe answers.take(UnsafeRawBufferPointer(start: bytes, count: length))
    return length
}

/// `CURLOPT_READFUNCTION`.
private func giveUpload(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
    let upload = unsafe Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue()
    return unsafe upload.give(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}
