import SafeText

extension Locator.Answer {
    /// The same answer without any value of a cell: numbers, places and the header stay, the text of rows becomes masks (`Aa99-99`).
    package func redacted() -> Locator.Answer {
        var answer = self
        for index in hits.indices {
            answer.hits[index].hex = ""
            answer.hits[index].before = hits[index].before.map(\.redacted)
            answer.hits[index].after = hits[index].after.map(\.redacted)
            for field in hits[index].fields.indices where hits[index].kind != .header {
                answer.hits[index].fields[field].value = hits[index].fields[field].value.masked
            }
            if hits[index].kind != .header { answer.hits[index].text = hits[index].text.masked }
        }
        return answer
    }
}

extension Locator.Neighbour {
    /// It is not known which neighbour is the header.
    fileprivate var redacted: Locator.Neighbour { Locator.Neighbour(line: line, text: text.masked) }
}
