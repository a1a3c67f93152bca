import Mail

/// Finds the delivery report in a `multipart/report` (RFC 6522): its machine-readable part, and the Message-ID in the
/// returned mail or header behind it.
///
/// Structure alone counts. The report's own header and its words for people say nothing: a report that returns no header
/// is about no mail.
struct DeliveryReportReader {
    /// Octets that a machine-readable part or a returned header may have; a longer one is not read.
    static let longestPart = 64 * 1024

    /// Parts whose octets are needed.
    static func reads(_ type: String) -> Bool { isStatus(type) || isReturnedHeader(type) }

    private static func isStatus(_ type: String) -> Bool {
        type == "message/delivery-status" || type == "message/global-delivery-status"
    }

    private static func isReturnedHeader(_ type: String) -> Bool {
        type == "text/rfc822-headers" || type == "message/global-headers"
    }

    private static func isReturnedMail(_ type: String) -> Bool { type == "message/rfc822" || type == "message/global" }

    /// Nil unless the mail is one report with one status part and, behind it, one returned part that has one Message-ID.
    ///
    /// - Parameters:
    ///   - entities: the mail's parts, which two readers agree about.
    ///   - decoded: the octets of the parts that ``reads(_:)`` names, by their place in `entities`.
    static func read(_ bytes: [UInt8], _ entities: [MIMEOutline.Entity], decoded: [Int: [UInt8]]) -> DeliveryReport? {
        guard entities.first?.type == "multipart/report" else { return nil }
        let places = entities.indices.filter { isStatus(entities[$0].type) }
        guard places.count == 1, let fields = decoded[places[0]] else { return nil }
        let returned = entities.indices.filter { index in
            index > places[0] && (isReturnedMail(entities[index].type) || isReturnedHeader(entities[index].type))
        }
        guard returned.count == 1 else { return nil }
        let header = entities[returned[0]].header.map { Array(bytes[$0].prefix(longestPart)) } ?? decoded[returned[0]]
        guard let header, let messageID = messageID(in: header) else { return nil }
        let recipients = DeliveryStatusFields(fields).recipients
        return recipients.isEmpty ? nil : DeliveryReport(messageID: messageID, recipients: recipients)
    }

    /// The one Message-ID of a header (RFC 5322 §3.6: at most one); nil where there is none or another beside it.
    private static func messageID(in header: [UInt8]) -> MessageID? {
        let fields = HeaderBlock.split(header).block.all("Message-ID")
        guard fields.count == 1, let value = fields.first?.value else { return nil }
        let ids = GMimeParser.messageIDs(value, limit: 2)
        return ids.count == 1 ? ids[0] : nil
    }
}
