import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// How often each mask of values occurs in each column of a batch, and what the values say on how the column is to be read: see `ValueMask`.
///
/// Each value is counted once, in one of three ways that do not depend on who judged it: as one of the plain kinds (``PlainMasks``), under its
/// mask, or, in a column that has more masks than are kept, only with its verdict. Empty values and null words are not counted.
struct BatchShapes {
    /// Where a value is counted: an entry of the table from 0 on, below that a plain kind, or with its verdict only.
    struct Place: Equatable {
        fileprivate let number: Int32

        static let none = Place(number: -1)
        fileprivate static let verdictOnly = Place(number: -2)
        fileprivate static func plain(_ kind: Int) -> Place { Place(number: -3 - Int32(kind)) }

        /// Whether a value has this place in every batch: a column that has had more masks than are kept stays so.
        var isOfAllBatches: Bool { number < 0 }
    }

    /// What is counted of one column.
    struct Column {
        /// By kind, with their number in all counts that follow.
        var plain: (UInt32, UInt32, UInt32) = (0, 0, 0)
        fileprivate(set) var fails: UInt32 = 0
        fileprivate(set) var mayFail: UInt32 = 0
        fileprivate(set) var both: UInt32 = 0
        fileprivate(set) var own: UInt32 = 0
        fileprivate(set) var other: UInt32 = 0
        /// Distinct masks in the table.
        fileprivate var masks = MaskCounts()
        /// Index of the fields that can be read both ways, or -1.
        fileprivate var list: Int32 = -1
        fileprivate(set) var isListed = false
    }

    struct Field {
        let row: UInt32
        let field: UInt32
    }

    /// The first value of a column that can be read the other way only.
    struct OtherValue {
        let column: Int
        let field: UInt32
        let bytes: [UInt8]
    }

    private(set) var columns: [Column] = []
    /// Those that have values in this batch.
    private(set) var listed: [Int] = []
    /// Masks by ``MaskKey``, each with the first value that has it.
    private(set) var table: TextTable
    /// One for each entry of the table.
    private(set) var counts: [UInt32] = []
    private var evidence: [ReadingEvidence] = []
    /// Fields that can be read both ways: the first few of a column, ascending.
    private var fields: [[Field]] = []
    private var fieldListCount = 0
    private(set) var otherValues: [OtherValue] = []
    /// Columns that have had more masks than are kept stay so: nothing is gained from theirs.
    private var budget = MaskBudget(columnCount: 0)
    private var isCut: [MaskCounts.Cut] = []
    /// Columns for which earlier batches have all the fields that are needed.
    private var hasFields: [Bool] = []
    /// Fields kept of a column.
    private var samples = 0

    init() {
        table = TextTable(hash: Self.noHash)
    }

    private static let noHash = KeyHash()

