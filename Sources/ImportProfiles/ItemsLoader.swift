import ByteSources
import ValueFormats

/// Gives the item sets of a profile's columns; a file is read once, however many columns name it.
struct ItemsLoader {
    private let read: (String) throws(SmallFile.Refusal) -> [UInt8]
    /// By the bytes of the path: names that are canonically equivalent in Unicode are different files.
    private var contents: [[UInt8]: [UInt8]] = [:]
    private var sets: [(source: ItemsSource, name: [UInt8], set: ItemSet)] = []

    init(read: @escaping (String) throws(SmallFile.Refusal) -> [UInt8]) {
        self.read = read
    }

    mutating func set(for source: ItemsSource) throws(ItemsFile.Failure) -> ItemSet {
        switch source.origin {
        case .list(let items): return ItemSet(items.map { Array($0.utf8) }, matching: source.matching)
        case .file(let path, let column):
            let name = Array("\(path)\0\(column ?? "")".utf8)
            if let known = sets.first(where: { $0.source == source && $0.name == name }) { return known.set }
            let items = try ItemsFile.items(in: content(of: path), path: path, column: column)
            let set = ItemSet(items, matching: source.matching)
            sets.append((source, name, set))
            return set
        }
    }

    private mutating func content(of path: String) throws(ItemsFile.Failure) -> [UInt8] {
        let name = Array(path.utf8)
        if let known = contents[name] { return known }
        do throws(SmallFile.Refusal) {
            let bytes = try read(path)
            contents[name] = bytes
            return bytes
        } catch {
            throw .file(error.message)
        }
    }
}
