/// One Authentication-Results field, taken apart (RFC 8601 §2.2).
package struct AuthenticationResults: Sendable, Hashable {
    /// Who wrote it, as it stands there, quotes undone (RFC 8601 §2.5).
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

    /// Nil when the field's value breaks the grammar anywhere. Takes time linear in its length.
    package init?(_ value: [UInt8]) {
        var parser = AuthenticationResultsParser(value)
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
