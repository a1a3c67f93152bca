import Foundation
import Registry
import Service
import Store

/// The store behind the port of dropped exports; the column maps tell how a file is written.
struct ExportIntake: RegistryIntake {
    let store: Store
    let columnMaps: [NamedColumnMap]

    func takeUp(_ export: DroppedExport, partial: Bool, at now: Date) async throws -> ExportReport {
        let format: RegistryFormat
        do {
            format = try columnMaps.format(of: export.name)
        } catch {
            throw UnusableExport(reason: error.line)
        }
        let summary = try await store.importRegistry(
            {
                // What the file's reading throws is no fault of the database.
                do { return try export.next() } catch { throw StoreFault(.access, "\(error)") }
            }, format: format, partial: partial, actor: "inbox:\(export.name)", at: now,
            progress: { _ in export.goesOn() })
        let report: JSON = .object(
            [.init(key: "file", value: .string(export.name)), .init(key: "at", value: JSON(now))]
                + summary.json().members)
        return ExportReport(
            isTaken: summary.taken, added: summary.added, changed: summary.changed, unchanged: summary.unchanged,
            rejected: summary.rejectedCount, warned: summary.warningCount, text: Array((report.line + "\n").utf8))
    }
}
