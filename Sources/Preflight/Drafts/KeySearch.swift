import ByteSources

/// Finds the smallest sets of up to three columns whose values together differ in every row.
///
/// The first rows exclude most sets, in memory; of those that are left the best ones are followed through all other rows. What is found is certain:
/// see ``KeyHashes``. Memory is bounded: the first rows take ``windowBytes``, the sets that are followed ``memoryLimit``.
///
/// A set that holds one that is followed is a key where that one is, and one with more columns is of no use where one with fewer is a key. These are
/// followed only where the others turned out to be none, in a pass of their own: see ``retry``.
struct KeySearch {
    /// A column that may be part of a key.
    struct Column {
        /// In the row, from 0.
        var index: Int
        /// Of its values; at least as many as there are, where there are many.
        var distinctCount: Int
        /// Columns of a lower rank are preferred.
        var rank: Int
    }

    /// A set of columns.
    struct Candidate {
        /// Numbers of ``KeySearch/columns``, ascending.
        var members: [Int]
        /// How many pairs of the first rows would be equal if the columns had nothing to do with each other.
        var expectedRepeats: Double
        fileprivate var hashes: KeyHashes?
    }

    static let mostColumns = 24
    private static let mostMembers = 3
    private static let mostFollowed = 8
    private static let windowBytes = 6 << 20
    private static let mostRows = 1 << 15
    private static let memoryLimit = 24 << 20
    private static let mostCompared = 1 << 12
    /// The worst rank of a column that may be a part of a key of several.
    private static let lastRankOfPart = 3

    let columns: [Column]
    private let mostWindowRows: Int
    /// By column: the hashes of the first rows.
    private var window: [[UInt64]]
    private var isOpen = true
    private(set) var candidates: [Candidate] = []
    /// Sets without repeated values in the first rows that have more columns than those that are followed.
    private var deferred: [Candidate] = []
    /// Those that hold one of these, or of those that are followed.
    private var larger: [Candidate] = []
    /// Sets that were followed and have repeated values.
    private var refuted: [[Int]] = []
    private(set) var rowCount = 0
    private(set) var failure: Descriptor.Failure?

    /// - Parameter columns: the best ones first; more than ``mostColumns`` are not looked at.
    init(_ columns: [Column]) {
        self.columns = Array(columns.prefix(Self.mostColumns))
        window = Array(repeating: [], count: self.columns.count)
        mostWindowRows = min(Self.mostRows, Self.windowBytes / (8 * max(1, self.columns.count)))
    }

    /// Whether the values of some columns together can be different in so many rows.
    static func mayBeKeys(_ columns: [Column], of rowCount: Int) -> Bool {
        var most = 1
        for count in columns.map(\.distinctCount).sorted().suffix(mostMembers) {
            let product = most.multipliedReportingOverflow(by: max(1, count))
            most = product.overflow ? .max : product.partialValue
        }
        return most >= rowCount
    }

    /// A search of all rows for keys that hold a set which is none after all; `nil` where that would find no better one.
    var retry: KeySearch? {
        if areDeferredWanted {
            var search = self
            (search.candidates, search.deferred, search.larger, search.refuted, search.rowCount) = (deferred, [], [], [], 0)
            return search
        }
        let fewest = candidates.filter { !isWeak($0) }.map(\.members.count).min() ?? .max
        let open = larger.filter { set in
            set.members.count <= fewest && refuted.contains { $0.allSatisfy(set.members.contains) }
                && !candidates.contains { !isWeak($0) && $0.members.allSatisfy(set.members.contains) }
        }
        if open.isEmpty { return nil }
        var search = self
        (search.candidates, search.deferred, search.larger, search.refuted, search.rowCount) = (open, [], [], [], 0)
        return search
    }

    private var areDeferredWanted: Bool { !deferred.isEmpty && candidates.allSatisfy(isWeak) }

    /// Adds what ``retry`` found.
    mutating func add(_ other: KeySearch) {
        if areDeferredWanted {
            deferred = []
            refuted += other.refuted
        } else {
            larger = []
        }
        candidates += other.candidates
        failure = failure ?? other.failure
        dropLarger()
    }

    /// Numbers of the columns whose hashes are still wanted.
    var wanted: [Int] { isOpen ? Array(columns.indices) : Set(candidates.flatMap(\.members)).sorted() }

    /// Adds rows.
    ///
    /// - Parameter hashes: by column, of all rows or of none where they are not wanted.
    mutating func add(_ hashes: [[UInt64]], rowCount count: Int) {
        rowCount += count
        var first = 0
        if isOpen {
            first = min(count, mostWindowRows - (window.first?.count ?? 0))
            for index in window.indices { window[index] += hashes[index][..<first] }
            if first == count { return }
            close(isWhole: false)
        }
        follow(hashes, first..<count)
    }

    /// Ends the search.
    mutating func finish() {
        if isOpen { close(isWhole: true) }
        for index in candidates.indices {
            do throws(Descriptor.Failure) { try candidates[index].hashes?.finish() } catch { failure = error }
        }
        dropRefuted()
        for index in candidates.indices { candidates[index].hashes = nil }
        if failure != nil { (candidates, deferred, larger) = ([], [], []) }
        dropLarger()
    }

