import ByteSources
import ImportProfiles
import Preflight
import SafeText

extension LedgerRecord {
    /// Why a line is not a record that this version reads.
    package enum Unreadable: Error, Equatable {
        /// Not a record: cut, or written by something else.
        case foreign
        /// A record, of a kind that only a later version of the tool knows.
        case newer
    }

    /// Reads one line, without its line end.
    package init(line: [UInt8]) throws(Unreadable) {
        guard let document = try? JSONReader.value(of: line), case .object = document else { throw .foreign }
        guard let version = document["v"]?.count else { throw .foreign }
        guard version <= Self.version else { throw .newer }
        guard let time = document["time"]?.string.flatMap({ UTCTime($0) }),
            let entry = document["id"]?.string.flatMap({ LedgerEntryID($0) }), let name = document["event"]?.string
        else { throw .foreign }
        let event: Event?
        switch name {
        case "intent": event = LedgerIntent(document).map { .intent($0) }
        case "outcome": event = Outcome(document).map { .outcome($0) }
        case "end": event = End(document).map { .end($0) }
        case "reconciliation": event = Reconciliation(ledger: document).map { .reconciliation($0) }
        case "settlement": event = Settlement(document).map { .settlement($0) }
        case "retry-file": event = RetryFile(document).map { .retryFile($0) }
        default: throw .newer
        }
        guard let event else { throw .foreign }
        self.init(time: time, entry: entry, event: event)
    }
}

extension LedgerIntent {
    fileprivate init?(_ document: JSONValue) {
        guard let kind = document["kind"]?.string.flatMap({ Kind(rawValue: $0) }), let process = document["process"],
            let service = document["service"]?.string.flatMap({ try? ServiceURL($0) }), let endpoint = document["endpoint"]?.string,
            let configuration = document["configurationId"]?.string.flatMap({ try? ConfigurationID($0) }),
            let processID = process["id"]?.count, let host = process["host"]?.string, let tool = document["tool"]?.string
        else { return nil }
        // Only a push without content would be pushed twice unseen: a record of one is none.
        let content = Content(document)
        guard content != nil || kind == .trigger else { return nil }
        var prediction: Prediction?
        if let value = document["prediction"] {
            guard let read = Prediction(ledger: value) else { return nil }
            prediction = read
        }
        self.init(
            kind: kind, service: service, isLegacy: endpoint == "legacy", configuration: configuration, content: content,
            profile: document["profile"].flatMap { ProfileMark($0) }, prediction: prediction,
            unrecordedColumns: document["prediction"]?["otherColumns"]?.count ?? 0, allowedSkips: document["allowedSkips"]?.count,
            retryOf: document["retryOf"]?.string.flatMap { LedgerEntryID($0) }, process: Process(id: processID, host: host), tool: tool)
    }
}

extension LedgerIntent.Content {
    fileprivate init?(_ document: JSONValue) {
        guard let digest = document["sha256"]?.digest, let byteCount = document["bytes"]?.count, let file = document["file"]?.string,
            let fileByteCount = document["fileBytes"]?.count, let rows = document["rows"]?.count
        else { return nil }
        self.init(
            digest: digest, byteCount: byteCount, file: file, fileByteCount: fileByteCount, rows: rows,
            identity: document["fileIdentity"]?.string.flatMap { FileIdentity($0) })
    }
}

extension LedgerIntent.ProfileMark {
    fileprivate init?(_ document: JSONValue) {
        guard let file = document["file"]?.string, let digest = document["sha256"]?.digest else { return nil }
        self.init(file: file, digest: digest)
    }
}

extension Prediction {
    fileprivate init?(ledger document: JSONValue) {
        guard let basis = document["basis"]?.string.flatMap({ Basis(rawValue: $0) }), let cells = document["cells"]?.bounds,
            let rows = document["skippedRows"]?.bounds, let list = document["columns"]?.list
        else { return nil }
        var columns: [ColumnPrediction] = []
        for value in list {
            guard let index = value["index"]?.count, let reason = value["reason"]?.string, let cells = value["cells"]?.bounds else {
                return nil
            }
            columns.append(
                ColumnPrediction(
                    column: ColumnReference(index: index, name: value.columnName ?? ""), reason: SkipReason(rawValue: reason), cells: cells,
                    samples: []))
        }
        self.init(basis: basis, parsingErrorCells: cells, skippedRows: rows, columns: columns)
    }
}

