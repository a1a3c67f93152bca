import CGMime

/// Owns one iconv descriptor. Not shared: iconv keeps shift state in it.
@safe
struct IconvConverter: ~Copyable {
    private let descriptor: iconv_t

    init?(from name: String) {
        guard let opened = unsafe postern_iconv_open("UTF-8", name) else { return nil }
        unsafe descriptor = opened
    }

    deinit { _ = unsafe iconv_close(descriptor) }

    func utf8(of bytes: [UInt8]) -> [UInt8]? {
        // No charset in the list grows by more than four octets of UTF-8 for one octet.
        let capacity = bytes.count * 4 + 16
        var input = bytes
        var fits = false
        let output = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            let used = unsafe input.withUnsafeMutableBytes { source -> Int? in
                var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var fromLeft = source.count
                var to: UnsafeMutablePointer<CChar>? =
                    unsafe UnsafeMutableRawPointer(target.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var toLeft = capacity
                guard unsafe iconv(descriptor, &from, &fromLeft, &to, &toLeft) != -1 else { return nil }
                return fromLeft == 0 ? capacity - toLeft : nil
            }
            count = used ?? 0
            fits = used != nil
        }
        return fits ? output : nil
    }
}
