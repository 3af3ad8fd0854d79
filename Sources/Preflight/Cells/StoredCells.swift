import ByteSources
import SafeText
import ValueFormats

/// The cells and rows with findings of a range, in the order of the file: its partial result has them last, in blocks. Rows and lines count from the
/// beginning of the range.
///
/// A row whose key the range has for the first time is among them: only a merge knows whether an earlier range has it too.
final class StoredCells: CellReceiver {
    private static let blockByteCount = 1 << 16

    private var spool = BlockSpool()
    private var coder = StateCoder()
    private var last = ListedCell.Place()
    /// Why they could not be put aside.
    private(set) var failure: Descriptor.Failure?

    var hasFailed: Bool { failure != nil }

    /// What was taken before was read only to find out where the range ends.
    func begin(_ head: FileHead) {
        spool = BlockSpool()
        beginBlock()
    }

    private func beginBlock() {
        coder = StateCoder()
        last = ListedCell.Place()
    }

    func take(_ cell: ListedCell, _ layout: FileLayout?) {
        cell.write(&coder, after: &last)
        if coder.bytes.count >= Self.blockByteCount { endBlock() }
    }

    private func endBlock() {
        if failure != nil || coder.bytes.isEmpty { return }
        do throws(Descriptor.Failure) {
            try spool.append(coder.bytes)
        } catch {
            failure = error
        }
        beginBlock()
    }

    func endBatch() {}

    /// A merge finds out.
    func leaveToReport(_ kind: FindingKind) {}

    /// All blocks. Nothing is taken afterwards.
    func reader() -> BlockSpool.Reader {
        endBlock()
        return spool.reader()
    }
}

extension CellList {
    /// Lists the cells of a range.
    ///
    /// - Parameters:
    ///   - stored: as ``StoredCells`` has them.
    ///   - joint: where the range begins.
    ///   - repeated: by key, the rows of the range that have the key of an earlier range, ascending, as they are numbered in the file.
    /// - Returns: `false` where they are damaged.
    func add(_ stored: any StoredBlocks, at joint: Joint, repeated: [[KeyPlace]], _ layout: FileLayout?) -> Bool {
        var causes: [Int: CellCause] = [:]
        func cause(_ code: Int) -> CellCause? {
            if let known = causes[code] { return known }
            guard (0..<1_000).contains(code), let kind = FindingKind(code: "PF" + "\(1_000 + code)".dropFirst()) else { return nil }
            let cause = CellCause(kind, hasHeader: kind == .blankLine || layout?.hasHeader != false)
            causes[code] = cause
            return cause
        }
        var next = repeated.map { _ in 0 }
        /// Rows come in their order.
        func isRepeated(_ key: Int, row: Int) -> Bool {
            while next[key] < repeated[key].count, repeated[key][next[key]].row < row { next[key] += 1 }
            return next[key] < repeated[key].count && repeated[key][next[key]].row == row
        }
        while let block = stored.nextBlock() {
            if block.isEmpty { return true }
            var coder = StateCoder(reading: block)
            var last = ListedCell.Place()
            while !coder.isAtEnd {
                guard var cell = ListedCell(reading: &coder, after: &last, cause: cause) else { return false }
                cell.row = cell.row.map { $0 + joint.rows }
                cell.line += joint.lines
                if let key = cell.newKey {
                    guard repeated.isEmpty || key < repeated.count, let row = cell.row else { return false }
                    guard key < repeated.count, isRepeated(key, row: row) else { continue }
                }
                take(cell, layout)
            }
            endBatch()
        }
        return false
    }
}

extension ListedCell {
    /// What rows and lines are written relative to.
    struct Place {
        var row = 0
        var line = 0
    }

    private struct Parts: OptionSet {
        let rawValue: UInt8

        static let row = Parts(rawValue: 1)
        static let column = Parts(rawValue: 2)
        static let reason = Parts(rawValue: 4)
        static let suggestion = Parts(rawValue: 8)
        static let newKey = Parts(rawValue: 16)
    }

    func write(_ coder: inout StateCoder, after last: inout Place) {
        var parts: Parts = []
        if row != nil { parts.insert(.row) }
        if column > 0 { parts.insert(.column) }
        if reason != .none { parts.insert(.reason) }
        if suggestion != nil { parts.insert(.suggestion) }
        if newKey != nil { parts.insert(.newKey) }
        var (bits, code) = (parts.rawValue, Int(cause.kind.code.dropFirst(2)) ?? 0)
        coder(&bits)
        coder(&code)
        if let row {
            var distance = row - last.row
            coder(&distance)
            last.row = row
        }
        var distance = line - last.line
        coder(&distance)
        last.line = line
        var (column, value, reason) = (column, value, reason)
        if parts.contains(.column) {
            coder(&column)
            coder(&value)
        }
        if parts.contains(.reason) { coder.raw(&reason) }
        if var suggestion { coder(&suggestion) }
        if var newKey { coder(&newKey) }
    }

    /// - Parameter cause: of the number of a code; `nil` if there is none.
    /// - Returns: `nil` where it is damaged.
    init?(reading coder: inout StateCoder, after last: inout Place, cause: (Int) -> CellCause?) {
        var (bits, code, rowDistance, lineDistance) = (UInt8(0), 0, 0, 0)
        coder(&bits)
        coder(&code)
        let parts = Parts(rawValue: bits)
        guard coder.damage == nil, let cause = cause(code) else { return nil }
        if parts.contains(.row) { coder(&rowDistance) }
        coder(&lineDistance)
        // What runs over is no number of a file, see below.
        last.row &+= rowDistance
        last.line &+= lineDistance
        self.init(row: parts.contains(.row) ? last.row : nil, line: last.line, cause: cause)
        if parts.contains(.column) {
            coder(&column)
            coder(&value)
            guard column > 0 else { return nil }
        }
        if parts.contains(.reason) { coder.raw(&reason) }
        if parts.contains(.suggestion) {
            var text = ""
            coder(&text)
            suggestion = text
        }
        if parts.contains(.newKey) {
            var key = 0
            coder(&key)
            newKey = key
        }
        // Numbers of a file, which can be added up.
        guard coder.damage == nil, newKey.map({ $0 >= 0 }) ?? true, (0...(1 << 60)).contains(last.row), (0...(1 << 60)).contains(last.line)
        else { return nil }
    }
}
