package import Foundation
import Yams

/// The files under `Config/` as the binary carries them, with a folder of the operator's laid over them.
///
/// A file is named by its path below `Config/`, such as `lexicon/de.yaml`. A file of the same name in the
/// overlay folder replaces the embedded one; a file with a new name is added.
package struct ConfigFiles: Sendable {
    private let texts: [String: String]

    /// Why a configuration file can't be used; the description names the file and the place in it.
    package struct Problem: Error, CustomStringConvertible {
        package let file: String
        package let reason: String
        package var description: String { "\(file): \(reason)" }
    }

    /// The embedded files, with those of `overlay` over them.
    package init(overlay: URL? = nil) throws(Problem) {
        var texts = EmbeddedFiles.texts
        if let overlay {
            guard let names = FileManager.default.enumerator(atPath: overlay.path) else {
                throw Problem(file: overlay.path, reason: "can't read this folder")
            }
            for case let name as String in names where name.hasSuffix(".yaml") || name.hasSuffix(".mustache") {
                do {
                    texts[name] = try String(contentsOf: overlay.appending(path: name), encoding: .utf8)
                } catch {
                    throw Problem(file: overlay.appending(path: name).path, reason: "can't be read as UTF-8 text")
                }
            }
        }
        self.texts = texts
    }

    /// The names of the files in one folder, sorted: `names(in: "lexicon")` gives `lexicon/bg.yaml`, ….
    package func names(in folder: String) -> [String] {
        texts.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
    }

    /// The text of one file.
    package func text(_ name: String) throws(Problem) -> String {
        guard let text = texts[name] else { throw Problem(file: name, reason: "there is no such file") }
        return text
    }

    /// One YAML file as a value.
    package func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws(Problem) -> Value {
        let text = try text(name)
        do {
            return try YAMLDecoder().decode(type, from: text)
        } catch let error as DecodingError {
            throw Problem(file: name, reason: Self.explain(error))
        } catch {
            throw Problem(file: name, reason: "\(error)")
        }
    }

    private static func explain(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context):
            "the key '\(key.stringValue)' is missing\(context.codingPath.isEmpty ? "" : " in \(path(context))")"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            "\(path(context)): \(context.debugDescription)"
        @unknown default: "\(error)"
        }
    }
}
