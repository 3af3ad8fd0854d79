import Foundation
import Testing

@Suite("Doubts, from the kit to the profile, as a user settles them", .timeLimit(.minutes(30)))
struct CalibrationCommandTests {
    private static let profile = """
        version: 1
        columns:
          # the amounts
          - {name: Amount, type: number, number: {decimal: ","}}
          - {name: Day, type: date, date: {format: dd/MM/yyyy}}

        """

    private static func report(_ arguments: [String], in scratch: Scratch) async throws -> String {
        let ending = try await Tool.run(["rehearse"] + arguments + ["--max-skipped", "100%", "--format", "json"])
        #expect(ending.status == 0 || ending.status == 3, "\(ending.complaints)")
        return try scratch.write(ending.output, to: "report.json")
    }

    @Test func kitPushLearn() async throws {
        let scratch = try Scratch()
        let profile = try scratch.write(Self.profile, to: "profile.yaml")
        let importer = try scratch.write(
            "doubts: accepted\nassume: {trailing-sign: rejected, short-day: rejected, count: rows}\n", to: "importer.yaml")
        let kit = scratch.path + "/kit"
        let written = try await Tool.run(["profile", "kit", kit, "-p", profile])
        #expect(written.status == 0, "\(written.complaints)")
        #expect(written.output.contains("one push"))
        let report = try await Self.report(["\(kit)/kit.csv", "-p", "\(kit)/kit.yaml", "--importer", importer], in: scratch)

        let learn = ["profile", "learn", "-p", profile, "--kit", kit, "--report-json", report]
        let dry = try await Tool.run(learn + ["--dry-run"])
        #expect(dry.status == 0, "\(dry.everything)")
        #expect(dry.output.contains("+++ \(profile)"))
        #expect(try String(contentsOfFile: profile, encoding: .utf8) == Self.profile)
        let learned = try await Tool.run(learn)
        #expect(learned.status == 0, "\(learned.everything)")
        #expect(learned.output.contains("Counts in the report count rows."))
        let text = try String(contentsOfFile: profile, encoding: .utf8)
        for line in ["count: rows", "trailing-sign: rejected", "short-day: rejected", "exponent: accepted", "leading-blank: accepted"] {
            #expect(text.contains("  \(line)  # learned: "), "\(line) in \(text)")
        }
        #expect(text.contains("columns:\n  # the amounts\n  - {name: Amount, type: number, number: {decimal: \",\"}}\n"))
        #expect(try await Tool.run(["profile", "lint", profile]).everything.isEmpty)

        // An older kit is replaced, anything else is not.
        #expect(try await Tool.run(["profile", "kit", kit, "-p", profile]).status == 0)
        _ = try scratch.write("version: 1\n", to: "kit/kit.yaml")
        let refused = try await Tool.run(["profile", "kit", kit, "-p", profile])
        #expect(refused.status == 2)
        #expect(try await Tool.run(["profile", "kit", kit, "-p", profile, "--force"]).status == 0)
    }

    @Test func oneImportSettlesWhatItShows() async throws {
        let scratch = try Scratch()
        let profile = try scratch.write(Self.profile, to: "profile.yaml")
        let importer = try scratch.write("assume: {trailing-sign: rejected}\n", to: "importer.yaml")
        let file = try scratch.write("Amount;Day\n12-;01/02/2026\n3-;01/02/2026\n1E5;01/02/2026\n4;1/2/2026\n", to: "export.csv")
        let report = try await Self.report([file, "-p", profile, "--importer", importer], in: scratch)
        let learned = try await Tool.run(["profile", "learn", "-p", profile, "--file", file, "--report-json", report])
        #expect(learned.status == 0, "\(learned.everything)")
        let text = try String(contentsOfFile: profile, encoding: .utf8)
        #expect(text.contains("assume: {exponent: accepted, trailing-sign: rejected}}  # learned: "), "\(text)")
        #expect(text.contains("assume: {short-day: accepted, short-month: accepted}}  # learned: "), "\(text)")
    }

    @Test(
        arguments: [
            (["-p", "p.yaml", "--file", "x.csv"], "--report-json"), (["--kit", "k", "--report-json", "r"], "Name the profile"),
            (["-p", "p.yaml", "--kit", "k", "--file", "f", "--report-json", "r"], "exclude each other"),
        ])
    func usage(arguments: [String], complaint: String) async throws {
        let ending = try await Tool.run(["profile", "learn"] + arguments)
        #expect(ending.status == 64)
        #expect(ending.complaints.contains(complaint), "\(ending.complaints)")
    }

    @Test func anImporterWithMistakes() async throws {
        let scratch = try Scratch()
        let profile = try scratch.write(Self.profile, to: "profile.yaml")
        let file = try scratch.write("Amount;Day\n1;01/02/2026\n", to: "export.csv")
        let importer = try scratch.write("doubts: acepted\ncolumns:\n  - {name: Amont}\nsamples: 11\n", to: "importer.yaml")
        let ending = try await Tool.run(["rehearse", file, "-p", profile, "--importer", importer])
        #expect(ending.status == 2)
        for place in ["1:9: ", "3:12: the profile has no column \"Amont\": did you mean \"Amount\"?", "4:10: \"samples\" must be"] {
            #expect(ending.complaints.contains("\(importer):\(place)"), "\(ending.complaints)")
        }
        #expect(try await Tool.run(["rehearse", file, "--importer", importer]).status == 64)
    }
}
