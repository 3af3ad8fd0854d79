import ImportProfiles
import PigmentImport
import Preflight
import SafeText
import ValueFormats

/// The page that tells what to do with a calibration kit.
struct KitInstructions {
    private let kit: CalibrationKit
    private let folder: FilePath
    private let profile: FilePath

    init(_ kit: CalibrationKit, folder: FilePath, profile: FilePath) {
        (self.kit, self.folder, self.profile) = (kit, folder, profile)
    }

    var text: String {
        let files = KitFiles(folder)
        let push = ShellCommand.preflight("push", .init(files.csv), "-p", .init(files.profile), "--max-skipped", "100%", "--format", "json")
        let learn = ShellCommand.preflight("profile", "learn", "-p", .init(profile), "--kit", .init(folder), "--report-json", "report.json")
        return """
            # Calibration kit

            `kit.csv` has \(kit.rowCount) rows. Its report tells which doubtful spellings your import configuration accepts. It costs one push
            into a scratch list; no real data is touched.

            1. In Pigment, make a scratch list with one property for each column of the table below, and an import configuration for it with
               exactly the formats of your real configuration: separators, date format, items. Map the column "Row" as text.
            2. Push the file to that configuration. Rows are skipped: that is what the kit is for.

                   \(push) -c SCRATCH_CONFIGURATION > report.json

            3. Read the answer. Add `--dry-run` to see the changes to the profile first.

                   \(learn)

            4. Delete the scratch list.

            ## Columns

            In each column a doubt occurs in 1, 2, 4, … rows of its own, in this order. The reported number is the sum of those that were
            rejected.

            | column | format of | doubts |
            | --- | --- | --- |
            \(rows)

            """
    }

    private var rows: String {
        var rows = kit.columns.map { column in
            let names = ([column.format.name] + column.sharers).map { VisibleText($0).text }.joined(separator: ", ")
            return "| \(cell(column.name)) | \(names.replacing("|", with: "\\|")) | \(column.doubts.map(\.name).joined(separator: ", ")) |"
        }
        if kit.tellsCount {
            rows += CalibrationKit.countColumns.map {
                "| \($0) | the first format above | \(CalibrationKit.sharedRows) rows fail in both |"
            }
        }
        return rows.joined(separator: "\n")
    }

    private func cell(_ text: String) -> String { VisibleText(text).text.replacing("|", with: "\\|") }
}
