import ImportProfiles
import Preflight
package import SafeText
import ValueFormats

extension Diagnosis {
    /// The diagnosis for machines; `diagnosis-v1.schema.json` describes it key by key.
    ///
    /// - Parameters:
    ///   - written: files that were written.
    ///   - exit: the exit status and its meaning.
    package func json(written: [JSONValue], exit: Int) -> JSONValue {
        .members([
            "schemaVersion": .int(1), "headline": .string(headline), "isExplained": .bool(isExplained),
            "file": .members([
                "path": .string(path), "sha256": sha256.map { .string($0) } ?? .null, "bytes": .int(byteCount), "rows": .int(rows),
                "isComplete": .bool(isComplete),
                "pushed": .string(identityName), "pushedSha256": pushedDigest.map { .string($0) } ?? .null,
                "pushedAs": pushedAs.map { .string($0) } ?? .null,
            ]),
            "report": .members([
                "origin": .string(report.origin.rawValue), "importId": report.importID.map { .string($0.text) } ?? .null,
                "status": report.status.map { .string($0) } ?? .null, "skippedRows": (report.counts?.skipped).map { .int($0) } ?? .null,
                "countedRows": countedRows.map { .int($0) } ?? .null,
            ]),
            "basis": .string(isInferred ? "inferred" : "profile"),
            "predictedRows": Self.json(predictedRows.min, predictedRows.max), "entries": .array(entries.map(\.json)),
            "obstacle": obstacle.map(Self.json) ?? .null,
            "otherFileSigns": .array(otherFileSigns.map { .string($0) }), "rowRefusals": .array(rowRefusals.map { .string($0) }),
            "nextSteps": .array(nextSteps.map { .string($0) }), "written": .array(written), "exit": .int(exit),
        ])
    }

    private var identityName: String {
        switch identity {
        case .same: "same"
        case .other: "other"
        case .unknown: "unknown"
        }
    }

    private var pushedDigest: String? {
        switch identity {
        case .same: sha256
        case .other(let sha256): sha256
        case .unknown: nil
        }
    }

    private static func json(_ obstacle: Obstacle) -> JSONValue {
        .members(["code": .string(obstacle.code), "words": .string(obstacle.words)])
    }

    fileprivate static func json(_ min: Int, _ max: Int) -> JSONValue { .members(["min": .int(min), "max": .int(max)]) }
}

extension Diagnosis.Entry {
    fileprivate var json: JSONValue {
        .members([
            "column": (column?.name ?? reported.columnName).map { .string($0.text) } ?? .null,
            "index": column.map { .int($0.index) } ?? .null, "match": .string(matchName),
            "nearest": nearest.map { .string($0.text) } ?? .null, "reason": .string(reported.reason.rawValue),
            "reported": reported.count.map { .int($0) } ?? .null, "predicted": Diagnosis.json(predicted.min, predicted.max),
            "verdict": .string(verdict.rawValue), "isExplained": .bool(isExplained), "samples": .array(samples.map(Self.json)),
            "explanations": .array(explanations.prefix(Self.mostShown).map { $0.json(of: self) }),
            "explanationCount": .int(explanations.count),
            "deciding": deciding.map { .members(["cell": Self.json($0.cell), "words": .string($0.words)]) } ?? .null,
            "slice": slice.map(Self.json) ?? .null,
        ])
    }

    /// Explanations that are written; the others are counted.
    private static let mostShown = 10

    private var matchName: String {
        switch match {
        case .exact: "exact"
        case .loose: "loose"
        case .bySamples: "by-samples"
        case .unknown: "unknown"
        case .unnamed: "unnamed"
        }
    }

    private var nearest: ColumnName? {
        guard case .unknown(let nearest) = match else { return nil }
        return nearest
    }

    private static func json(_ sample: SampleFinding) -> JSONValue {
        let near = sample.nearest
        return .members([
            "text": .string(VisibleText(sample.sample.bytes, limit: sample.sample.bytes.count).text), "count": .int(sample.count),
            "first": .array(sample.first.map(json)), "likeness": near.map { .string("\($0.likeness)") } ?? .null,
            "likeCount": .int(near?.found.count ?? 0), "likeFirst": .array((near?.found.first ?? []).map(json)),
        ])
    }

    fileprivate static func json(_ cell: FoundCell) -> JSONValue {
        .members([
            "value": .string(VisibleText(cell.value, limit: FoundCell.mostBytes).text), "row": .int(cell.row), "line": .int(cell.line),
            "byteOffset": .int(cell.byteOffset),
        ])
    }

    private static func json(_ slice: FailureSlice) -> JSONValue {
        .members([
            "column": .string(slice.column.name.text), "index": .int(slice.column.index), "value": .string(slice.value.text),
            "covered": .int(slice.covered), "cells": .int(slice.failures), "baseShare": .double(slice.baseShare),
        ])
    }
}

extension Explanation {
    fileprivate func json(of entry: Diagnosis.Entry) -> JSONValue {
        .members([
            "kind": .string(kind.rawValue), "certainty": .string(certainty.rawValue), "cells": .int(cells), "isExact": .bool(isExact),
            "countsRows": .bool(countsRows),
            "samples": .int(samples), "settings": .array(settings.map { .array($0.map { .string($0) }) }),
            "profileLine": kind == .configuration ? columns.first.map { .string(ProfileWriter.columnLine(for: $0)) } ?? .null : .null,
            "isShared": .bool(shared != nil),
            "reasons": .array(reasons.map { .members(["reason": .string($0.reason.text), "cells": .int($0.cells)]) }),
            "rejected": .array(rejected.doubts.map { .string($0.name) }), "accepted": .array(accepted.doubts.map { .string($0.name) }),
            "rejections": .array(rejections.map { .members(["doubt": .string($0.doubt.name), "cells": .int($0.cells)]) }),
            "addedItems": .array(addedItems.prefix(20).map(Self.json)), "deletedItems": .array(deletedItems.prefix(20).map(Self.json)),
            "items": .array(items.prefix(20).map { .string(VisibleText($0).text) }), "words": .string(sentence(of: entry)),
            "first": .array(first.map { Diagnosis.Entry.json($0) }),
            "makesRows": makesRows.map { .bool($0) } ?? .null,
            "equals": .array(equals.prefix(Self.mostEquals).map(\.briefJSON)), "equalCount": .int(equals.count),
            "equalWords": equalWords.map { .string($0) } ?? .null,
            "tellingValue": tellingValue.map { .string(VisibleText($0).text) } ?? .null,
        ])
    }

    private static func json(_ item: CountedItem) -> JSONValue {
        .members(["item": .string(VisibleText(item.name).text), "cells": .int(item.cells)])
    }

    /// Equals that are written; the others are counted.
    private static let mostEquals = 20

    /// What is different from the explanation whose cells it has.
    private var briefJSON: JSONValue {
        .members([
            "kind": .string(kind.rawValue), "settings": .array(settings.map { .array($0.map { .string($0) }) }),
            "rejected": .array(rejected.doubts.map { .string($0.name) }), "accepted": .array(accepted.doubts.map { .string($0.name) }),
            "words": .string("if \(brief)"),
        ])
    }
}
