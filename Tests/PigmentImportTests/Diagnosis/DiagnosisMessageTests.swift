import TestSupport
import Testing

@testable import ByteSources
@testable import PigmentImport
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// The sentence that can be forwarded, for each kind of answer.
@Suite(.computing) struct DiagnosisMessageTests {
    static let amounts = "- {name: Entity, type: text}\n- {name: Amount, type: number, number: {decimal: \",\"}}\n"

    /// 200 rows: in every fourth of Entity FR03 the amount has a decimal comma.
    static func ledger(_ more: String = "") -> String {
        var text = "Entity;Amount\n"
        for row in 0..<200 {
            let entity = row % 4
            text += entity == 3 && row % 8 == 3 ? "FR03;\(row),5\n" : "FR0\(entity);\(row)\n"
        }
        return text + more
    }

    @Test func a_asPredicted() throws {
        let file = try DiagnosedFile(Self.ledger("FR01;abc\nFR01;x\n"), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:ParsingError:2"], samples: ["abc"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 2 cells of Amount. 2 cells fail under the profile (not a number), the sample among them: as predicted.")
        #expect(diagnosis.isExplained)
        #expect(diagnosis.entries[0].explanations[0].certainty == .certain)
    }

    @Test func b_anotherSetting() throws {
        let file = try DiagnosedFile(Self.ledger(), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:25"], samples: ["3,5", "11,5", "19,5"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 25 cells of Amount. Under decimal \".\" exactly 25 cells fail, all 3 samples among them, all with Entity FR03: "
                + "the import configuration seems to have decimal \".\" (a decimal point).")
        #expect(diagnosis.isExplained)
        #expect(
            diagnosis.nextSteps == [
                "Amount: look in the import configuration for decimal \".\". If it is wrong there, correct it and push only the skipped rows. If it "
                    + "is meant, copy the profile line above, so that the next check finds such values."
            ])
    }

    /// Of very many cells the column that all have in common is found as well.
    @Test func whatManyCellsHaveInCommon() throws {
        let rows = (0..<15_000).map { row in
            row % 3 == 0 ? "FR03;\(row % 7);EUR;\(row),5\n" : "FR0\(row % 2);\(row % 7);EUR;\(row)\n"
        }
        let columns = "- {name: Entity, type: text}\n- {name: Amount, type: number, number: {decimal: \",\"}}\n"
        let file = try DiagnosedFile("Entity;Account;Currency;Amount\n" + rows.joined(), columns: columns)
        let diagnosis = try file.diagnosis(reported: ["Amount:5000"], samples: ["0,5"])
        #expect(diagnosis.headline.contains("the sample among them, all with Entity FR03: the import"), "\(diagnosis.headline)")
    }

    @Test func b_twoSettings() throws {
        var text = "Entity;Amount\n"
        for row in 0..<60 { text += "FR01;\(row)\n" }
        for row in 0..<7 { text += "FR02;\(row),5\n" }
        for _ in 0..<5 { text += "FR02;NULL\n" }
        let file = try DiagnosedFile(
            text, columns: "- {name: Entity, type: text}\n- {name: Amount, type: number, number: {decimal: \",\"}, \"null\": [\"NULL\"]}\n")
        let diagnosis = try file.diagnosis(reported: ["Amount:12"], samples: ["1,5", "NULL"])
        let first = try #require(diagnosis.entries[0].explanations.first)
        #expect(first.settings.contains { $0.count == 2 }, "\(diagnosis.headline)")
        #expect(first.isExact)
    }

    /// Every date fails under many patterns. Day and month in the other order are mistaken most often.
    @Test func b_dayAndMonthExchanged() throws {
        let rows = (1...60).map { "\($0),0\($0 % 9 + 1)/\($0 % 12 + 13)/2026\n" }
        let file = try DiagnosedFile(
            "Id,Day\n" + rows.joined(), columns: "- {name: Id, type: integer}\n- {name: Day, type: date, date: {format: MM/dd/yyyy}}\n")
        let diagnosis = try file.diagnosis(reported: ["Day:60"])
        #expect(diagnosis.entries[0].explanations.first?.settings.first == ["date format dd/MM/yyyy"], "\(diagnosis.headline)")
    }

    /// Three cells have a word that only this profile lists, and three a digit: strict throughout, or without the words, it makes four with the one
    /// that fails. Which rows they are is not known.
    @Test func strictThroughoutOrOneSettingWithItsDoubts() throws {
        let rows = (0..<90).map { $0 % 30 == 7 ? "yes" : $0 % 30 == 9 ? "1" : $0 == 3 ? "maybe-not" : "TRUE" }
        let file = try DiagnosedFile(
            "Id,Flag\n" + rows.enumerated().map { "\($0),\($1)\n" }.joined(),
            columns: "- {name: Id, type: integer}\n- {name: Flag, type: boolean, boolean: {true: [\"yes\"], false: [\"no\"]}}\n")
        let diagnosis = try file.diagnosis(reported: ["Flag:4"], samples: ["maybe-not"])
        #expect(diagnosis.entries[0].explanations.filter(\.isExact).count > 1)
        #expect(diagnosis.entries[0].explanations.allSatisfy { $0.certainty != .certain })
        #expect(diagnosis.rowQuestions(isSuperset: false) == nil, "\(diagnosis.headline)")
    }

    /// The samples are all cells that were skipped, whatever settings would do.
    @Test func c_certainByItsSamples() throws {
        let file = try DiagnosedFile(Self.ledger("FR01;7-\nFR01;8-\nFR01;(9)\nFR01;+1\nFR02;+2\nFR02;+3\n"), columns: Self.amounts)
        let all = try file.diagnosis(reported: ["Amount:3"], samples: ["+1", "+2", "+3"])
        #expect(all.entries[0].explanations[0].certainty == .certain)
        #expect(all.entries[0].explanations[0].rejected == DoubtSet(.plusSign))
    }

    @Test func b_comesNear() throws {
        let file = try DiagnosedFile(Self.ledger(), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:23"], samples: ["3,5"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 23 cells of Amount. Under decimal \".\" 25 cells fail, the sample among them, all with Entity FR03: the import "
                + "configuration seems to have decimal \".\" (a decimal point). But that is 2 cells more than reported.")
        #expect(!diagnosis.isExplained)
        #expect(diagnosis.rowQuestions(isSuperset: false) == nil)
        #expect(diagnosis.rowQuestions(isSuperset: true) != nil)
    }

    @Test func c_doubts() throws {
        let file = try DiagnosedFile(Self.ledger("FR01;7-\nFR01;8-\nFR01;(9)\nFR01;+1\nFR02;+2\nFR02;+3\n"), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:2"], samples: ["7-"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 2 cells of Amount. Exactly 2 cells fail, the sample among them, if Pigment rejects trailing-sign and accepts "
                + "plus-sign and parentheses.")
        #expect(diagnosis.isExplained)
    }

    @Test func d_itemsOutOfDate() throws {
        let columns = "- {name: Entity, type: dimension, items: [A, B, C], on-missing: skip}\n"
        let file = try DiagnosedFile("Entity,Id\nA,1\nB,2\nB,3\nX,4\nX,5\nX,6\nY,7\nC,8\n", columns: columns)
        let added = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:1"], samples: ["Y"])
        #expect(
            added.headline
                == "Pigment skipped 1 cell of Entity for a missing item. 4 cells have an item that the list of the profile lacks, and 3 of them "
                + "with \"X\" were loaded: Pigment seems to have it by now. That makes exactly 1, the sample among them: the items file of the "
                + "profile is out of date.")
        let deleted = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:6"], samples: ["X", "B"])
        #expect(
            deleted.headline
                == "Pigment skipped 6 cells of Entity for a missing item. 4 cells have an item that the list of the profile lacks. 2 cells with "
                + "\"B\" were skipped although the list has it: Pigment seems to lack it. That makes exactly 6, both samples among them: the items "
                + "file of the profile is out of date.")
        #expect(deleted.isExplained)
    }

    /// One item was deleted in Pigment and one was added: 30 predicted, and 67 skipped. The samples are the first three different ones.
    @Test func d_itemsAddedAndDeleted() throws {
        var text = "Entity,Id\n"
        for (item, count) in [("FR03", 54), ("FR09", 17), ("ES01", 9), ("UK01", 4), ("FR01", 100)] {
            text += (0..<count).map { "\(item),\($0)\n" }.joined()
        }
        let file = try DiagnosedFile(text, columns: "- {name: Entity, type: dimension, items: [FR01, FR03], on-missing: skip}\n")
        let samples = ["FR03", "ES01", "UK01"]
        let diagnosis = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:67"], samples: samples)
        let first = try #require(diagnosis.entries[0].explanations.first)
        #expect(first.isExact && first.kind == .items)
        #expect(first.addedItems == [.init(name: Array("FR09".utf8), cells: 17)])
        #expect(first.deletedItems == [.init(name: Array("FR03".utf8), cells: 54)])
        // Without a sample the item that was deleted is found by its number, too.
        let silent = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:84"])
        #expect(silent.entries[0].explanations.first?.deletedItems == [.init(name: Array("FR03".utf8), cells: 54)])
        let every = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:184"])
        #expect(every.headline.contains("That is every value of the column: the import configuration matches it with another property"))
    }

    /// Unknown items are no values that cannot be read: that there are as many explains nothing.
    @Test func d_itemsThatCannotBeRead() throws {
        let file = try DiagnosedFile(
            "Entity,Id\nX,1\nX,2\nY,3\nA,5\n", columns: "- {name: Entity, type: dimension, items: [A], on-missing: skip}\n")
        let diagnosis = try file.diagnosis(reported: ["Entity:ParsingError:3"])
        #expect(!diagnosis.isExplained && diagnosis.entries[0].explanations.isEmpty, "\(diagnosis.headline)")
        let missing = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:3"])
        #expect(missing.isExplained)
    }

    /// Two items occur as often: which of them was added nothing says, but a line of the file decides.
    @Test func d_itemsThatTie() throws {
        let file = try DiagnosedFile(
            "Entity,Id\nX,1\nX,2\nY,3\nY,4\nA,5\nZ,6\nZ,7\nZ,8\n",
            columns: "- {name: Entity, type: dimension, items: [A], on-missing: skip}\n")
        let diagnosis = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:5"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 5 cells of Entity for a missing item. 2 explanations fit equally well, and the report does not decide between "
                + "them: Pigment has \"X\" by now; or Pigment has \"Y\" by now. Whether line 4 (\"Y\") was loaded decides: the first skips it, the "
                + "second loads it.")
        #expect(diagnosis.rowQuestions(isSuperset: false) == nil)
    }

    @Test func e_reasonsThatNoFileExplains() throws {
        let file = try DiagnosedFile(Self.ledger(), columns: Self.amounts)
        let rights = try file.diagnosis(reported: ["Entity:MissingWriteAccessRights:5"])
        #expect(rights.headline.hasPrefix("Pigment skipped 5 cells of Entity (MissingWriteAccessRights). No file explains this:"))
        let snapshot = try file.diagnosis(reported: ["Entity:MissingModalitiesFromSnapshot:5"])
        #expect(snapshot.headline.contains("No file explains this: items are missing from the snapshot"))
        #expect(!rights.isExplained)
    }

    @Test func f_anotherFile() throws {
        let file = try DiagnosedFile(Self.ledger(), columns: Self.amounts)
        let report = try DiagnosedFile.status([("Amounts", "ParsingError", 3, ["1;5"])], inserted: 900, skippedRows: 3)
        let diagnosis = try file.diagnosis(report)
        #expect(
            diagnosis.headline
                == "Pigment skipped 3 cells of Amounts. The file has no such column; the nearest name is \"Amount\". This may be another file "
                + "or another configuration: the import counted 903 rows, the file has 200.")
        let pushed = String(repeating: "0", count: 64)
        #expect(try file.diagnosis(report, pushed: pushed).headline.hasPrefix("This is not the file that was pushed."))
    }

    /// Leading blanks and exponents occur in the same cells only: which of the two is rejected makes no difference here.
    @Test func whatTheFileCannotTellApart() throws {
        let file = try DiagnosedFile(Self.ledger("FR01; 1E3\nFR02; 1E4\n"), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:ParsingError:2"], samples: ["1E3"])
        let entry = diagnosis.entries[0]
        let own = entry.explanations.filter { $0.kind == .asPredicted || $0.kind == .doubts }
        #expect(own.count == 1, "\(entry.explanations.map(\.brief))")
        let first = try #require(entry.explanations.first)
        let sets = ([first] + first.equals).map { Set($0.rejected.doubts.map(\.name)) }
        for rejected in [["leading-blank"], ["exponent"], ["leading-blank", "exponent"]] as [Set<String>] {
            #expect(sets.contains(rejected), "\(sets)")
        }
        let telling = try #require(first.tellingValue)
        #expect([" 12", "1,5E+03", "1E3"].contains(telling), "\(telling)")
        #expect(diagnosis.headline.contains("this file cannot tell") || first.kind == .asPredicted, "\(diagnosis.headline)")
    }

    /// Two sets of doubts of as many cells: a line of the file decides, by what Pigment did with it.
    @Test func theLineThatDecides() throws {
        let file = try DiagnosedFile(Self.ledger("FR01;abc\nFR01;+1\nFR02;(2)\n"), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:ParsingError:2"], samples: ["abc"])
        let entry = diagnosis.entries[0]
        #expect(entry.ties.count == 2, "\(entry.explanations.map(\.brief))")
        let deciding = try #require(entry.deciding)
        #expect([203, 204].contains(deciding.cell.line) && deciding.selecting.count == 1)
        let first = try #require(entry.ties.first)
        let isPlus = deciding.cell.line == 203
        let skipsPlus = first.rejected.doubts.map(\.name) == ["plus-sign"]
        #expect(deciding.selecting == [isPlus == skipsPlus ? 0 : 1])
        #expect(
            diagnosis.headline.hasSuffix(
                "Whether line \(deciding.cell.line) (\"\(isPlus ? "+1" : "(2)")\") was loaded decides: "
                    + "the \(isPlus == skipsPlus ? "first skips it, the second loads it" : "second skips it, the first loads it")."),
            "\(diagnosis.headline)")
        let redacted = diagnosis.redacted().headline
        #expect(redacted.contains("(\"\(isPlus ? "+9" : "(9)")\") was loaded decides"), "\(redacted)")
    }

    /// A cell of another column was skipped in the row with the parentheses: how many rows were skipped tells which of two doubts was rejected.
    @Test(arguments: [(1, "parentheses"), (2, "plus-sign")]) func theSkippedRowsDecide(rows: Int, doubt: String) throws {
        let lines = (1...40).map { row in
            let amount = [5: "+1", 9: "(2)"][row] ?? "3"
            return "\(amount);\(row == 9 ? "soon" : "2026-01-01")\n"
        }
        let file = try DiagnosedFile(
            "Amount;Posted\n" + lines.joined(), columns: "- {name: Amount, type: number}\n- {name: Posted, type: date}\n")
        let report = try DiagnosedFile.status(
            [("Amount", "ParsingError", 1, []), ("Posted", "ParsingError", 1, [])], inserted: 40 - rows, skippedRows: rows)
        let diagnosis = try file.diagnosis(report)
        let entry = diagnosis.entries[0]
        #expect(entry.explanations.prefix(2).map(\.makesRows) == [true, false], "\(diagnosis.headline)")
        #expect(entry.explanations[0].rejected.doubts.map(\.name) == [doubt])
        #expect(diagnosis.headline.contains("The total of skipped rows matches the report, too."), "\(diagnosis.headline)")
    }

    /// A reason that is not one, typed from a screen.
    @Test func unknownReason() throws {
        let file = try DiagnosedFile(Self.ledger(), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["amount:SomethingElse:17"], samples: [])
        #expect(
            diagnosis.headline.hasPrefix(
                "Pigment skipped 17 cells of Amount (SomethingElse). This version does not know the reason; it knows ParsingError, "),
            "\(diagnosis.headline)")
        let none = try file.diagnosis(reported: ["Betrag:SomethingElse:17"], samples: [])
        #expect(none.headline.hasPrefix("Pigment skipped 17 cells of Betrag:SomethingElse. The file has no such column"))
    }

    @Test func g_nothing() throws {
        let file = try DiagnosedFile(Self.ledger("FR01;12\nFR02;12\n"), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:17"], samples: ["12"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 17 cells of Amount. No explanation was found: no setting, pair of settings or set of rejected doubts gives "
                + "this number. Compare the column's settings in the import configuration with the profile, and its type first.")
        #expect(!diagnosis.isExplained)
    }

    /// Case 108: two cells were skipped that no rule rejects. Which they are is known all the same.
    @Test func samplesAloneTellTheRows() throws {
        let file = try DiagnosedFile(
            "Entity,Amount\n" + (1...50).map { "FR01,\($0)\n" }.joined(),
            columns: "- {name: Entity, type: text}\n- {name: Amount, type: integer}\n")
        let diagnosis = try file.diagnosis(reported: ["amount:parsing error:2"], samples: ["12", "13"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 2 cells of Amount. The 2 sample texts occur in exactly as many cells, so these are the skipped ones. Why they "
                + "were skipped is not known.")
        #expect(!diagnosis.isExplained)
        #expect(diagnosis.rowQuestions(isSuperset: false) != nil)
    }

    @Test func severalFitEqually() throws {
        let file = try DiagnosedFile(Self.ledger("FR01;7-\nFR01;(9)\n"), columns: Self.amounts)
        let entry = try file.diagnosis(reported: ["Amount:1"]).entries[0]
        #expect(entry.explanations.filter(\.isExact).count >= 2)
        #expect(entry.explanations[0].certainty == .possible)
        #expect(entry.settled == nil)
    }

    @Test func worksWithoutAProfile() throws {
        let file = try DiagnosedFile(Self.ledger(), columns: nil)
        let diagnosis = try file.diagnosis(reported: ["Amount:ParsingError:25"], samples: ["3,5"])
        #expect(diagnosis.isInferred)
        #expect(diagnosis.entries[0].explanations.first?.isExact == true, "\(diagnosis.headline)")
        #expect(diagnosis.entries[0].explanations.allSatisfy { $0.certainty != .certain })
    }

    @Test func everyValue() throws {
        let file = try DiagnosedFile(
            "Day\n" + (1...9).map { "2026-03-0\($0)\n" }.joined(), columns: "- {name: Day, type: date}\n")
        let diagnosis = try file.diagnosis(reported: ["Day:9"])
        #expect(diagnosis.entries[0].explanations.contains { $0.isExact }, "\(diagnosis.headline)")
    }

    /// An item column whose empty cells were skipped, alone or with the unknown items.
    @Test func emptyCells() throws {
        let rows = (1...40).map { "\($0 % 8 == 0 ? "" : $0 == 11 ? "X" : "A"),\($0 % 10 == 0 ? "" : "\($0)")\n" }
        let columns = "- {name: Entity, type: dimension, items: [A], on-missing: skip}\n- {name: Id, type: integer}\n"
        let file = try DiagnosedFile("Entity,Id\n" + rows.joined(), columns: columns)
        let alone = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:5"])
        #expect(
            alone.headline
                == "Pigment skipped 5 cells of Entity for a missing item. 5 cells are empty, which makes exactly 5: the import configuration needs "
                + "a value there (assumed).")
        let both = try file.diagnosis(reported: ["Entity:MissingModalitySkippedDataRow:6"], samples: ["X"])
        #expect(
            both.headline
                == "Pigment skipped 6 cells of Entity for a missing item. 1 cell fails under the profile, the sample among them, and 5 cells are "
                + "empty, which makes exactly 6: the import configuration needs a value there (assumed).")
        let numbers = try file.result(try DiagnosedFile.screen(["Id:4"]))
        #expect(numbers.result.diagnosis.entries[0].explanations.first?.kind == .emptyCells)
        var outputs = RowOutputs()
        outputs.retry = try OutputFile(path: FilePath(file.path("retry.csv")), collision: .replace, inputs: [])
        #expect(try numbers.result.writeRows(of: numbers.file, to: outputs).rows == 4)
        #expect(try file.text(of: "retry.csv") == "Entity,Id\nA,\nA,\nA,\n,\n")
    }

    /// Nothing is offered that would be empty.
    @Test func nothingIsWrittenWhereNothingIsKnown() throws {
        let file = try DiagnosedFile("Entity;Amount\n", columns: Self.amounts)
        #expect(try file.diagnosis(reported: ["Amount:3"]).rowQuestions(isSuperset: true) == nil)
        let rights = try DiagnosedFile(Self.ledger(), columns: Self.amounts).diagnosis(reported: ["Entity:MissingWriteAccessRights:5"])
        #expect(rights.rowQuestions(isSuperset: true) == nil)
    }

    @Test func anotherFileWithoutSkippedCells() throws {
        let file = try DiagnosedFile(Self.ledger(), columns: Self.amounts)
        let diagnosis = try file.diagnosis(try DiagnosedFile.status([], inserted: 200), pushed: String(repeating: "0", count: 64))
        #expect(diagnosis.headline == "This is not the file that was pushed, and the report has no skipped cells.")
        #expect(!diagnosis.isExplained)
    }

    @Test func withoutAProfileNothingIsSaidOfOne() throws {
        let file = try DiagnosedFile(Self.ledger("FR01;abc\n"), columns: nil)
        let headline = try file.diagnosis(reported: ["Amount:1"], samples: ["abc"]).headline
        #expect(
            headline.contains("1 cell fails in the format inferred from the values (not a number), the sample among them: as predicted."),
            "\(headline)")
        let other = try DiagnosedFile(Self.ledger(), columns: "- {name: Entity, type: text}\n").diagnosis(reported: ["Amount:7"])
        #expect(other.headline.contains("The profile does not have the column: add it with its type"), "\(other.headline)")
    }

    /// Without a header the columns have the names of the profile.
    @Test func withoutAHeader() throws {
        let file = try DiagnosedFile(
            "x,1\ny,2\nz,q\n", columns: "- {name: A, type: text}\n- {name: B, type: number}\ndialect: {header: 0}\n")
        let diagnosis = try file.diagnosis(reported: ["B:1"], samples: ["q"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 1 cell of B. 1 cell fails under the profile (not a number), the sample among them: as predicted.")
        #expect(diagnosis.isExplained)
    }
}
