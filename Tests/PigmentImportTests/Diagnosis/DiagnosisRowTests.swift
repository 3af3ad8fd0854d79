import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import PigmentImport
@testable import Preflight
@testable import SafeText

/// The files of rows, and the document for machines.
@Suite(.computing) struct DiagnosisRowTests {
    private static let content =
        "\u{FEFF}Id;Note;Amount\r\n1;\"a;\r\nb\";5\r\n2;x;\"1,5\"\r\n\r\n3;\"say \"\"y\"\"\";2,5\r\n4;z;3\r\n5;=cmd;4,5"
    private static let columns =
        "- {name: Id, type: text}\n- {name: Note, type: text}\n- {name: Amount, type: number, number: {decimal: \",\"}}\n"

    private func write(_ file: DiagnosedFile, _ change: (inout RowOutputs) throws -> Void) throws -> WrittenRows {
        let (result, opened) = try file.result(try DiagnosedFile.screen(["Amount:3"], ["1,5"]))
        var outputs = RowOutputs()
        try change(&outputs)
        return try result.writeRows(of: opened, to: outputs)
    }

    private func output(_ file: DiagnosedFile, _ name: String) throws -> OutputFile {
        try OutputFile(path: FilePath(file.path(name)), collision: .replace, inputs: [])
    }

    @Test func retryFileIsTheRowsByteForByte() throws {
        let file = try DiagnosedFile(Self.content, columns: Self.columns)
        let written = try write(file) { $0.retry = try output(file, "retry.csv") }
        let text = "\u{FEFF}Id;Note;Amount\r\n2;x;\"1,5\"\r\n3;\"say \"\"y\"\"\";2,5\r\n5;=cmd;4,5"
        #expect(try file.text(of: "retry.csv") == text)
        #expect(written.rows == 3 && written.cells == 3 && written.byteCount == text.utf8.count)
        var digest = SHA256Digest()
        digest.update(Array(text.utf8).span)
        #expect(written.digest == digest.finalize())
    }