    /// - Parameter hash: that of the masks of the whole file.
    mutating func begin(columnCount: Int, samples: Int, hash: KeyHash) {
        self.samples = samples
        if columns.count != columnCount {
            table = TextTable(hash: hash)
            columns = Array(repeating: Column(), count: columnCount)
            isCut = Array(repeating: MaskCounts.Cut(), count: columnCount)
            hasFields = Array(repeating: false, count: columnCount)
            budget = MaskBudget(columnCount: columnCount)
        } else {
            for column in listed {
                // Those of later batches come after them.
                if fields(ofColumn: column).count >= samples { hasFields[column] = true }
                columns[column] = Column()
            }
        }
        listed.removeAll(keepingCapacity: true)
        for list in 0..<fieldListCount { fields[list].removeAll(keepingCapacity: true) }
        fieldListCount = 0
        otherValues.removeAll(keepingCapacity: true)
        if counts.isEmpty { return }
        table.removeAll()
        counts.removeAll(keepingCapacity: true)
        evidence.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    private mutating func list(_ column: Int) {
        if columns[column].isListed { return }
        columns[column].isListed = true
        listed.append(column)
    }

    // MARK: Values judged one by one

    /// The place of a mask that is kept already.
    mutating func place(ofMask mask: Span<UInt8>, hash: UInt32, column: Int, verdict: Verdict) -> Place? {
        table.find(mask, hash: hash, column: MaskKey(column, verdict).number).map { Place(number: Int32($0)) }
    }

    static func place(ofPlain kind: Int) -> Place { .plain(kind) }

    func evidence(of place: Place) -> ReadingEvidence? {
        place.number >= 0 ? evidence[Int(place.number)] : nil
    }

    /// Makes a place for a mask that has none.
    ///
    /// - Parameters:
    ///   - hasLook: whether it tells what its values look like; such masks are counted by ``addLook(_:)``.
    ///   - isValue: whether it has one value only, which tells what it looks like.
    mutating func addMask(
        _ mask: Span<UInt8>, hash: UInt32, column: Int, verdict: Verdict, evidence: ReadingEvidence,
        value: Span<UInt8>, hasLook: Bool, isValue: Bool
    ) -> Place {
        if isCut[column].contains(verdict) { return .verdictOnly }
        if hasLook {
            if isValue { addJudged(column: column) }
        } else {
            columns[column].masks.add(verdict)
            if columns[column].masks.count(verdict) > budget.masks(ofColumn: column) { isCut[column].insert(verdict) }
        }
        counts.append(0)
        self.evidence.append(evidence)
        return Place(number: Int32(table.insert(mask, hash: hash, column: MaskKey(column, verdict).number, companion: value)))
    }

    /// Makes room for a mask that tells what its values look like. What is counted is how many looks there are, not how many masks have them:
    /// a batch that holds much of the file must not have more than the file.
    ///
    /// - Returns: `false` where the column has too many: from then on its masks do not tell it.
    mutating func addLook(_ look: Span<UInt8>, column: Int) -> Bool {
        let key = MaskKey.looks(column).number
        let hash = table.hash(of: look, column: column)
        if table.find(look, hash: hash, column: key) != nil { return true }
        columns[column].masks.addLook()
        if Int(columns[column].masks.looks) > budget.masks(ofColumn: column) {
            isCut[column].looks = true
            return false
        }
        // An entry that no value is counted in.
        _ = table.insert(look, hash: hash, column: key)
        counts.append(0)
        evidence.append(.none)
        return true
    }

    /// Counts a mask without what its values look like, if it is new: many that look alike may have different ones.
    ///
    /// - Parameter mask: with the separator, so that it is no look.
    mutating func addJudged(_ mask: Span<UInt8>, column: Int) {
        if isCut[column].values { return }
        let key = MaskKey.looks(column).number
        let hash = table.hash(of: mask, column: column)
        if table.find(mask, hash: hash, column: key) != nil { return }
        // An entry that no value is counted in.
        _ = table.insert(mask, hash: hash, column: key)
        counts.append(0)
        evidence.append(.none)
        addJudged(column: column)
    }

    private mutating func addJudged(column: Int) {
        if isCut[column].values { return }
        columns[column].masks.addValue()
        isCut[column].values = columns[column].masks.values > budget.masks(ofColumn: column)
    }

    /// Whether masks of the column that tell what their values look like tell nothing else any more: thousands of values may look alike, and more masks
    /// than are kept of a file are in this batch or were in another.
    func areValuesCut(_ column: Int) -> Bool { isCut[column].values }

    /// Whether masks of the column do not tell any more what their values look like.
    func areLooksCut(_ column: Int) -> Bool { isCut[column].looks }

    /// Whether masks of such values are not looked up any more.
    func isCut(_ column: Int, _ verdict: Verdict) -> Bool { isCut[column].contains(verdict) }

    static let verdictOnly = Place.verdictOnly

    mutating func add(_ place: Place, count: UInt32, column: Int, verdict: Verdict, evidence: ReadingEvidence) {
        list(column)
        if place.number >= 0 {
            counts[Int(place.number)] &+= count
        } else {
            switch place.number {
            case -3: columns[column].plain.0 &+= count
            case -4: columns[column].plain.1 &+= count
            case -5: columns[column].plain.2 &+= count
            default: break
            }
        }
        if verdict != .parses {
            columns[column].mayFail &+= count
            if verdict == .fails { columns[column].fails &+= count }
        }
        addEvidence(evidence, count: count, column: column)
    }

    private mutating func addEvidence(_ evidence: ReadingEvidence, count: UInt32, column: Int) {
        switch evidence {
        case .both: columns[column].both &+= count
        case .own: columns[column].own &+= count
        case .other: columns[column].other &+= count
        case .none: break
        }
    }

    // MARK: Values that a kernel passed

    /// - Parameters:
    ///   - plain: by kind.
    ///   - evidence: of each kind.
    mutating func add(plain: (Int, Int, Int), column: Int, evidence: PlainMasks.Evidence) {
        list(column)
        columns[column].plain.0 &+= UInt32(plain.0)
        columns[column].plain.1 &+= UInt32(plain.1)
        columns[column].plain.2 &+= UInt32(plain.2)
        addEvidence(evidence.0, count: UInt32(plain.0), column: column)
        addEvidence(evidence.1, count: UInt32(plain.1), column: column)
        addEvidence(evidence.2, count: UInt32(plain.2), column: column)
    }

    // MARK: Fields that can be read both ways

    /// Whether a field of this batch can still be one of the first of its column.
    func wantsFields(column: Int) -> Bool { samples > 0 && !hasFields[column] }

    /// Whether a field would be one of the first of its column.
    func wants(field: Int, column: Int) -> Bool {
        if !wantsFields(column: column) { return false }
        let list = columns[column].list
        guard list >= 0, fields[Int(list)].count >= samples, let last = fields[Int(list)].last else { return true }
        return last.field > UInt32(field)
    }

    mutating func keep(row: Int, field: Int, column: Int) {
        guard wants(field: field, column: column) else { return }
        if columns[column].list < 0 {
            columns[column].list = Int32(fieldListCount)
            fieldListCount += 1
            if fields.count < fieldListCount { fields.append([]) }
        }
        let list = Int(columns[column].list)
        let place =
            fields[list].last.map { $0.field < UInt32(field) } ?? true
            ? fields[list].count : fields[list].partitionPoint { $0.field < UInt32(field) }
        // Who looks for fields that were counted together may meet one that was judged by itself.
        if place < fields[list].count, fields[list][place].field == UInt32(field) { return }
        fields[list].insert(Field(row: UInt32(row), field: UInt32(field)), at: place)
        if fields[list].count > samples { fields[list].removeLast() }
    }

    /// The first fields of a column that can be read both ways.
    func fields(ofColumn column: Int) -> [Field] {
        columns[column].list < 0 ? [] : fields[Int(columns[column].list)]
    }

    /// Keeps a value that can be read the other way only, if it is the first of its column.
    mutating func keepOther(_ value: Span<UInt8>, field: Int, column: Int) {
        guard columns[column].other == 0 else { return }
        otherValues.append(OtherValue(column: column, field: UInt32(field), bytes: Array(value)))
    }
}

/// The list of masks of a column and a verdict, as the column of a ``TextTable``.
struct MaskKey {
    let number: Int

