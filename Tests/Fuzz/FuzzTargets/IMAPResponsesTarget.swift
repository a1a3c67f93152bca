import CurlTransport

extension FuzzTarget {
    /// The input is what a server sends, and once more the content of a mail that it sends.
    static let imapResponses = FuzzTarget("imap-responses", longest: 8_192) { input in
        let whole = read([input])
        for chunks in [pieces(of: input, upTo: 7), pieces(of: input, upTo: 200), input.map { [$0] }] {
            let parts = read(chunks)
            try promise(
                parts.responses == whole.responses && parts.fault == whole.fault,
                "in pieces it is \(parts.responses) \(parts.fault as Any), whole \(whole.responses) \(whole.fault as Any)"
            )
        }
        for response in whole.responses {
            for text in texts(of: response) {
                try promise(
                    text.unicodeScalars.count <= 201 && !text.unicodeScalars.contains(where: isHidden),
                    "a text that is unfit for a log: \(text.debugDescription)")
            }
            if case .untagged(.fetch(let fetch)) = response, case .bytes(let bytes) = fetch.body {
                try promise(bytes.count <= max(limits.literal, limits.line), "a body beyond the limit")
            }
            if case .untagged(.folder(let folder)) = response {
                let written = ModifiedUTF7.encode(folder.name)
                try promise(ModifiedUTF7.decode(written) == folder.name, "a folder's name that changes: \(written)")
            }
        }

        // Nor does a text for people begin anything.
        let text = input.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0 }
        if text.count < limits.line - 10 {
            let status = read([Array("* OK ".utf8) + text + Array("\r\nA1 OK done\r\n".utf8)])
            try promise(
                status.responses.count == 2 && status.fault == nil
                    && status.responses.last == .tagged(tag: "A1", StatusResponse(.ok, text: "done")),
                "a text breaks out of its line: \(status.responses) \(status.fault as Any)")
        }

        // A mail says nothing in the server's name.
        guard input.count <= limits.literal else { return }
        let mail =
            Array("* 1 FETCH (UID 7 BODY[] {\(input.count)}\r\n".utf8) + input + Array(")\r\nA1 OK done\r\n".utf8)
        let expected: [Response] = [
            .untagged(.fetch(FetchResponse(sequence: 1, uid: 7, body: .bytes(input)))),
            .tagged(tag: "A1", StatusResponse(.ok, text: "done")),
        ]
        for chunks in [[mail], pieces(of: mail, upTo: 50)] {
            let fetched = read(chunks)
            try promise(
                fetched.responses == expected && fetched.fault == nil,
                "a mail breaks out of its literal: \(fetched.responses) \(fetched.fault as Any)")
        }
    }

    private static let limits: ResponseReader.Limits = {
        var limits = ResponseReader.Limits(literal: 4_096)
        limits.line = 8_192
        limits.skippedLiteral = 100_000
        return limits
    }()

    private static func read(_ chunks: [[UInt8]]) -> (responses: [Response], fault: ResponseFault?) {
        var reader = ResponseReader(limits: limits)
        var responses: [Response] = []
        for chunk in chunks {
            reader.feed(chunk[...])
            do {
                while let response = try reader.next() { responses.append(response) }
            } catch {
                return (responses, error)
            }
        }
        return (responses, nil)
    }

    private static func texts(of response: Response) -> [String] {
        switch response {
        case .continuation(let text): [text]
        case .tagged(_, let status), .untagged(.status(let status)): [status.text]
        case .untagged(.other(let name)): [name]
        default: []
        }
    }
}
