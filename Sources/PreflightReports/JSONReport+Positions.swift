import ImportProfiles
import Preflight
import SafeText

extension JSONReport {
    /// Where in the file the findings are: of each kind the cells with rows that begin in them.
    ///
    /// - Parameter byteCount: of the decompressed file.
    static func positions(_ map: PositionMap, byteCount: Int) -> JSONValue {
        .members([
            "cellBytes": .int(map.cellByteCount), "cells": .int((byteCount + map.cellByteCount - 1) / map.cellByteCount),
            "lanes": .array(map.lanes.map(lane)),
        ])
    }

    private static func lane(_ lane: PositionMap.Lane) -> JSONValue {
        .members([
            "code": .string(lane.kind.code), "severity": .string(lane.severity.rawValue), "count": .int(lane.count),
            "unplaced": .int(lane.unplaced),
            "cells": .array(lane.cells.enumerated().filter { $0.element.count > 0 }.map { cell($0.element, at: $0.offset) }),
        ])
    }

    private static func cell(_ cell: PositionCell, at index: Int) -> JSONValue {
        .members([
            "cell": .int(index), "count": .int(cell.count), "firstRow": cell.rows.map { .int($0.lowerBound) } ?? .null,
            "lastRow": cell.rows.map { .int($0.upperBound) } ?? .null, "firstLine": .int(cell.lines.lowerBound),
            "lastLine": .int(cell.lines.upperBound),
        ])
    }
}