    init(_ column: Int, _ verdict: Verdict) {
        number = 4 * column + Int(verdict.rawValue)
    }

    init(number: Int) {
        self.number = number
    }

    /// The list of what the values of a column that do not parse look like.
    static func looks(_ column: Int) -> MaskKey { MaskKey(column, .empty) }

    var column: Int { number / 4 }
    var isLooks: Bool { verdict == .empty }
    var verdict: Verdict { Verdict(rawValue: UInt8(number % 4)) ?? .parses }
}

/// How many masks are kept of a column: of the values that parse, and again so many of the others.
///
/// A column with one mask more has none: so it does not matter in which order masks come, and two counts can be added. The number depends on
/// the columns of the file only.
struct MaskBudget {
    /// More is text.
    static let mostMasksOfColumn = 1 << 9
    /// In all columns.
    static let mostMasks = 1 << 14
    /// Columns after these have none.
    static let mostColumns = 1 << 12

    private let masks: Int

    /// - Parameter columnCount: columns that the profile names.
    init(columnCount: Int) {
        masks = min(Self.mostMasksOfColumn, Self.mostMasks / max(1, min(columnCount, Self.mostColumns)))
    }

    func masks(ofColumn column: Int) -> Int {
        column < Self.mostColumns ? masks : 0
    }
}

/// Distinct masks of a column.
struct MaskCounts {
    private var parsing: UInt32 = 0
    private var others: UInt32 = 0
    private(set) var looks: UInt32 = 0
    /// Of a batch: those that tell what their values look like.
    private(set) var values = 0

    /// Whether there are more than are kept.
    struct Cut {
        var parsing = false
        var others = false
        /// Of what the values that do not parse look like.
        var looks = false
        /// Of a batch: of the masks that tell what their values look like.
        var values = false

        func contains(_ verdict: Verdict) -> Bool { verdict == .parses ? parsing : others }

        mutating func insert(_ verdict: Verdict) {
            if verdict == .parses { parsing = true } else { others = true }
        }

        mutating func formUnion(_ other: Cut) {
            parsing = parsing || other.parsing
            others = others || other.others
            looks = looks || other.looks
        }
    }

    func count(_ verdict: Verdict) -> Int { Int(verdict == .parses ? parsing : others) }

    mutating func add(_ verdict: Verdict) {
        if verdict == .parses { parsing += 1 } else { others += 1 }
    }

    mutating func addLook() { looks += 1 }

    mutating func addValue() { values += 1 }
}

extension MaskCounts: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&parsing)
        coder(&others)
        coder(&looks)
    }
}

extension MaskCounts.Cut: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&parsing)
        coder(&others)
        coder(&looks)
    }
}
