package import ImportProfiles
import SafeText
import ValueFormats

/// What a draft says about a column: what its values decide, or a question with the choices that they leave.
package struct ColumnDecision: Sendable {
    /// An answer to the question.
    package struct Choice: Sendable {
        package var column: ColumnProfile
        /// What it makes of the values, in numbers; safe to print.
        package var words: String

        init(_ column: ColumnProfile, _ words: String) { (self.column, self.words) = (column, words) }
    }

    /// As in the header.
    package let name: String
    /// What the column holds, counted on all rows: comments of the draft, safe to print.
    package internal(set) var notes: [String]
    /// Never empty. The first is the most likely; it is the only one where nothing is open.
    package internal(set) var choices: [Choice]
    /// What the values do not tell; `nil` where they tell all.
    package internal(set) var question: String?
    /// The different values, where they can be the items of a dimension.
    var items: [[UInt8]] = []
    /// Values that the import may reject, by what makes them doubtful.
    var doubts: [Doubt: Int] = [:]
    /// Words for no value that the column has.
    var nullWords: [String] = []
    /// From the smallest to the largest, where the values are whole numbers.
    var wholeRange: Double?
    /// Whether these may be values: the column is of texts.
    var nullWordsMayBeValues = false
    /// What all codes of the column look like; `nil` where they look differently, or are none.
    var codeMask: String?

    init(name: String, notes: [String], _ choices: [Choice], question: String? = nil) {
        (self.name, self.notes, self.choices, self.question) = (name, notes, choices, question)
    }

    package var isOpen: Bool { question != nil }

    /// The most likely column.
    package var column: ColumnProfile {
        get { choices[0].column }
        set { choices[0].column = newValue }
    }

    /// Answers the question.
    ///
    /// - Parameter index: of a choice.
    package mutating func choose(_ index: Int) {
        guard choices.indices.contains(index) else { return }
        if choices[index].words.contains(":") { notes.append(choices[index].words) }
        choices = [choices[index]]
        question = nil
    }

    /// Makes the first choice that is like the other columns of the feed the most likely one, if the column most likely is of their type.
    mutating func prefer(_ type: ColumnType, _ isLikely: (ColumnProfile) -> Bool) {
        guard isOpen, column.type == type, let index = choices.firstIndex(where: { $0.column.type == type && isLikely($0.column) }) else {
            return
        }
        choices.insert(choices.remove(at: index), at: 0)
    }

    /// Changes the column in all choices.
    mutating func change(_ body: (inout ColumnProfile) -> Void) {
        for index in choices.indices { body(&choices[index].column) }
    }
}

extension ColumnDecision {
    /// The items of a dimension as a file of one column, with its name; `nil` where the column is none.
    package var itemList: String? {
        guard !isOpen, column.type == .dimension, !items.isEmpty else { return nil }
        // The delimiter of such a file is found in its header.
        let heading = name.contains { ",;\t\"\r\n".contains($0) } ? "Item" : name
        return ([Array(heading.utf8)] + items.filter { item in !column.nullWords.contains { $0.utf8.elementsEqual(item) } }).map { item in
            let text = String(decoding: item, as: UTF8.self)
            let isPlain = !item.contains {
                [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "\""), 10, 13].contains($0)
            }
            return (isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\"") + "\n"
        }.joined()
    }

    /// - Parameter path: as a profile writes it.
    package mutating func setItemsFile(_ path: String) {
        change { $0.itemsSource = ItemsSource(.file(path: path, column: nil)) }
    }
}