    private mutating func dropRefuted() {
        for candidate in candidates where candidate.hashes?.hasRepeated == true && !isWeak(candidate) { refuted.append(candidate.members) }
        candidates.removeAll { $0.hashes?.hasRepeated == true }
    }

    /// Of a set that is a key every larger one is one too.
    private mutating func dropLarger() {
        if let fewest = candidates.filter({ !isWeak($0) }).map(\.members.count).min() {
            let kept = candidates.filter { isWeak($0) || $0.members.count <= fewest }
            candidates = kept
        }
    }

    /// Whether a set is a single column of whole numbers whose name does not say that they are codes: amounts may all differ by chance.
    func isWeak(_ candidate: Candidate) -> Bool { candidate.members.count == 1 && columns[candidate.members[0]].rank > Self.lastRankOfPart }

    /// The first rows are there: leaves the sets that have no repeated values in them, and begins to follow these.
    ///
    /// - Parameter isWhole: whether these are all rows: then larger sets than those that were found need not be looked at.
    private mutating func close(isWhole: Bool) {
        isOpen = false
        let count = window.first?.count ?? 0
        defer { window = [] }
        guard count > 1 else { return }
        let matches = window.map(Self.matchShare)
        var found: [Candidate] = []
        for size in 1...Self.mostMembers where found.count < Self.mostFollowed {
            var sets: [Candidate] = []
            var others: [Candidate] = []
            let pairs = Double(count) * Double(count - 1) / 2
            func candidate(_ members: [Int]) -> Candidate {
                Candidate(members: members, expectedRepeats: members.reduce(pairs) { $0 * matches[$1] })
            }
            forEachSet(size) { members in
                if size > 1, members.contains(where: { columns[$0].rank > Self.lastRankOfPart }) { return }
                if found.contains(where: { !isWeak($0) && $0.members.allSatisfy(members.contains) }) {
                    if !isWhole { others.append(candidate(members)) }
                    return
                }
                // Fewer different values than rows.
                let most = members.reduce(1.0) { $0 * Double(max(1, columns[$1].distinctCount)) }
                if most < Double(count) { return }
                guard areDistinct(members, count) else { return }
                sets.append(candidate(members))
            }
            found += sorted(sets).prefix(Self.mostFollowed - found.count)
            larger += sorted(others).prefix(Self.mostFollowed - min(larger.count, Self.mostFollowed))
        }
        let fewest = found.filter { !isWeak($0) }.map(\.members.count).min() ?? .max
        candidates = found.filter { $0.members.count <= fewest }
        deferred = found.filter { $0.members.count > fewest }
        follow(window, 0..<count)
    }

    private func sorted(_ sets: [Candidate]) -> [Candidate] {
        sets.sorted { (rank($0), $0.members[0]) < (rank($1), $1.members[0]) }
    }

    private func rank(_ candidate: Candidate) -> Int { candidate.members.reduce(0) { $0 + columns[$1].rank } }

    /// How likely two rows have the same value, about.
    private static func matchShare(_ hashes: [UInt64]) -> Double {
        let hashes = hashes.prefix(mostCompared)
        var counts: [UInt64: Int] = [:]
        for hash in hashes { counts[hash, default: 0] += 1 }
        let pairs = Double(hashes.count) * Double(hashes.count - 1)
        return counts.values.reduce(0.0) { $0 + Double($1) * Double($1 - 1) } / max(1, pairs)
    }

    private func forEachSet(_ size: Int, _ body: ([Int]) -> Void) {
        func extend(_ members: [Int], from first: Int) {
            if members.count == size { return body(members) }
            for next in columns.indices.dropFirst(first) { extend(members + [next], from: next + 1) }
        }
        extend([], from: 0)
    }

    private func areDistinct(_ members: [Int], _ count: Int) -> Bool {
        var table = HashTable()
        for row in 0..<count {
            var hash: UInt64 = 0
            for member in members { hash = Self.joined(hash, window[member][row]) }
            if !table.insert(hash) { return false }
        }
        return true
    }

    private mutating func follow(_ hashes: [[UInt64]], _ rows: Range<Int>) {
        if candidates.isEmpty || rows.isEmpty { return }
        let limit = Self.memoryLimit / candidates.count
        do throws(Descriptor.Failure) {
            for index in candidates.indices {
                var own = candidates[index].hashes ?? KeyHashes(memoryLimit: limit)
                candidates[index].hashes = nil
                let columns = candidates[index].members.map { hashes[$0] }
                let first = columns[0]
                for row in rows where !own.hasRepeated {
                    var hash = Self.joined(0, first[row])
                    if columns.count > 1 { for column in columns.dropFirst() { hash = Self.joined(hash, column[row]) } }
                    try own.add(hash)
                }
                candidates[index].hashes = own
            }
        } catch {
            failure = error
            candidates = []
        }
        dropRefuted()
    }

    /// The hash of several values from those of each; the order counts.
    private static func joined(_ hash: UInt64, _ next: UInt64) -> UInt64 {
        let product = (hash ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: next ^ 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low ^ next
    }
}
