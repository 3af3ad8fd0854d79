import ByteSpans

extension RowBatch {
    /// Scans the field's characters, elided ones included. Complexity: the length of the kept bytes.
    package func characters(ofField field: Int) -> CharacterScan {
        characters(ofField: field, range: range(ofField: field))
    }

    /// The same in place: many fields may have faults, and a scan is too large to be passed around for each.
    package func scanCharacters(ofField field: Int, into scan: inout CharacterScan) {
        scanCharacters(ofField: field, range: range(ofField: field), into: &scan)
    }

    func characters(ofField field: Int, range: Range<Int>) -> CharacterScan {
        var scan = CharacterScan(offset: 0)
        scanCharacters(ofField: field, range: range, into: &scan)
        return scan
    }

    private func scanCharacters(ofField field: Int, range: Range<Int>, into scan: inout CharacterScan) {
        var range = range
        scan.reset(offset: streamOffset(ofPosition: range.lowerBound), unit: unit)
        if let elision = elision(ofField: field) {
            scan = elision.characters
            range = min(elision.position, range.upperBound)..<range.upperBound
        }
        scan.update(bytes[range])
        scan.finish()
    }

    /// The scan of the fields of row 0 that are missing; `nil` when none is.
    package var missingFieldsCharacters: CharacterScan? {
        missing?.characters
    }

    /// Physical line of the first ill-formed sequence or NUL that ``characters(ofField:)`` found.
    ///
    /// - Parameters:
    ///   - scan: The scan of the field.
    ///   - field: The field that was scanned.
    ///   - fieldLine: the line in which the field begins.
    package func lines(of scan: CharacterScan, inField field: Int, fieldLine: Int) -> (invalid: Int, nul: Int) {
        let start = range(ofField: field).lowerBound
        let elision = elision(ofField: field)
        func line(_ offset: Int, takenOut: Int?) -> Int {
            let position = position(ofStreamOffset: offset)
            if position == nil, let takenOut { return fieldLine + takenOut }
            // A sequence that was still open at the gap began before it; it holds no LF, so its end has the same line.
            let end = position ?? elision?.position ?? start
            return fieldLine + newlines(before: max(end, start)) - newlines(before: start)
        }
        let isInvalidTakenOut = elision.map { $0.characters.invalidCount > 0 } ?? false
        return (
            line(scan.firstInvalidOffset, takenOut: isInvalidTakenOut ? elision?.newlinesBeforeInvalid : nil),
            line(scan.firstNulOffset, takenOut: elision?.newlinesBeforeNul)
        )
    }
}
