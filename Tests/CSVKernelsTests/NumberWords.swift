import CSVKernels
import SeededRandom

/// What a kernel tells of fields as numbers.
struct NumberWords {
    /// Of one field.
    struct Kinds: Equatable {
        var isOdd, isSeparated, isEmpty, isGrouped: Bool

        init(isOdd: Bool, isSeparated: Bool, isEmpty: Bool, isGrouped: Bool) {
            (self.isOdd, self.isSeparated, self.isEmpty, self.isGrouped) = (isOdd, isSeparated, isEmpty, isGrouped)
        }

        /// What is right.
        init(_ text: FieldText, decimal: UInt8) {
            isOdd = !text.isEmptyOrPlainNumber(decimal: decimal)
            isSeparated = text.hasSeparator(decimal)
            isEmpty = text.bytes.isEmpty
            isGrouped = isSeparated && text.mayGroup
        }
    }

    let fieldCount: Int
    private(set) var words: [UInt64]
    let writesTooMuch: Bool

    private let kinds: Int

    /// - Parameter decimal: `nil` for the forms of numbers.
    init(
        _ kernel: Int32, _ bytes: [UInt8], _ structure: Structure, dialect: TestDialect, decimal: UInt8?, generator: inout SeededGenerator
    ) {
        let content = PaddedBytes(bytes, dialect: dialect, generator: &generator)
        kinds = Int(decimal == nil ? CSV_FORM_WORDS.rawValue : CSV_NUMBER_WORDS.rawValue)
        let wordCount = kinds * (structure.fields.count / 64 + 2)
        // One word more, which must stay as it is.
        var words = (0...wordCount).map { _ in generator.next() }
        let last = words[wordCount]
        // The last field may end after the content.
        let (ends, rowEnds) = (structure.ends + [0], structure.rowEnds + [0])
        var found = 0
        words.withUnsafeMutableBufferPointer { words in
            ends.withUnsafeBufferPointer { ends in
                rowEnds.withUnsafeBufferPointer { rowEnds in
                    var numbers = csv_numbers()
                    numbers.bytes = UnsafePointer(content.start)
                    numbers.end = bytes.count
                    (numbers.ends, numbers.row_ends) = (ends.baseAddress, rowEnds.baseAddress)
                    (numbers.quote, numbers.decimal) = (dialect.quote, decimal ?? 0)
                    numbers.words = words.baseAddress
                    found = decimal == nil ? csv_forms_run(kernel, &numbers) : csv_numbers_run(kernel, &numbers)
                }
            }
        }
        fieldCount = found
        writesTooMuch = words[wordCount] != last
        self.words = words
    }

    subscript(field: Int) -> Kinds {
        Kinds(
            isOdd: has(CSV_NUMBER_ODD.rawValue, field), isSeparated: has(CSV_NUMBER_SEPARATED.rawValue, field),
            isEmpty: has(CSV_NUMBER_EMPTY.rawValue, field), isGrouped: has(CSV_NUMBER_GROUPED.rawValue, field))
    }

    /// Of forms: those that a field has.
    func forms(_ field: Int) -> [UInt32] { (0..<CSV_FORM_WORDS.rawValue).filter { has($0, field) } }

    private func has(_ kind: UInt32, _ field: Int) -> Bool {
        words[kinds * (field / 64) + Int(kind)] >> UInt64(field % 64) & 1 == 1
    }

    /// By kind and column, added to 3.
    func counts(_ kernel: Int32, width: Int) -> [UInt32] {
        var counts = [UInt32](repeating: 3, count: kinds * width)
        counts.withUnsafeMutableBufferPointer {
            if kinds == Int(CSV_FORM_WORDS.rawValue) {
                csv_count_forms(kernel, words, fieldCount / width, width, $0.baseAddress)
            } else {
                csv_count_numbers(kernel, words, fieldCount / width, width, $0.baseAddress)
            }
        }
        return counts
    }
}
