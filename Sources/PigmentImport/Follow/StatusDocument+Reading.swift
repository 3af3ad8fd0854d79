import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension StatusDocument {
    /// Reads the body of an answer to a status request.
    ///
    /// - Parameters:
    ///   - body: The bytes of the answer.
    ///   - redactor: removes the key, should the server echo it.
    ///   - isCut: whether `body` is only the beginning of the report: then it is read as far as it goes, see ``isCut``.
    /// - Returns: `nil` for anything but a JSON object.
    package init?(_ body: [UInt8], redactor: Redactor, isCut: Bool = false) {
        // The key is removed from the text before it is taken apart, and once more from what JSON's escapes may have hidden.
        let bytes = redactor.scrubbed(body, mayBeCut: isCut)
        var isCut = isCut
        let document: JSONValue?
        do throws(JSONReader.Flaw) {
            document = try isCut ? JSONReader.beginning(of: bytes) : JSONReader.value(of: bytes)
        } catch {
            if case .syntax = error { return nil }
            isCut = true
            document = JSONReader.beginning(of: bytes)
        }
        guard let document, case .object = document else { return nil }
        let reading = Reading(redactor: redactor)
        let errors = reading.list(document["errorsDetails"])
        self.init(
            importID: reading.importID(document["importId"]), status: reading.status(document["importStatus"]),
            createdAt: reading.text(document["createdAt"]), completedAt: reading.text(document["completedAt"]),
            errors: errors.prefix(Self.shownErrors).map(reading.error), errorCount: errors.count,
            // Of a part it is unknown what it lacks.
            detail: isCut ? nil : reading.detail(document["detailedReport"]), isCut: isCut)
    }
}

/// Lenient readings of single values.
private struct Reading {
    let redactor: Redactor

    func text(_ value: JSONValue?, limit: Int = VisibleText.defaultLimit) -> String? {
        switch value {
        case .string(let text)?: redactor.shown(text, limit: limit)
        case .int(let number)?: String(number)
        case .double(let number)?: String(number)
        case .bool(let flag)?: String(flag)
        case .null?, .array?, .object?, nil: nil
        }
    }

    /// A text that may quote cells.
    func content(_ value: JSONValue?, limit: Int = VisibleText.defaultLimit) -> String? {
        text(value, limit: limit).map { redactor.masksContent ? TextMask.mask($0) : $0 }
    }

    /// The whole text without the key, neither escaped nor cut: to compare, never to print.
    func bytes(_ value: JSONValue?) -> [UInt8]? {
        guard case .string(let text)? = value else { return nil }
        return redactor.scrubbed(Array(text.utf8))
    }

    func list(_ value: JSONValue?) -> [JSONValue] {
        guard case .array(let values)? = value else { return [] }
        return values
    }

    /// A number, also one written as a string or with a fraction of zero; `nil` for what is negative or beyond 64 bits.
    func count(_ value: JSONValue?) -> Int? {
        switch value {
        case .int(let number)?: number >= 0 ? number : nil
        case .double(let number)?: Int(exactly: number).flatMap { $0 >= 0 ? $0 : nil }
        case .string(let text)?: Int(text).flatMap { $0 >= 0 ? $0 : nil }
        case .null?, .bool?, .array?, .object?, nil: nil
        }
    }

    func importID(_ value: JSONValue?) -> ImportID? {
        guard case .string(let text)? = value else { return nil }
        return try? ImportID(text)
    }

    /// Exact spelling only: "completed" may mean something else one day, and polling on costs nothing.
    func status(_ value: JSONValue?) -> StatusDocument.Status {
        switch value {
        case .string("InProgress")?: .inProgress
        case .string("Completed")?: .completed
        case .string("Failed")?: .failed
        default: .unknown(text(value) ?? "none")
        }
    }

    func error(_ value: JSONValue) -> StatusDocument.ErrorDetail {
        let description = content(value["description"], limit: 300) ?? ""
        return StatusDocument.ErrorDetail(name: text(value["name"]) ?? text(value) ?? "", description: description)
    }

    func detail(_ value: JSONValue?) -> StatusDocument.Detail? {
        guard let value, case .object = value else { return nil }
        let summary = value["summary"]
        var detail = StatusDocument.Detail(blockType: text(value["blockType"]) ?? "")
        detail.counts = StatusDocument.Counts(
            inserted: count(summary?["insertedCount"]), updated: count(summary?["updatedCount"]), deleted: count(summary?["deletedCount"]),
            skipped: count(summary?["skippedCount"]))
        for item in list(value["autoCreatedDimensionModalities"]) {
            detail.createdItems = sum(detail.createdItems, count(item["count"])) ?? detail.createdItems
        }
        detail.skipped = skipped(list(value["impactedBlocks"]).flatMap { list($0["skippedData"]) })
        return detail
    }

    /// One entry for each column and reason, in the order of their first appearance.
    private func skipped(_ entries: [JSONValue]) -> [StatusDocument.Skipped] {
        struct Key: Hashable {
            var columnName: ColumnName?
            var reason: SkipReason
        }
        var places: [Key: Int] = [:]
        var result: [StatusDocument.Skipped] = []
        for entry in entries {
            let reason = SkipReason(rawValue: bytes(entry["reason"]).map { String(decoding: $0, as: UTF8.self) } ?? "none")
            // A column without a name is as good as none.
            let name = bytes(entry["sourceColumnName"]).flatMap { $0.isEmpty ? nil : ColumnName($0) }
            let key = Key(columnName: name, reason: reason)
            let place = places[key, default: result.count]
            if place == result.count {
                places[key] = place
                result.append(StatusDocument.Skipped(columnName: key.columnName, reason: reason, count: 0))
            }
            result[place].count = sum(result[place].count, count(entry["count"]))
            let room = StatusDocument.shownSamples - result[place].samples.count
            let samples = list(entry["samples"])
            result[place].samples += samples.prefix(room).compactMap { content($0) }
            for sample in samples.prefix(StatusDocument.mostTexts) where result[place].texts.count < StatusDocument.mostTexts {
                guard
                    let bytes = redactor.masksContent
                        ? content(sample).map({ Array($0.utf8) }) : bytes(sample) ?? text(sample).map({ Array($0.utf8) })
                else { continue }
                let text = SampleText(Array(bytes.prefix(SampleText.mostBytes)), isCut: bytes.count > SampleText.mostBytes)
                if !result[place].texts.contains(text) { result[place].texts.append(text) }
            }
        }
        return result
    }

    /// `nil` when either is not a count, or when the sum leaves 64 bits.
    private func sum(_ left: Int?, _ right: Int?) -> Int? {
        guard let left, let right else { return nil }
        let (sum, isOverflow) = left.addingReportingOverflow(right)
        return isOverflow ? nil : sum
    }
}
