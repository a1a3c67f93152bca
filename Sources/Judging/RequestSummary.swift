package import Registry

/// A role request as a reply tells of it.
package struct RequestSummary: Sendable, Hashable {
    package let id: RoleRequestID
    package let kind: RoleRequest.Kind
    package let actingAs: RoleRequest.ActingAs
    package let additional: Bool
    package let status: RoleRequest.Status
    /// Name of the operator, competent authority or customs office.
    package let organisation: String
    /// The EORI number that the mail must state, where the procedure asks for one.
    package var eori: String?
    /// The code that ties a mail to this request and mailbox (``ProofCode/text``), for the prepared mail.
    package var reference: String?
    /// What the role lets its holder do, as keys of the wording's `permissions`.
    package var permits: [String] = []

    package init(
        id: RoleRequestID, kind: RoleRequest.Kind, actingAs: RoleRequest.ActingAs, additional: Bool,
        status: RoleRequest.Status, organisation: String
    ) {
        self.id = id
        self.kind = kind
        self.actingAs = actingAs
        self.additional = additional
        self.status = status
        self.organisation = organisation
    }
}

extension RegistryView {
    /// What mails tell of a request. `procedure` is the one for its kind, if there still is one.
    package func summary(of request: RoleRequest, by procedure: Procedure?) -> RequestSummary {
        var summary = RequestSummary(
            id: request.id, kind: request.kind, actingAs: request.actingAs, additional: request.additional,
            status: request.status, organisation: organisationName(of: request) ?? request.id.text)
        if let procedure {
            summary.permits = procedure.permits
            if procedure.statesEORI { summary.eori = issuedEORIs(of: request).first }
        }
        return summary
    }
}