    @Test func annotationsComeLast() throws {
        let file = try DiagnosedFile(Self.content, columns: Self.columns)
        _ = try write(file) {
            $0.retry = try output(file, "retry.csv")
            $0.annotates = true
        }
        let lines = try file.text(of: "retry.csv").components(separatedBy: "\r\n")
        #expect(lines[0] == "\u{FEFF}Id;Note;Amount;\"_line\";\"_column\";\"_reason\"")
        #expect(
            lines[1].hasPrefix("2;x;\"1,5\";\"4\";\"Amount\";\"separator that the format does not have (under decimal \"\".\"\""),
            "\(lines[1])")
        #expect(lines.count == 4 && lines[3].hasPrefix("5;=cmd;4,5;\"8\";"))
    }

    @Test func listsNameTheCells() throws {
        let file = try DiagnosedFile(Self.content, columns: Self.columns)
        _ = try write(file) {
            $0.csv = try output(file, "rows.csv")
            $0.jsonLines = try output(file, "rows.jsonl")
        }
        let csv = try file.text(of: "rows.csv").split(separator: "\n")
        #expect(csv[0] == "row,line,byte,column,value,reason")
        #expect(csv.count == 4 && csv[1].hasPrefix("2,4,36,\"Amount\",\"1,5\",\""), "\(csv)")
        let lines = try file.text(of: "rows.jsonl").split(separator: "\n").map { try JSONReader.value(of: Array($0.utf8)) }
        #expect(lines.map { $0["line"] } == [.int(4), .int(6), .int(8)])
        #expect(lines.map { $0["value"] } == [.string("1,5"), .string("2,5"), .string("4,5")])
    }

    /// What is not accounted for is not written, and the file that was there before stays.
    @Test func withoutAnExplanationNothingIsWritten() throws {
        let file = try DiagnosedFile(Self.content, columns: Self.columns)
        try Data("before".utf8).write(to: file.folder.appendingPathComponent("retry.csv"))
        let (result, opened) = try file.result(try DiagnosedFile.screen(["Amount:4"], ["1,5"]))
        var outputs = RowOutputs()
        outputs.retry = try output(file, "retry.csv")
        #expect(throws: RowFailure.self) { try result.writeRows(of: opened, to: outputs) }
        #expect(try file.text(of: "retry.csv") == "before")
        outputs.isSuperset = true
        #expect(try result.writeRows(of: opened, to: outputs).rows == 3)
    }

    /// A row with two such cells is reported under the first of its columns, where rows are counted.
    @Test func countsOfRowsAreRecognized() throws {
        var text = "A,B\n"
        for row in 0..<40 { text += "\(row),\(row)\n" }
        text += "x,y\nx,1\n2,y\n2,z\n"
        let file = try DiagnosedFile(text, columns: "- {name: A, type: number}\n- {name: B, type: number}\n")
        let report = try DiagnosedFile.status(
            [("A", "ParsingError", 2, ["x"]), ("B", "ParsingError", 2, ["y", "z"])], inserted: 40, skippedRows: 4)
        let diagnosis = try file.diagnosis(report)
        #expect(diagnosis.isExplained, "\(diagnosis.headline)")
        #expect(diagnosis.entries[1].explanations[0].countsRows)
        #expect(diagnosis.rowQuestions(isSuperset: false) != nil)
    }

    /// Every key of the document is described, and has one of the types that the schema names.
    @Test func documentIsDescribed() throws {
        let file = try DiagnosedFile(Self.content, columns: Self.columns)
        let path = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/PigmentImport/Diagnosis/diagnosis-v1.schema.json").standardized.path
        let schema = try JSONReader.value(of: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        for report in [
            try DiagnosedFile.screen(["Amount:3", "Nowhere:2"], ["1,5", "2.5"]),
            try DiagnosedFile.status([("Amount", "MissingWriteAccessRights", 3, ["x"])], inserted: 3, skippedRows: 3),
        ] {
            let document = try file.diagnosis(report).json(written: [], exit: 3)
            #expect(Self.undescribed(document, by: schema, of: schema, path: "") == [])
        }
    }

    /// Paths of members that the schema does not describe, or that it requires and the document lacks.
    private static func undescribed(_ value: JSONValue, by schema: JSONValue, of root: JSONValue, path: String) -> [String] {
        if case .string(let reference)? = schema["$ref"] {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let found = root["$defs"]?[name] else { return ["\(path): \(reference)"] }
            return undescribed(value, by: found, of: root, path: path)
        }
        if case .array(let choices)? = schema["anyOf"] {
            let flaws = choices.map { undescribed(value, by: $0, of: root, path: path) }
            return flaws.contains([]) ? [] : flaws.flatMap { $0 }
        }
        var flaws: [String] = []
        let name =
            switch value {
            case .null: "null"
            case .bool: "boolean"
            case .int: "integer"
            case .double: "number"
            case .string: "string"
            case .array: "array"
            case .object: "object"
            }
        let types: [JSONValue] =
            switch schema["type"] {
            case .array(let types)?: types
            case let type?: [type]
            case nil: []
            }
        if !types.contains(.string(name)), name != "integer" || !types.contains(.string("number")) { flaws.append("\(path): \(name)") }
        for member in value.members {
            guard let described = schema["properties"]?[member.key] else {
                flaws.append("\(path).\(member.key)")
                continue
            }
            flaws += undescribed(member.value, by: described, of: root, path: "\(path).\(member.key)")
        }
        if case .object = value, case .array(let required)? = schema["required"] {
            for case .string(let key) in required where value[key] == nil { flaws.append("\(path).\(key) is missing") }
        }
        if case .array(let items) = value, let described = schema["items"] {
            for item in items { flaws += undescribed(item, by: described, of: root, path: "\(path)[]") }
        }
        return flaws
    }
}
