import ByteSources
import ImportProfiles
import Preflight
import SafeText

/// The file as a strip: where the findings of each kind are, by byte.
///
/// Without a script the browser shows the rows and lines of a mark when the pointer rests on it.
struct PositionStrip {
    private let report: Report

    /// A kind of finding; one of two severities has its marks together.
    private struct Lane {
        var kind: FindingKind
        var severity: Severity
        var parts: [PositionMap.Lane]

        var whole: PositionCell {
            var whole = PositionCell()
            for part in parts { whole.add(part.whole) }
            return whole
        }
    }

    /// A rectangle.
    private struct Mark {
        var start: Int
        var length = 1
        /// In tenths of the lane.
        var height: Int
        var severity: Severity
        var cell: PositionCell
        /// What is there, the worst first; empty in a lane of one kind.
        var codes: [String] = []
        /// What is counted.
        var noun = "row"

        var html: String {
            let letter = severity.rawValue.prefix(1)
            return "<rect class=\"\(letter)\" x=\"\(start)\" y=\"\(10 - height)\" width=\"\(length)\" height=\"\(height)\">"
                + "<title>\(PositionStrip.place(cell)): \(words)</title></rect>"
        }

        private var words: String {
            guard let worst = codes.first else { return cell.count.counted(noun) }
            return codes.count == 1 ? worst : "\(worst) and \((codes.count - 1).counted("other kind"))"
        }

        /// Both as one.
        mutating func join(_ next: Mark) {
            length += next.length
            height = max(height, next.height)
            cell.add(next.cell)
            codes += next.codes.filter { !codes.contains($0) }
        }
    }

    /// - Returns: `nil` where there is nothing to draw.
    init?(_ report: Report) {
        guard let map = report.positions, report.input.decompressedBytes > 0 else { return nil }
        if map.lanes.isEmpty { return nil }
        self.report = report
    }

    private static func lanes(_ map: PositionMap) -> [Lane] {
        let lanes = Dictionary(grouping: map.lanes, by: \.kind).map { kind, parts in
            Lane(kind: kind, severity: parts.map(\.severity).max() ?? .note, parts: parts)
        }
        return lanes.sorted { left, right in
            left.severity != right.severity ? left.severity > right.severity : left.kind.code < right.kind.code
        }
    }

    /// The most exact drawing that fits.
    func html(budget: Int) -> String {
        guard var map = report.positions else { return "" }
        var joins = false
        while true {
            if Self.markCount(map, joins: joins) * Self.leastMarkBytes <= budget {
                let html = drawing(map, joins: joins)
                if html.utf8.count <= budget { return html }
            }
            // Neighbours become one mark before marks become less exact.
            if joins { map = map.coarser() }
            joins = true
            if map.cellByteCount > 2 * max(1, report.input.decompressedBytes) { return "" }
        }
    }

    /// A mark has more bytes than this, so that what cannot fit need not be drawn.
    private static let leastMarkBytes = 80

    private static func markCount(_ map: PositionMap, joins: Bool) -> Int {
        map.lanes.reduce(0) { sum, lane in
            let isInUse = lane.cells.map { $0.count > 0 }
            return sum + zip(isInUse, [false] + isInUse).reduce(0) { $1.0 && !(joins && $1.1) ? $0 + 1 : $0 }
        }
    }