extension LedgerRecord.Outcome {
    fileprivate init?(_ document: JSONValue) {
        let cause = document["cause"]?.string ?? "", status = document["httpStatus"]?.count
        switch document["outcome"]?.string {
        case "accepted":
            guard let id = document.importID else { return nil }
            self = .accepted(id, isEarly: document["early"] == .bool(true))
        case "not-accepted": self = .notAccepted(cause: cause, status: status)
        case "unknown": self = .unknown(cause: cause, status: status)
        default: return nil
        }
    }
}

extension LedgerRecord.End {
    fileprivate init?(_ document: JSONValue) {
        let status: StatusDocument.Status
        switch document["status"]?.string {
        case "not-seen":
            self = .notSeen
            return
        case "Completed": status = .completed
        case "Failed": status = .failed
        default: return nil
        }
        let errors = (document["errors"]?.list ?? []).map {
            StatusDocument.ErrorDetail(name: $0["name"]?.string ?? "", description: $0["description"]?.string ?? "")
        }
        self = .reported(
            StatusDocument(
                importID: document.importID, status: status, createdAt: document["createdAt"]?.string,
                completedAt: document["completedAt"]?.string, errors: errors, errorCount: document["errorCount"]?.count,
                detail: document["report"].flatMap { StatusDocument.Detail(ledger: $0) }, isCut: document["cut"] == .bool(true)))
    }
}

extension StatusDocument.Detail {
    fileprivate init?(ledger document: JSONValue) {
        guard let list = document["columns"]?.list else { return nil }
        self.init(
            blockType: document["blockType"]?.string ?? "",
            counts: StatusDocument.Counts(
                inserted: document["inserted"]?.count, updated: document["updated"]?.count, deleted: document["deleted"]?.count,
                skipped: document["skipped"]?.count),
            skipped: list.map { value in
                StatusDocument.Skipped(
                    columnName: value.columnName, reason: SkipReason(rawValue: value["reason"]?.string ?? "none"),
                    count: value["count"]?.count, samples: (value["samples"]?.list ?? []).compactMap(\.string))
            }, createdItems: document["createdItems"]?.count ?? 0)
    }
}

extension Reconciliation {
    fileprivate init?(ledger document: JSONValue) {
        guard let list = document["columns"]?.list, let rows = document["rows"], let predicted = rows["predicted"]?.bounds,
            let allowed = rows["allowed"]?.count, let verdict = rows["verdict"]?.string.flatMap({ Verdict(rawValue: $0) })
        else { return nil }
        var entries: [Entry] = []
        for value in list {
            guard let reason = value["reason"]?.string, let verdict = value["verdict"]?.string.flatMap({ Verdict(rawValue: $0) }) else {
                return nil
            }
            entries.append(
                Entry(
                    columnIndex: value["index"]?.count, columnName: value.columnName, reason: SkipReason(rawValue: reason),
                    predicted: value["predicted"]?.bounds, reported: value["reported"]?.count, verdict: verdict))
        }
        self.init(
            entries: entries, rows: Rows(predicted: predicted, reported: rows["reported"]?.count, allowed: allowed, verdict: verdict),
            isEstimate: document["estimate"] == .bool(true), hasDetail: document["detailed"] == .bool(true))
    }
}

extension LedgerRecord.Settlement {
    fileprivate init?(_ document: JSONValue) {
        switch document["settled"]?.string {
        case "import":
            guard let id = document.importID else { return nil }
            self = .imported(id)
        case "did-not-arrive": self = .didNotArrive
        default: return nil
        }
    }
}

extension LedgerRecord.RetryFile {
    fileprivate init?(_ document: JSONValue) {
        guard let digest = document["sha256"]?.digest, let byteCount = document["bytes"]?.count, let file = document["file"]?.string,
            let rows = document["rows"]?.count
        else { return nil }
        self.init(digest: digest, byteCount: byteCount, file: file, rows: rows)
    }
}

extension JSONValue {
    fileprivate var bounds: Bounds? {
        guard let min = self["min"]?.count, let max = self["max"]?.count, min <= max else { return nil }
        return Bounds(min: min, max: max)
    }

    fileprivate var importID: ImportID? { self["importId"]?.string.flatMap { try? ImportID($0) } }

    fileprivate var digest: [UInt8]? { bytes.flatMap { $0.count == 32 ? $0 : nil } }

    /// Of a column, where it has one.
    fileprivate var columnName: ColumnName? {
        if let text = self["name"]?.string { return ColumnName(text) }
        return self["nameHex"]?.bytes.map { ColumnName($0) }
    }
}
