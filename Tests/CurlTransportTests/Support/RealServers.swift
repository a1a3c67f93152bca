import CurlTransport
import Foundation
import Mail
import MailServers

extension RealServers {
    var password: Credential {
        get throws {
            let text = try String(contentsOfFile: try value("PASSWORD_FILE"), encoding: .utf8)
            return .password(Secret(text.trimmingCharacters(in: .newlines)))
        }
    }

    func imap(_ scheme: String = "imaps", credential: Credential? = nil, trusted: Bool = true) throws -> IMAPSettings {
        var settings = try IMAPSettings(
            url: "\(scheme)://localhost:\(try value(scheme == "imaps" ? "IMAPS_PORT" : "IMAP_PORT"))/INBOX",
            user: try value("USER_NAME"), credential: try credential ?? password)
        if trusted { settings.caFile = try value("CA_FILE") }
        return settings
    }

    /// Straight to smtp-sink, which speaks neither TLS nor AUTH.
    func sink() throws -> SMTPSettings {
        try SMTPSettings(url: "smtp://127.0.0.1:\(try value("SMTP_PORT"))", allowPlaintext: true)
    }
}
