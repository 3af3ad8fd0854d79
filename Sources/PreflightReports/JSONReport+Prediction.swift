import ImportProfiles
package import Preflight
package import SafeText
import ValueFormats

extension JSONReport {
    static func prediction(_ prediction: Prediction) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("basis", .string(prediction.basis.rawValue)),
            .init("parsingErrorCells", bounds(prediction.parsingErrorCells)),
            .init("skippedRows", bounds(prediction.skippedRows)),
        ]
        let doubtful = prediction.columns.filter { !$0.doubts.isEmpty }
        if !doubtful.isEmpty {
            members.append(
                .init(
                    "doubts",
                    .array(doubtful.map { .members(["column": column($0.column), "values": doubts($0.doubts)]) })))
        }
        if let rows = prediction.estimatedRows { members.append(.init("estimatedRows", bounds(rows))) }
        members.append(.init("detailedReport", detailedReport(prediction)))
        members.append(.init("evidence", .array(prediction.evidence.map(evidence))))
        return .object(members)
    }

    private static func evidence(_ evidence: ColumnEvidence) -> JSONValue {
        .members([
            "column": column(evidence.column),
            "type": evidence.type.map { .string($0.label) } ?? .null,
            "formats": .array(
                evidence.parts.map { part in
                    .members([
                        "names": .array(part.formats.names.map(JSONValue.string)),
                        "count": .int(part.count),
                        "line": part.examples.first.map { .int($0.place.line) } ?? .null,
                        "value": part.examples.first?.value.map { .string($0.text) } ?? .null,
                    ])
                }),
        ])
    }

    static func advice(_ advice: ColumnAdvice) -> JSONValue {
        .members([
            "column": column(advice.column),
            "cells": bounds(advice.cells),
            "settings": .array(
                advice.settings.map { setting in
                    .members([
                        "words": .string(setting.words), "profileLine": .string(setting.profileLine), "cells": bounds(setting.cells),
                    ])
                }),
            "settingsTried": .bool(advice.wereSettingsTried),
            "shapes": .array(
                advice.shapes.map { shape in
                    .members(["shape": .string(shape.text.text), "value": .string(shape.value.text), "count": .int(shape.count)])
                }),
            "otherShapes": .int(advice.otherShapes),
            "slice": advice.slice.map(slice) ?? .null,
            "openSettings": .int(advice.openSettings),
            "openCells": .int(advice.openCells),
            "formulaErrors": .int(advice.formulaErrors),
        ])
    }

    private static func slice(_ slice: FailureSlice) -> JSONValue {
        .members([
            "column": column(slice.column),
            "value": .string(slice.value.text),
            "covered": .int(slice.covered),
            "failures": .int(slice.failures),
            "basePercent": .int(Int((slice.baseShare * 100).rounded())),
        ])
    }

    /// The whole name. A JSON string cannot hold a name that is not UTF-8, so its bytes are added in hexadecimal.
    static func column(_ column: ColumnReference) -> JSONValue {
        var members: [JSONValue.Member] = [.init("index", .int(column.index)), .init("name", .string(column.name.text))]
        if !column.name.isUTF8 { members.append(.init("nameHex", .string(hexadecimal(column.name.bytes)))) }
        return .object(members)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bounds(_ bounds: Bounds) -> JSONValue {
        .members(["min": .int(bounds.min), "max": .int(bounds.max)])
    }

    /// The prediction in the shape of the server's own report (Pigment's published OpenAPI, `detailedReport`), with upper bounds as counts.
    ///
    /// What only the server knows is `null`, not an invented value: the block and its kind, and how many items are inserted, updated or
    /// deleted. There is one block, because a push goes to one configuration.
    package static func detailedReport(_ prediction: Prediction) -> JSONValue {
        .members([
            "blockType": .null,
            "summary": .members([
                "insertedCount": .null, "updatedCount": .null, "deletedCount": .null, "skippedCount": .int(prediction.skippedRows.max),
            ]),
            "impactedBlocks": .array([
                .members([
                    "blockId": .null, "scenarioId": .null, "insertedCount": .null, "updatedCount": .null, "deletedCount": .null,
                    "skippedData": .array(prediction.columns.map(skippedData)),
                ])
            ]),
            "autoCreatedDimensionModalities": .array([]),
        ])
    }

    private static func skippedData(_ column: Prediction.ColumnPrediction) -> JSONValue {
        .members([
            "count": .int(column.cells.max),
            "reason": .string(column.reason.rawValue),
            "sourceColumnName": column.column.name.isEmpty ? .null : .string(column.column.name.text),
            "samples": .array(column.samples.map(JSONValue.string)),
        ])
    }
}
