import ImportProfiles
package import Preflight
package import SafeText
import ValueFormats

/// What the columns of a file hold, for people: a paragraph for each, with the most frequent masks as bars.
package struct ColumnsText {
    private let report: Report
    private let style: TextStyle
    private let maskCount: Int

    /// - Parameters:
    ///   - report: with statistics.
    ///   - maskCount: The most masks to show of a column.
    package init(_ report: Report, style: TextStyle, maskCount: Int) {
        (self.report, self.style, self.maskCount) = (report, style, maskCount)
    }

    package var text: String {
        let totals = report.totals
        var lines = [
            "\(ReportWords.name(report.input.path)): \(totals.rows.counted("row")), \(totals.columns.counted("column")), "
                + "\(ByteCount(report.input.decompressedBytes))"
        ]
        for column in report.columns {
            lines.append("")
            lines += paragraph(column)
        }
        let more = totals.columns - report.columns.count
        if more > 0 { lines += ["", "and \(more.counted("more column")), which \(more == 1 ? "is" : "are") not counted"] }
        return lines.map { $0 + "\n" }.joined()
    }

    private func paragraph(_ column: ColumnStatistics) -> [String] {
        let index = "\(column.column.index)"
        let indent = String(repeating: " ", count: index.count + 2)
        let name = column.column.name.isEmpty ? "without a name" : "\"\(column.column.name.shown)\""
        var words = WrappedText()
        words.add(whole: name)
        words.add([column.type ?? "text", Self.emptyShare(column)].compactMap(\.self).joined(separator: ", "))
        let room = style.width - indent.count
        var lines = words.lines(first: room, room: room).enumerated().map { number, line in (number == 0 ? index + "  " : indent) + line }
        lines += WrappedText(ReportWords.facts(column)).lines(first: room, room: room).map { indent + $0 }
        let masks = column.otherMasks < column.valueCount / 2 ? column.masks.prefix(maskCount) : []
        let width = max(6, masks.map { TerminalWidth.columns(of: $0.text) }.max() ?? 0)
        for mask in masks {
            let start = "\(indent)\(HumanReport.padded(mask.text, to: width))  \(Self.bar(mask.count, of: column.valueCount))"
            let example = mask.example.map { HumanReport.clipped($0.text, to: max(8, style.width - TerminalWidth.columns(of: start) - 2)) }
            lines.append(start + (example.map { "  " + style.paint($0, .quiet) } ?? ""))
        }
        let others = column.masks.dropFirst(masks.count).reduce(column.otherMasks) { $0 + $1.count }
        if !masks.isEmpty, others > 0 {
            lines.append("\(indent)\(HumanReport.padded("others", to: width))  \(Self.bar(others, of: column.valueCount))")
        }
        return lines
    }

    private static func emptyShare(_ column: ColumnStatistics) -> String? {
        guard column.emptyCount > 0, column.valueCount > 0 else { return nil }
        return "\(percent(column.emptyCount, of: column.rowCount)) empty"
    }

    private static let barWidth = 20

    /// `########             41.2%`
    private static func bar(_ count: Int, of total: Int) -> String {
        let length = max(1, count * barWidth / max(1, total))
        let share = percent(count, of: total)
        return String(repeating: "#", count: length) + String(repeating: " ", count: barWidth - length) + " "
            + String(repeating: " ", count: max(0, 6 - share.count)) + share
    }

    /// Neither 0 nor 100 unless it is none or all.
    private static func percent(_ count: Int, of total: Int) -> String {
        if count == total { return "100%" }
        let tenths = min(999, max(1, count * 1_000 / max(1, total)))
        return "\(tenths / 10).\(tenths % 10)%"
    }
}

/// The same for machines.
package enum ColumnsDocument {
    /// As `columns-v1.schema.json` describes it.
    package static func json(_ report: Report) -> JSONValue {
        .object(
            JSONReport.heading + [
                .init("input", .members(["path": .string(report.input.path), "bytes": .int(report.input.decompressedBytes)])),
                .init("totals", .members(["rows": .int(report.totals.rows), "columns": .int(report.totals.columns)])),
                .init("complete", .bool(report.isComplete)), .init("columns", .array(report.columns.map(\.document))),
            ])
    }

    /// A row for each column. No value of a cell is in it that a spreadsheet would run.
    package static func csv(_ report: Report) -> String {
        var lines = ["index,name,type,rows,empty,distinct,exact,longest,min,max,sum,masks"]
        for column in report.columns {
            let (numbers, dates) = (column.numbers, column.dates)
            let cells = [
                "\(column.column.index)", column.column.name.text, column.type ?? "", "\(column.rowCount)", "\(column.emptyCount)",
                "\(column.distinct.count)", "\(column.distinct.isExact)", "\(column.longest)",
                numbers?.smallest.text ?? dates?.first.text ?? "", numbers?.largest.text ?? dates?.last.text ?? "",
                numbers?.sum?.text ?? "", column.masks.prefix(mostMasks).map { "\($0.text): \($0.count)" }.joined(separator: "; "),
            ]
            var bytes: [UInt8] = []
            for (index, cell) in cells.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                SpreadsheetCell.append(VisibleText(cell).text, to: &bytes)
            }
            lines.append(String(decoding: bytes, as: UTF8.self))
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static let mostMasks = 5
}
