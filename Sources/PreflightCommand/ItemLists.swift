import ByteSources
import Preflight
import SafeText

/// The items of a feed's dimensions, each list in a file of its own.
struct ItemLists {
    let folder: FilePath
    /// The profile that names them; `nil` for standard output.
    let profile: FilePath?

    /// Writes a file for each dimension, and names it in the draft. A file that is there already is not overwritten: then nothing is written.
    func write(_ draft: inout FeedDraft, terminal: Terminal) throws(CommandFailure) {
        _ = try pathInProfile("")
        var names: Set<String> = []
        for index in draft.columns.indices {
            guard let items = draft.columns[index].itemList else { continue }
            var name = Self.fileName(draft.columns[index].name)
            var number = 2
            while !names.insert(name).inserted {
                name = "\(Self.fileName(draft.columns[index].name))-\(number)"
                number += 1
            }
            let path = FilePath(bytes: folder.bytes + Array("/\(name).csv".utf8))
            do throws(OutputFile.Refusal) {
                try Folder.make(folder)
                try OutputFile(path: path, collision: .refuse, inputs: []).write(items)
            } catch {
                throw CommandFailure(error)
            }
            draft.columns[index].setItemsFile(try pathInProfile("\(name).csv"))
        }
    }

    /// Paths in a profile are relative to its folder.
    private func pathInProfile(_ name: String) throws(CommandFailure) -> String {
        let slash = UInt8(ascii: "/")
        var own = folder.bytes
        while own.last == slash { own.removeLast() }
        let base = (profile ?? FilePath("-")).folder.bytes
        if base != Array(".".utf8) {
            if own.starts(with: base) {
                own.removeFirst(base.count)
            } else if own.first != slash {
                throw CommandFailure(.usage, "--items-dir \(folder): name a folder below that of the profile, or an absolute path")
            }
        }
        return own.isEmpty ? name : "\(String(decoding: own, as: UTF8.self))/\(name)"
    }

    /// Letters, digits and hyphens, in lower case.
    private static func fileName(_ column: String) -> String {
        var name = ""
        for character in column.lowercased() {
            if character.isLetter || character.isNumber { name.append(character) } else if name.last != "-" { name.append("-") }
        }
        name = String(name.drop { $0 == "-" }.prefix(60))
        while name.last == "-" { name.removeLast() }
        return name.isEmpty ? "items" : name
    }
}
