import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// A profile with an undecided column cannot be used, and its mistakes say how to decide.
@Suite(.computing) struct UndecidedColumnTests {
    private static let draft = """
        version: 1
        columns:
          # date (d/M/yyyy or M/d/yyyy): 300 like "05/02/2026"
          # Which is it? No value decides. Replace the line below by one of these:
          #   - {name: Day, type: date, date: {format: dd/MM/yyyy}}
          #   - {name: Day, type: date, date: {format: MM/dd/yyyy}}
          - {name: Day, type: undecided}
          # text: 3 like "x"
          - {name: Text, type: text}
          - {name: Free, type: undecided, null: [NA]}

        """

    private static func mistakes(_ yaml: String) -> [String] {
        do {
            _ = try Profile(yaml: yaml, fileName: "p.yaml")
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    @Test func everyUndecidedColumnIsNamed() throws {
        #expect(
            Self.mistakes(Self.draft) == [
                """
                p.yaml:7:5: the type of the column "Day" is undecided: replace its line by the one that says what the import configuration does
                    - {name: Day, type: date, date: {format: dd/MM/yyyy}}
                    - {name: Day, type: date, date: {format: MM/dd/yyyy}}
                """,
                "p.yaml:10:5: the type of the column \"Free\" is undecided: write the type that the import configuration maps it to, one of text, number, "
                    + "integer, date, boolean, dimension",
            ])
    }

    /// With other line ends as well, and with the choices of another column above.
    @Test(arguments: ["\r\n", "\r"])
    func otherLineEnds(lineEnd: String) {
        let mistakes = Self.mistakes(Self.draft.replacing("\n", with: lineEnd))
        #expect(mistakes.count == 2)
        #expect(mistakes.first?.hasPrefix("p.yaml:7:5:") == true)
        #expect(mistakes.first?.contains("MM/dd/yyyy") == true)
    }

    /// Each line that is offered makes a profile when it takes the place of the undecided one.
    @Test(arguments: [
        ["05/02/2026", "03/04/2026"], ["8,879", "1,234"], ["8.879", "1.234"], ["05-02-2026"], ["05.02.26"], ["1 234,5", "2 345"], ["1 234"],
    ])
    func everyChoiceCanBePasted(values: [String]) throws {
        let bytes = Array(("A|B\n" + values.map { "x|\($0)\n" }.joined()).utf8)
        let lines = try FeedDraft(of: bytes).text.split(separator: "\n").map(String.init)
        guard let place = lines.firstIndex(of: "  - {name: B, type: undecided}") else { return }
        let choices = lines.filter { $0.hasPrefix("  #   - {name: B") }.map { $0.replacing("  #   ", with: "  ") }
        #expect(choices.count > 1)
        for choice in choices {
            var decided = lines
            decided[place] = choice
            let profile = try Profile(yaml: decided.joined(separator: "\n"))
            let second = report(on: bytes, options: CheckOptions(profile: profile))
            #expect(second.prediction.skippedRows.min == 0, "\(choice)")
        }
    }

    @Test func pivotValues() {
        let mistakes = Self.mistakes(
            "version: 1\ndialect: {layout: pivoted}\ncolumns: [{name: A, type: text}]\npivot:\n  values: {type: undecided}\n")
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.contains("the type is undecided") == true)
    }
}
