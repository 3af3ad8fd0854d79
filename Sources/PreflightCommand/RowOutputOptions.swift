import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import SafeText

/// Where `diagnose` writes the rows that were skipped.
struct RowOutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write the header and exactly the skipped rows, byte for byte, if they are known.", valueName: "file"))
    var retryFile: FilePath?

    @Option(
        help: ArgumentHelp(
            "Write every row that any explanation or sample selects, which may be more than were skipped.", valueName: "file"))
    var retryFileSuperset: FilePath?

    @Flag(help: "Add the columns _line, _column and _reason to the rows. Such a file is for reading, not for pushing.")
    var annotate = false

    @Option(help: ArgumentHelp("List the skipped cells: csv=FILE or jsonl=FILE. Repeatable.", valueName: "format=file"))
    var rows: [RowList] = []

    /// A format with a file.
    struct RowList: ExpressibleByArgument {
        let isCSV: Bool
        let path: FilePath

        init?(argument: String) {
            let parts = argument.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, ["csv", "jsonl"].contains(parts[0]), let path = FilePath(argument: String(parts[1])) else { return nil }
            isCSV = parts[0] == "csv"
            self.path = path
        }
    }

    func validate() throws {
        guard retryFile == nil || retryFileSuperset == nil else {
            throw ValidationError("--retry-file and --retry-file-superset cannot be combined.")
        }
        guard !annotate || file != nil else { throw ValidationError("--annotate needs --retry-file or --retry-file-superset.") }
        guard rows.filter(\.isCSV).count <= 1, rows.filter({ !$0.isCSV }).count <= 1 else {
            throw ValidationError("--rows takes each format once.")
        }
    }

    /// - Parameter printsReport: whether standard output has the report.
    func validateStreams(printsReport: Bool) throws {
        guard printsReport else { return }
        guard !(paths).contains(.standardStream) else {
            throw ValidationError("The rows and the report would both go to standard output. Name a file.")
        }
    }

    private var file: FilePath? { retryFile ?? retryFileSuperset }
    var paths: [FilePath] { (file.map { [$0] } ?? []) + rows.map(\.path) }

    /// The file of exactly the skipped rows, as they would be pushed again.
    var pushableFile: FilePath? { annotate ? nil : retryFile }

    /// Opens the ways to the files, before any work.
    func outputs(inputs: [FilePath]) throws(CommandFailure) -> RowOutputs {
        var outputs = RowOutputs()
        outputs.annotates = annotate
        outputs.isSuperset = retryFileSuperset != nil
        for path in paths where paths.filter({ $0 == path }).count > 1 { throw CommandFailure(.usage, "Cannot write \(path) twice.") }
        do throws(OutputFile.Refusal) {
            outputs.retry = try file.map { path throws(OutputFile.Refusal) in
                try OutputFile(path: path, collision: .replace, inputs: inputs)
            }
            for list in rows {
                let file = try OutputFile(path: list.path, collision: .replace, inputs: inputs)
                if list.isCSV { outputs.csv = file } else { outputs.jsonLines = file }
            }
        } catch {
            throw CommandFailure(error)
        }
        return outputs
    }

    /// What was written.
    func sentences(_ written: WrittenRows) -> [String] {
        var sentences: [String] = []
        if let file {
            sentences.append("Wrote \(written.rows.counted("row")) and the header to \(file).")
            if retryFileSuperset != nil { sentences.append("These are all rows that may have been skipped, not only those that were.") }
            if annotate { sentences.append("It has more columns than the file: it is for reading, not for pushing.") }
        }
        sentences += rows.map { "Wrote \(written.cells.counted("cell")) to \($0.path)." }
        return sentences
    }

    func json(_ written: WrittenRows) -> [JSONValue] {
        var files: [JSONValue] = []
        if let file {
            files.append(
                .members([
                    "path": .string(file.description), "kind": .string(retryFile != nil ? "retry" : "superset"),
                    "isAnnotated": .bool(annotate), "rows": .int(written.rows), "bytes": .int(written.byteCount),
                    "sha256": .string(SHA256Digest.hexadecimal(written.digest)),
                ]))
        }
        return files
            + rows.map {
                .members(["path": .string($0.path.description), "kind": .string($0.isCSV ? "csv" : "jsonl"), "cells": .int(written.cells)])
            }
    }
}
