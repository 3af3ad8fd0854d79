import ValueFormats

/// The judgements of dates that were looked at closely, by outline, and how they are counted: a column may have another date in each row, and the
/// same few things wrong with them.
struct RecentDates: ~Copyable {
    struct Entry {
        private var outline = DateOutline()
        fileprivate(set) var judgement = Judgement.parses
        private var counted = RowJudge.Counted()
        private var batchNumber: UInt32 = 0
        private var hasLook = false
        private var isCut = false

        fileprivate init() {}

        fileprivate init(_ outline: DateOutline, _ judgement: Judgement) {
            self.outline = outline
            self.judgement = judgement
        }

        func isOf(_ outline: DateOutline) -> Bool { self.outline == outline }

        /// How such values are counted in a batch; `nil` where that is not known.
        ///
        /// - Parameters:
        ///   - hasLook: whether their mask tells what they look like.
        ///   - isCut: whether the column has more masks than are kept, as it then has in each further batch.
        func counted(hasLook: Bool, isCut: Bool, batchNumber: UInt32) -> RowJudge.Counted? {
            guard self.isCut == isCut else { return nil }
            return isCut || self.batchNumber == batchNumber && self.hasLook == hasLook ? counted : nil
        }

        /// - Parameter counted: nothing is kept of the value itself.
        mutating func keep(_ counted: RowJudge.Counted, hasLook: Bool, isCut: Bool, batchNumber: UInt32) {
            (self.counted, self.hasLook, self.isCut, self.batchNumber) = (counted, hasLook, isCut, batchNumber)
        }
    }

    /// How often outlines were new, less how often they were known: where nearly each date has another, none is looked for.
    private var patience = mostNewOutlines
    private static let mostNewOutlines = 256

    private static let bits = 9
    private let entries = ShortTextTable(bits: bits, repeating: Entry())

    /// The place of the outline. The entry there may be another's.
    func place(of outline: DateOutline) -> Int { outline.place(bits: Self.bits) }

    subscript(place: Int) -> Entry {
        @inline(__always) _read { yield entries[place] }
        @inline(__always) nonmutating _modify { yield &entries[place] }
    }

    /// Whether outlines are looked for.
    var areWanted: Bool { patience > 0 }

    mutating func begin() { patience = Self.mostNewOutlines }

    mutating func noteKnown(_ isKnown: Bool) { patience = min(patience + (isKnown ? 1 : -1), Self.mostNewOutlines) }

    func keep(_ judgement: Judgement, of outline: DateOutline, at place: Int) { entries[place] = Entry(outline, judgement) }
}
