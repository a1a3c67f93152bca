import Mail

/// Which Authentication-Results fields the receiving server wrote (RFC 8601 §5, §7.1), told by where they stand beside
/// the Received field of its border. Everything below that field was there before the mail came in, save in profile
/// `milter`.
///
/// - `rfc8601`: ours are those above the border's Received that give our authserv-id. One below it is a forgery.
/// - `milter`: ours are those above the *next* Received below the border's. What the sender put at the very top of his
///   mail stands there as well and looks the same, so this relies on the border: it strips what claims to be its own, or
///   its milter states DMARC for every mail, so that a forged statement is a second one and a conflict.
/// - `exchange-online`: ours is the one without an authserv-id right above the border's Received, Received-SPF aside. Any
///   other without one, anywhere, is held against the mail.
struct TrustBoundary {
    /// What one Authentication-Results field is worth.
    enum Standing: Hashable {
        /// The border wrote it.
        case believed(AuthenticationResults)
        /// It stands where the border writes, but breaks the grammar.
        case unreadable
        /// It claims to be ours, but stands where only what came with the mail does.
        case forged
        /// It has no authserv-id and stands in another place than the border's (profile `exchange-online`).
        case stray
        /// It claims to be ours, but there is no border to tell its place by.
        case unplaced
        /// Somebody else's; nil when nobody can be made out.
        case foreign(String?)
    }

    struct Field: Hashable {
        /// Its place among the fields of the header, from 0.
        let index: Int
        let standing: Standing
    }

    /// Where the border's Received stands among the fields of the header, from 0.
    let border: Int?
    /// Every Authentication-Results field, topmost first.
    let fields: [Field]
    private let distrust: Distrust?

    /// What the border stated, topmost first, or why nobody can tell.
    var results: Result<[AuthenticationResults], Distrust> {
        if let distrust { return .failure(distrust) }
        var believed: [AuthenticationResults] = []
        var isBroken = false
        for field in fields {
            switch field.standing {
            case .believed(let results): believed.append(results)
            case .forged: return .failure(.forgedField)
            case .stray: return .failure(.strayField)
            case .unreadable: isBroken = true
            case .unplaced, .foreign: continue
            }
        }
        return isBroken ? .failure(.malformed) : .success(believed)
    }

    init(of block: HeaderBlock, trusting settings: TrustSettings) {
        let judge = FieldJudge(settings)
        switch Self.borderIndex(in: block, trusting: settings) {
        case .success(let index):
            border = index
            distrust = nil
        case .failure(let reason):
            border = nil
            distrust = reason
        }
        let zone = border.map { Zone(border: $0, in: block, profile: settings.profile) }
        fields = block.fields.indices.compactMap { index in
            guard block.fields[index].isNamed("Authentication-Results") else { return nil }
            return Field(index: index, standing: judge.standing(of: block.fields[index].value, at: index, zone))
        }
    }

    /// Where the border's topmost Received field stands. Fields above it are internal hops', unless one of them
    /// might itself be the border's in disguise: then nothing is clear.
    private static func borderIndex(in block: HeaderBlock, trusting settings: TrustSettings) -> Result<Int, Distrust> {
        let name = BorderName(settings)
        guard !name.isEmpty else { return .failure(.noBorder) }
        for (index, field) in block.fields.enumerated() where field.isNamed("Received") {
            let received = ReceivedField(field.value)
            if case .by(let host, let proto) = received, name.matches(host) {
                guard settings.profile == .milter, proto?.hasPrefix("lmtp") == true else { return .success(index) }
                return .success(Self.hop(below: index, by: name, in: block) ?? index)
            }
            if name.mayHaveWritten(field.value, whoseWriterIs: received) { return .failure(.unclearBorder) }
        }
        return .failure(.noBorder)
    }

    /// The next Received field, if the border wrote it as well: on a server that does everything, the mailbox's own
    /// delivery by LMTP comes on top and bears the same name. No further, as below that the sender's own begin.
    private static func hop(below index: Int, by name: BorderName, in block: HeaderBlock) -> Int? {
        guard let next = block.fields[(index + 1)...].firstIndex(where: { $0.isNamed("Received") }),
            case .by(let host, _) = ReceivedField(block.fields[next].value), name.matches(host)
        else { return nil }
        return next
    }
}

/// The places of the header where the border writes.
private struct Zone {
    /// Places that may hold our fields.
    let ours: Range<Int>

    init(border: Int, in block: HeaderBlock, profile: TrustSettings.Profile) {
        switch profile {
        case .standard: ours = 0..<border
        case .milter:
            // Without a next hop there is no telling where the border's fields end.
            let next = block.fields[(border + 1)...].firstIndex { $0.isNamed("Received") }
            ours = 0..<(next ?? border)
        case .exchangeOnline:
            let isSPF = border > 0 && block.fields[border - 1].isNamed("Received-SPF")
            let place = border - (isSPF ? 2 : 1)
            ours = place < 0 ? 0..<0 : place..<(place + 1)
        }
    }
}

/// Tells fields apart by who claims to have written them and where they stand.
private struct FieldJudge {
    private let authservID: String
    private let profile: TrustSettings.Profile

    init(_ settings: TrustSettings) {
        authservID = settings.authservID.asHostName
        profile = settings.profile
    }

    func standing(of value: [UInt8], at index: Int, _ zone: Zone?) -> TrustBoundary.Standing {
        let writer = AuthenticationResults.authservID(of: value)
        if profile == .exchangeOnline {
            if let writer { return isOurs(writer, value) ? .forged : .foreign(writer) }
            guard let zone else { return .unplaced }
            guard zone.ours.contains(index) else { return .stray }
            return AuthenticationResults(value[...], as: .exchangeOnline).map { .believed($0) } ?? .unreadable
        }
        guard isOurs(writer, value) else { return .foreign(writer) }
        guard let zone else { return .unplaced }
        guard zone.ours.contains(index) else { return .forged }
        return AuthenticationResults(value).map { .believed($0) } ?? .unreadable
    }

    /// Whether a field gives our id as its writer. One whose writer can't be read counts as ours when it names our
    /// id at all: then it can prove nothing, but it can't be overlooked either.
    private func isOurs(_ writer: String?, _ value: [UInt8]) -> Bool {
        guard !authservID.isEmpty else { return false }
        if let writer { return writer.asHostName == authservID }
        return !NaiveNames.occurrences(of: authservID, in: value).isEmpty
    }
}
