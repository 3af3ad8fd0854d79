import ImportProfiles
import Preflight
import SafeText
import ValueFormats

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Asks the open questions of a draft in the terminal, one after the other; Enter takes the first choice.
struct DraftDialogue {
    private let terminal: Terminal

    /// - Returns: `nil` where nobody can answer: standard input or standard error is not a terminal.
    init?(_ terminal: Terminal) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        self.terminal = terminal
    }

    private enum Answer {
        case choice(Int)
        case open
        case end
    }

    /// - Parameter known: Columns that nothing is asked about; then nothing but columns is asked about. `nil` to ask everything.
    func ask(_ draft: inout FeedDraft, known: [String]? = nil) {
        func isAsked(_ column: ColumnDecision) -> Bool { known.map { !$0.contains(column.name) } ?? true }
        let count = known == nil ? draft.openCount : draft.columns.count { $0.isOpen && isAsked($0) }
        if count == 0 { return show("Nothing is open: the values decide everything.\n") }
        show("\(count.counted("question")). Enter takes the choice marked *, s leaves the question open, q leaves all that follow.\n")
        var number = 0
        func put(_ title: String, _ facts: [String], _ choices: [String]) -> Answer {
            number += 1
            return question("\(number)/\(count)  \(title)", facts, choices)
        }
        for index in draft.columns.indices {
            let column = draft.columns[index]
            guard isAsked(column), let question = column.question else { continue }
            switch put("\(VisibleText(column.name).text): \(question)", column.notes, column.choices.map(\.described)) {
            case .choice(let choice): draft.columns[index].choose(choice)
            case .open: continue
            case .end: return
            }
        }
        if known != nil { return }
        if let periods = draft.periods, let question = periods.question {
            switch put("Values of the periods: \(question)", periods.notes, periods.choices.map(\.described)) {
            case .choice(let choice): draft.periods?.choose(choice)
            case .open: break
            case .end: return
            }
        }
        if let months = draft.foreignMonths {
            switch put(months.question, months.facts, ["yes", "no"]) {
            case .choice(let choice): draft.foreignMonthsArePeriods = choice == 0
            case .open: break
            case .end: return
            }
        }
        for (doubt, count) in draft.doubts {
            let title = "Does the import read values like \(doubt.example)?"
            switch put(
                title, ["\(count.counted("value")). \(doubt.sentence) The rule is not public."],
                ["not known: check counts them as uncertain", "yes", "no"])
            {
            case .choice(0): continue
            case .choice(let choice): draft.assumed[doubt] = choice == 1
            case .open: continue
            case .end: return
            }
        }
        if let key = draft.key, draft.keyIsRight == nil {
            switch put("Is \(VisibleText(key.columns.joined(separator: ", "), limit: 200).text) the key?", [key.note], ["yes", "no"]) {
            case .choice(let choice): draft.keyIsRight = choice == 0
            case .open, .end: return
            }
        }
    }

    private func question(_ title: String, _ facts: [String], _ choices: [String]) -> Answer {
        var text = "\n\(title)\n"
        for fact in facts { text += "   \(fact)\n" }
        for (index, choice) in choices.enumerated() { text += " \(index == 0 ? "*" : " ")\(index + 1)  \(choice)\n" }
        show(text)
        while true {
            show("1-\(choices.count)? ")
            guard let line = readLine() else {
                show("\n")
                return .end
            }
            let answer = line.filter { !$0.isWhitespace }.lowercased()
            switch answer {
            case "": return .choice(0)
            case "s": return .open
            case "q": return .end
            default:
                if let number = Int(answer), choices.indices.contains(number - 1) { return .choice(number - 1) }
                // `y` and `no` are typed as readily as their numbers.
                let words = ["yes", "no"].filter(choices.contains)
                let word = words.first { $0.hasPrefix(answer) }
                if let place = word.flatMap(choices.firstIndex) { return .choice(place) }
                show("Type a number from 1 to \(choices.count)\(words.isEmpty ? "" : ", yes, no"), s or q. ")
            }
        }
    }

    private func show(_ text: String) { _ = Terminal.write(text, to: STDERR_FILENO) }
}

extension ColumnDecision.Choice {
    /// `number: as decimal ",": 300 numbers, 1.001 to 9.999`
    fileprivate var described: String { words.isEmpty ? column.type.rawValue : "\(column.type.rawValue): \(words)" }
}
