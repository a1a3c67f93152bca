/// One Authentication-Results field, taken apart (RFC 8601 §2.2).
package struct AuthenticationResults: Sendable, Hashable {
    /// Who wrote it, as it stands there, quotes undone (RFC 8601 §2.5); empty in a field without one.
    package let authservID: String
    /// 1 where none is stated.
    package let version: Int
    /// What was checked; empty when the field says `none`.
    package let results: [MethodResult]

    /// One method's result.
    package struct MethodResult: Sendable, Hashable {
        /// Lower case, such as `dmarc`.
        package let method: String
        /// 1 where none is stated.
        package let version: Int
        /// Lower case, such as `pass`.
        package let result: String
        package let reason: String?
        /// What Exchange Online says that it did with the mail, lower case; nil in fields that keep to the grammar.
        package let action: String?
        package let properties: [Property]

        /// The values of all properties of this type and name.
        package func values(_ type: String, _ name: String) -> [String] {
            properties.filter { $0.type == type && $0.name == name }.map(\.value)
        }
    }

    /// What a result rests on, `ptype.property=pvalue`.
    package struct Property: Sendable, Hashable {
        /// Lower case: `smtp`, `header`, `body`, `policy` or another.
        package let type: String
        /// Lower case.
        package let name: String
        /// As it stands there, quotes undone.
        package let value: String
    }

    /// Which grammar a field is read by.
    enum Form {
        /// RFC 8601 §2.2 and nothing beside it.
        case standard
        /// As Exchange Online writes it: no authserv-id, and `action=` where a reason may stand.
        case exchangeOnline
        /// What follows the instance in ARC-Authentication-Results (RFC 8617 §4.1.1): the standard's, and `action=`, as
        /// Exchange Online seals it.
        case sealed
    }

    /// Nil when the field's value breaks the grammar of RFC 8601 §2.2 anywhere. Takes time linear in its length.
    package init?(_ value: [UInt8]) { self.init(value[...], as: .standard) }

    /// Nil when the value breaks the grammar of `form` anywhere.
    init?(_ value: ArraySlice<UInt8>, as form: Form) {
        var parser = AuthenticationResultsParser(Array(value), form)
        guard let parsed = try? parser.field() else { return nil }
        self = parsed
    }

    init(authservID: String, version: Int, results: [MethodResult]) {
        self.authservID = authservID
        self.version = version
        self.results = results
    }

    /// Who a field claims to be from, also when the rest of it breaks the grammar; nil when not even that can be read.
    package static func authservID(of value: [UInt8]) -> String? {
        var parser = AuthenticationResultsParser(value)
        return try? parser.writer()
    }
}
