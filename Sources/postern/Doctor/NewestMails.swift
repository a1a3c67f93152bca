import CurlTransport
import Mail
import SenderTrust

/// Whether the settings of trust fit what stands in the mails that came in last. Reads headers, marks nothing.
struct NewestMails {
    static let count = 20

    private let trust: TrustSettings
    private let surveys: [BorderSurvey]

    init(_ headers: [FetchedHeader], trust: TrustSettings) {
        self.trust = trust
        surveys = headers.map {
            BorderSurvey(HeaderBlock.split($0.bytes).block, trusting: trust)
        }
    }

    var findings: [DoctorFinding] {
        guard !surveys.isEmpty else { return [DoctorFinding("newest mails", .ok, "none to look at")] }
        return [received, results]
    }

    private var received: DoctorFinding {
        let fitting = surveys.count { $0.passedBorder }
        let words = "\(fitting) of the newest \(surveys.count) mails have a Received by \(trust.borderHost)"
        guard fitting == 0 else { return DoctorFinding("newest mails", .ok, words) }
        return DoctorFinding(
            "newest mails", .warning, words + Self.instead(surveys.map(\.receivers)),
            hint: "set trust.border_host to the host that takes mail from outside; until it fits, all mail is held")
    }

    private var results: DoctorFinding {
        let fitting = surveys.count { $0.ownResults != .absent }
        let withDMARC = surveys.count { if case .dmarc = $0.ownResults { true } else { false } }
        let words =
            "\(fitting) of them have Authentication-Results of \(trust.writerName) where the border writes, \(withDMARC) with dmarc"
        if withDMARC > 0 { return DoctorFinding("newest mails", .ok, words) }
        return DoctorFinding(
            "newest mails", .warning, words + Self.instead(surveys.map(\.otherWriters)),
            hint: fitting == 0
                ? "set trust.authserv_id to what the receiving server writes at the head of its Authentication-Results"
                : "have the receiving server check DMARC; until then all mail is held")
    }

    /// `; seen instead: a (12), b (3)`: the five commonest names.
    private static func instead(_ names: [[String]]) -> String {
        var counts: [String: Int] = [:]
        for name in names.joined() { counts[name, default: 0] += 1 }
        let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
        return rows.isEmpty ? "" : "; seen instead: " + rows.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
    }
}
