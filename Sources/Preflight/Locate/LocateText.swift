/// What was found, for people: each row with its neighbours, their lines in front.
public enum LocateText {
    public static func text(for answer: Locator.Answer, path: String) -> String {
        var lines: [String] = []
        for hit in answer.hits {
            if !lines.isEmpty { lines.append("") }
            let row = hit.row.map { $0 == 0 ? "the header" : "row \($0.grouped)" } ?? "a blank line"
            lines.append("\(path): \(row), line \(hit.line), byte \(hit.byteOffset)")
            let width = String((hit.after.last?.line ?? hit.line)).count
            func add(_ neighbour: Locator.Neighbour, isHit: Bool) {
                let number = String(neighbour.line)
                let pad = String(repeating: " ", count: max(0, width - number.count))
                lines.append("  \(isHit ? ">" : " ") \(pad)\(number) | \(neighbour.text.text)")
            }
            for neighbour in hit.before { add(neighbour, isHit: false) }
            add(Locator.Neighbour(line: hit.line, text: hit.text), isHit: true)
            for neighbour in hit.after { add(neighbour, isHit: false) }
            if let field = hit.field {
                let name = field.column.name.isEmpty ? "" : " \"\(field.column.name)\""
                lines.append("  column \(field.column.index)\(name): \"\(field.value.text)\"")
            }
            if !hit.hex.isEmpty { lines.append("  hex \(hit.hex)") }
        }
        if answer.moreCount > 0 { lines.append("\nand \(answer.moreCount.grouped) more") }
        return lines.map { $0 + "\n" }.joined()
    }
}