    private func drawing(_ map: PositionMap, joins: Bool) -> String {
        let count = max(1, (report.input.decompressedBytes + map.cellByteCount - 1) / map.cellByteCount)
        var marks = worst(map)
        var drawn = [context("all", "every kind", .note, marks, count, joins, label: "All findings")]
        for lane in Self.lanes(map) {
            marks = lane.parts.flatMap { self.marks($0) }.sorted { ($0.start, $1.severity) < ($1.start, $0.severity) }
            let whole = lane.whole
            var summary = "\(whole.count.counted(Self.noun(lane.kind))), \(Self.place(whole))"
            let unplaced = lane.parts.reduce(0) { $0 + $1.unplaced }
            if unplaced > 0 { summary += "; \(unplaced.grouped) more are not drawn, because their rows are not known" }
            let title = lane.kind.title(hasHeader: report.input.dialect.hasHeader)
            drawn.append(
                context(
                    lane.kind.code, title, lane.severity, marks, count, joins, label: "\(lane.kind.code), \(title): \(summary)", summary))
        }
        return HTMLReport.render(
            "strip",
            [
                "lanes": drawn, "bytes": bytes, "cells": count.counted("cell"), "cell": ByteCount(map.cellByteCount).description,
                "last": ByteCount(report.input.decompressedBytes).description,
            ])
    }

    private var bytes: String {
        let size = report.input.decompressedBytes.counted("byte")
        let of = report.input.compression == .gzip ? "\(size) of the decompressed content" : size
        return report.encoding == .utf8 ? of : "\(of), in \(report.encoding.rawValue) as it is stored"
    }

    private func context(
        _ code: String, _ title: String, _ severity: Severity, _ marks: [Mark], _ count: Int, _ joins: Bool, label: String,
        _ summary: String = ""
    ) -> [String: Any] {
        let marks = joins ? Self.joined(marks) : marks
        return [
            "code": code, "title": title, "severity": code == "all" ? "all" : severity.rawValue, "summary": summary, "label": label,
            "count": count, "marks": marks.map(\.html).joined(),
        ]
    }

    // MARK: Marks

    private func marks(_ lane: PositionMap.Lane) -> [Mark] {
        let most = lane.cells.map(\.count).max() ?? 1
        return lane.cells.enumerated().filter { $0.element.count > 0 }.map { index, cell in
            // Full height where the most rows are, and enough to be seen where there is one.
            let height = 4 + 6 * cell.count / max(1, most)
            return Mark(start: index, height: height, severity: lane.severity, cell: cell, noun: Self.noun(lane.kind))
        }
    }

    /// What is worst in each cell.
    private func worst(_ map: PositionMap) -> [Mark] {
        let most = map.lanes.map(\.cells.count).max() ?? 0
        return (0..<most).compactMap { index in
            let here = map.lanes.filter { index < $0.cells.count && $0.cells[index].count > 0 }.sorted {
                ($1.severity, $0.kind.code) < ($0.severity, $1.kind.code)
            }
            guard let worst = here.first?.severity else { return nil }
            let height = [Severity.error: 10, .warning: 7, .note: 4][worst] ?? 10
            var mark = Mark(start: index, height: height, severity: worst, cell: PositionCell())
            for lane in here {
                mark.cell.add(lane.cells[index])
                if !mark.codes.contains(lane.kind.code) { mark.codes.append(lane.kind.code) }
            }
            return mark
        }
    }

    /// Neighbours of one severity as one mark.
    private static func joined(_ marks: [Mark]) -> [Mark] {
        var joined: [Mark] = []
        for mark in marks {
            if let last = joined.last, last.start + last.length == mark.start, last.severity == mark.severity {
                joined[joined.count - 1].join(mark)
            } else {
                joined.append(mark)
            }
        }
        return joined
    }

    // MARK: Words

    /// What the cells of a lane count.
    private static func noun(_ kind: FindingKind) -> String { kind == .blankLine ? "line" : "row" }

    /// `line 12, row 11` or `lines 12 to 90, rows 11 to 89`.
    fileprivate static func place(_ cell: PositionCell) -> String {
        func range(_ noun: String, _ numbers: ClosedRange<Int>) -> String {
            numbers.count == 1 ? "\(noun) \(numbers.lowerBound)" : "\(noun)s \(numbers.lowerBound) to \(numbers.upperBound)"
        }
        let line = range("line", cell.lines)
        guard let rows = cell.rows else { return line }
        return rows == 0...0 ? "\(line), header" : "\(line), \(range("row", rows))"
    }
}
