import Foundation
import SafeText

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight

/// A small file in a folder of its own, for diagnoses.
final class DiagnosedFile {
    let folder: URL
    private let profile: Profile?

    /// - Parameter profile: its lines under `columns:`; `nil` for none.
    init(_ content: String, columns: String?) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("diagnosed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try Data(content.utf8).write(to: folder.appendingPathComponent("x.csv"))
        profile = try columns.map { try Profile(yaml: "version: 1\ncolumns:\n" + $0) }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Its bytes as they are: reading a file as a text drops a byte order mark.
    func text(of name: String) throws -> String { String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self) }

    func result(_ report: ServerReport, pushed: String? = nil) throws -> (result: DiagnosisRun.Result, file: InputFile) {
        let file = try InputFile.open(path: path("x.csv"), spoolsStream: false)
        return (try DiagnosisRun(report: report, file: file, options: CheckOptions(profile: profile), pushed: pushed).result(), file)
    }

    func diagnosis(_ report: ServerReport, pushed: String? = nil) throws -> Diagnosis {
        try result(report, pushed: pushed).result.diagnosis
    }

    /// What a person reads on the screen.
    func diagnosis(reported: [String], samples: [String] = []) throws -> Diagnosis {
        try diagnosis(try Self.screen(reported, samples))
    }

    static func screen(_ reported: [String], _ samples: [String] = []) throws -> ServerReport {
        try ServerReport(reported: reported.map { Array($0.utf8) }, samples: samples.map { Array($0.utf8) })
    }

    /// What a status document says.
    static func status(
        _ skipped: [(column: String?, reason: String, count: Int, samples: [String])], inserted: Int = 0, skippedRows: Int = 0
    ) throws -> ServerReport {
        let entries = skipped.map { entry -> JSONValue in
            .members([
                "count": .int(entry.count), "reason": .string(entry.reason),
                "sourceColumnName": entry.column.map { .string($0) } ?? .null, "samples": .array(entry.samples.map { .string($0) }),
            ])
        }
        let document = JSONValue.members([
            "importId": .string("a5002346-d45c-4773-892f-53273b040ca0"), "importStatus": .string("Completed"),
            "detailedReport": .members([
                "blockType": .string("List"),
                "summary": .members([
                    "insertedCount": .int(inserted), "updatedCount": .int(0), "deletedCount": .int(0), "skippedCount": .int(skippedRows),
                ]),
                "impactedBlocks": .array([.members(["skippedData": .array(entries)])]),
            ]),
        ])
        return try ServerReport(json: Array(document.text(isPretty: false).utf8))
    }
}
