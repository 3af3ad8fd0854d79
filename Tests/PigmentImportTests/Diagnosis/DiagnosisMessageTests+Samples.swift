import TestSupport
import Testing

@testable import ByteSources
@testable import PigmentImport
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

extension DiagnosisMessageTests {
    @Test func samplesInAnotherSpelling() throws {
        let file = try DiagnosedFile("A,B\n 12 ,x\n84608.68,y\n2026-03-01,z\n", columns: nil)
        let samples = try file.diagnosis(reported: ["A:ParsingError:3"], samples: ["\"12\"", "84.608,68", "01/03/2026", "77"]).entries[0]
            .samples
        #expect(samples.map { $0.nearest?.likeness } == [.spacing, .digits, .parts, nil])
        #expect(samples.map { $0.nearest?.found.first.first?.line } == [2, 3, 4, nil])
    }

    /// Of two columns of one name the report tells nothing apart.
    @Test func twoColumnsOfTheName() throws {
        let file = try DiagnosedFile("Amount,Amount\n1,x\n2,y\n", columns: nil)
        let diagnosis = try file.diagnosis(reported: ["Amount:1"], samples: ["x"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 1 cell of Amount. The file has 2 columns of this name, and the report does not tell them apart: a check blocks "
                + "such a file.")
        #expect(diagnosis.rowQuestions(isSuperset: true) == nil)
    }

    /// A sample belongs to the column that has it. It is no evidence against what explains another one.
    @Test func samplesFindTheirColumns() throws {
        var text = "A,B\n"
        for row in 0..<30 { text += "\(row),\(row)\n" }
        let file = try DiagnosedFile(
            text + "x,1\n2,y\n3,z\n", columns: "- {name: A, type: number}\n- {name: B, type: number}\n")
        let diagnosis = try file.diagnosis(reported: ["A:1", "B:2"], samples: ["x", "y", "z"])
        #expect(diagnosis.entries.map { $0.samples.count } == [1, 2])
        #expect(diagnosis.isExplained, "\(diagnosis.headline)")
        #expect(diagnosis.entries.allSatisfy { $0.explanations.first?.certainty == .certain })
    }

    /// What a sample that occurs nowhere was, no explanation says: the rows are not known.
    @Test func aSampleThatIsNowhere() throws {
        let file = try DiagnosedFile(Self.ledger("FR01;abc\nFR01;x\n"), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:2"], samples: ["abc", "nowhere"])
        #expect(
            diagnosis.headline
                == "Pigment skipped 2 cells of Amount. 2 cells fail under the profile (not a number), the sample among them: as predicted. But the "
                + "sample \"nowhere\" "
                + "occurs nowhere in the column.")
        #expect(diagnosis.entries[0].explanations[0].certainty == .possible)
        #expect(!diagnosis.isExplained)
        #expect(diagnosis.rowQuestions(isSuperset: false) == nil)
    }

    /// The beginning of a value is judged as the value.
    @Test(arguments: ["1234567,…", "1234567,..."]) func cutSamples(sample: String) throws {
        let file = try DiagnosedFile(Self.ledger("FR01;1234567,25x\nFR01;7-\n"), columns: Self.amounts)
        let diagnosis = try file.diagnosis(reported: ["Amount:1"], samples: [sample])
        #expect(
            diagnosis.headline
                == "Pigment skipped 1 cell of Amount. 1 cell fails under the profile (extra text around the number), the sample among them: as predicted. So Pigment accepts "
                + "trailing-sign.")
        let several = try file.diagnosis(reported: ["Amount:1"], samples: ["1…"])
        #expect(several.entries[0].samples[0].count > 20)
        #expect(several.entries[0].explanations.allSatisfy { $0.certainty != .certain })
    }
}
