import Foundation
import TestSupport
import Testing

/// `plan`, `check --range` and `merge`, as a user runs them.
@Suite("Ranges of a file", .timeLimit(.minutes(30)))
struct RangeCommandTests {
    private static let profile = """
        version: 1
        columns:
          - {name: id, type: text}
          - {name: name, type: dimension, items: items.txt, on-missing: skip}
          - {name: amount, type: number}
        keys: [[id]]
        expect: {rows: 299}
        """

    /// An export with findings of every kind of check, in several ranges.
    private func scratch() throws -> Scratch {
        let scratch = try Scratch()
        var text = "id,name,amount\n"
        for row in 0..<300 {
            let name = row % 50 == 7 ? "\"Okoro, \(row)\nLtd\"" : row % 90 == 3 ? "Wei\"l" : "Weil"
            text += "k\(row % 120),\(name),\(row % 31 == 5 ? "x" : "\(row).5")\(row % 77 == 1 ? ",more" : "")\n"
        }
        try scratch.write(text, to: "in.csv")
        try scratch.write(Self.profile, to: "p.yaml")
        try scratch.write("Weil\nOkoro\n", to: "items.txt")
        return scratch
    }

    /// Cuts the file and checks its ranges.
    private static let ranges = """
        ranges() {
          $PREFLIGHT plan in.csv -p p.yaml --range-size 700 --columns --positions > plan.json || return
          count=$(grep -c '"from"' plan.json)
          for n in $(seq 0 $((count - 1))); do $PREFLIGHT check in.csv --plan plan.json --range $n --partial part-$n || echo failed; done
        }
        ranges

        """

    @Test(arguments: [
        "human", "concise", "json", "jsonl",
    ])
    func printsWhatOneCheckPrints(format: String) async throws {
        let script =
            Self.ranges + """
                $PREFLIGHT check in.csv -p p.yaml --format \(format) > whole; echo $?
                $PREFLIGHT merge --plan plan.json part-* --format \(format) > merged; echo $?
                cmp whole merged && test -s whole && ls part-* | wc -l | tr -d ' '
                """
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.output.hasPrefix("9\n9\n"), "\(ending.everything)")
        #expect(ending.output.split(separator: "\n").count == 3, "\(ending.everything)")
    }

    @Test func writesWhatOneCheckWrites() async throws {
        let formats = ["html", "sarif", "junit", "github", "gitlab", "markdown", "json", "jsonl"]
        let reports = formats.map { "--report \($0)=FOLDER/\($0)" }.joined(separator: " ")
        let script =
            Self.ranges + """
                mkdir whole merged
                $PREFLIGHT check in.csv -p p.yaml -q --summary-json \(reports.replacing("FOLDER", with: "whole")) > whole/summary
                $PREFLIGHT merge --plan plan.json part-* -q --summary-json \(reports.replacing("FOLDER", with: "merged")) > merged/summary
                diff -r whole merged && ls merged | wc -l | tr -d ' '
                """
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.output == "9\n", "\(ending.everything)")
    }

    @Test(arguments: [
        // In any order, and twice.
        ("$PREFLIGHT merge --plan plan.json $(ls -r part-*) part-1 part-1 -q; echo $?", "9\n"),
        // A range is missing: it is listed with the byte that it begins with.
        (
            "rm part-3; $PREFLIGHT merge --plan plan.json part-* 2> /dev/null | grep -c 'preflight check in.csv --plan plan.json --range 3 --from'; "
                + "$PREFLIGHT merge --plan plan.json part-* > again; echo $?; $(sed \"s,^preflight,$PREFLIGHT,\" again); "
                + "$PREFLIGHT merge --plan plan.json part-* -q; echo $?", "1\n10\n9\n"
        ),
        ("rm part-0 part-2; $PREFLIGHT merge --plan plan.json part-* --format json 2> /dev/null | tr -d ' \\n'; echo; ", "AGAIN02\n"),
        ("rm part-3; $PREFLIGHT merge --plan plan.json part-* --source in.csv -q; echo $?", "9\n"),
        // Of another plan, cut, altered, of another format.
        (
            "$PREFLIGHT plan in.csv --range-size 700 > other.json; $PREFLIGHT merge --plan other.json part-* 2>&1 | "
                + "grep -c 'belongs to another plan'", "1\n"
        ),
        ("head -c -1 part-2 > cut; mv cut part-2; $PREFLIGHT merge --plan plan.json part-* 2>&1; echo $?", "DAMAGED"),
        ("head -c 30 part-2 > cut; mv cut part-2; $PREFLIGHT merge --plan plan.json part-* > /dev/null 2>&1; echo $?", "2\n"),
        (
            "printf x | dd of=part-2 bs=1 seek=200 conv=notrunc 2> /dev/null; $PREFLIGHT merge --plan plan.json part-* 2>&1; echo $?",
            "DAMAGED"
        ),
        // Its keys, which are last.
        (
            "printf x | dd of=part-2 bs=1 seek=$(($(stat -c %s part-2) - 40)) conv=notrunc 2> /dev/null; "
                + "$PREFLIGHT merge --plan plan.json part-* 2>&1; echo $?", "DAMAGED"
        ),
        ("echo > part-2; $PREFLIGHT merge --plan plan.json part-* > /dev/null 2>&1; echo $?", "2\n"),
        ("sed -i 's/\"bytes\"/\"Bytes\"/' plan.json; $PREFLIGHT merge --plan plan.json part-* > /dev/null 2>&1; echo $?", "2\n"),
        (
            "sed -i 's/k1,/k2,/' in.csv; sed -i 's/^id/ID/' in.csv; $PREFLIGHT check in.csv --plan plan.json --range 1 --partial x > /dev/null 2>&1; echo $?",
            "2\n"
        ),
        // Bytes from elsewhere; too few of them are noticed.
        (
            "from=$(sed -n '/\"ranges\"/,/\\]/p' plan.json | grep -o '[0-9]*' | sed -n 5p); tail -c +$((from + 1)) in.csv | "
                + "$PREFLIGHT check - --plan plan.json --range 2 --partial - > part-2; $PREFLIGHT merge --plan plan.json part-* -q; echo $?",
            "9\n"
        ),
        (
            "from=$(sed -n '/\"ranges\"/,/\\]/p' plan.json | grep -o '[0-9]*' | sed -n 5p); tail -c +$((from + 1)) in.csv | head -c 300 | "
                + "$PREFLIGHT check - --plan plan.json --range 2 --partial part-2 2> /dev/null; echo $?; "
                + "$PREFLIGHT merge --plan plan.json part-* > /dev/null 2>&1; echo $?", "0\n10\n"
        ),
        // What cannot be cut, and what does not belong together.
        ("cat in.csv | $PREFLIGHT plan - > /dev/null 2>&1; echo $?", "2\n"),
        ("$PREFLIGHT check in.csv --plan plan.json --range 99 --partial x > /dev/null 2>&1; echo $?", "64\n"),
        ("$PREFLIGHT check in.csv -p p.yaml --plan plan.json --range 1 --partial x > /dev/null 2>&1; echo $?", "64\n"),
        ("$PREFLIGHT check in.csv --range 1 > /dev/null 2>&1; echo $?", "64\n"),
        ("$PREFLIGHT merge --plan plan.json part-* --report csv=x 2>&1 | grep -c 'plan with --cells'; ls x 2> /dev/null", "1\n"),
        ("$PREFLIGHT check missing.csv --plan plan.json --range 1 --partial x > /dev/null 2>&1; echo $?", "2\n"),
    ])
    func endsAsItShould(script: String, output: String) async throws {
        let ending = try await Tool.shell(Self.ranges + script, in: try scratch())
        switch output {
        case "DAMAGED": #expect(ending.output.contains("part-2 is damaged") && ending.output.hasSuffix("2\n"), "\(ending.everything)")
        case "AGAIN02\n":
            #expect(ending.output.hasPrefix(#"{"again":[{"range":0,"from":0},{"range":2,"from":null}"#), "\(ending.everything)")
        default: #expect(ending.output == output, "\(script): \(ending.everything)")
        }
    }

    /// The list of cells: of all ranges, with masks, on standard output, with ranges that are checked again, and by a push.
    @Test func listsTheCellsThatOneCheckLists() async throws {
        let scratch = try scratch()
        try scratch.write(Self.profile.replacing("keys: [[id]]", with: "keys: [[id], [name, amount]]"), to: "p.yaml")
        let script = """
            $PREFLIGHT plan in.csv -p p.yaml --range-size 700 --cells --digests > plan.json
            count=$(grep -c '"from"' plan.json)
            for n in $(seq 0 $((count - 1))); do $PREFLIGHT check in.csv --plan plan.json --range $n --partial part-$n || echo failed; done
            $PREFLIGHT check in.csv -p p.yaml -q --report csv=whole; a=$?
            $PREFLIGHT merge --plan plan.json $(ls -r part-*) -q --report csv=merged; echo $a $?
            cmp whole merged; grep -c PF502 merged; grep -c PF401 merged; grep -c PF205 merged
            $PREFLIGHT check in.csv -p p.yaml -q --redact --report csv=masked-whole
            $PREFLIGHT merge --plan plan.json part-* -q --redact --report csv=masked; cmp masked-whole masked; grep -c Aaaa masked
            $PREFLIGHT merge --plan plan.json part-* --report csv=- 2> /dev/null | cmp - whole
            $PREFLIGHT push in.csv --plan plan.json part-* --dry-run --ledger none -q -c \(Tool.configuration) --report csv=pushed; echo $?
            cmp whole pushed
            mv part-3 gone
            $PREFLIGHT merge --plan plan.json part-* --source in.csv -q --report csv=again; cmp whole again
            $PREFLIGHT merge --plan plan.json part-* --report csv=- 2> /dev/null | head -c 15; echo
            $PREFLIGHT merge --plan plan.json part-* -q --report csv=none > /dev/null 2>&1; echo $?; ls none 2> /dev/null
            mv gone part-3
            $PREFLIGHT merge --plan plan.json part-* --memory 1 -q --report csv=none 2>&1 | grep -c -e --memory; ls none 2> /dev/null
            $PREFLIGHT merge --plan plan.json part-* --memory 1 -q; echo $?
            """
        let ending = try await Tool.shell(script, in: scratch)
        // 296 rows of the right width with 120 different identifiers, and 10 that share name and amount.
        let lines = ending.output.split(separator: "\n").map(String.init)
        #expect(lines == ["9 9", "185", "10", "4", "15", "9", "preflight check", "10", "1", "9"], "\(ending.everything)")
    }

    /// The prediction, and what a limit of the content hides.
    @Test func writesThePredictionThatOneCheckWrites() async throws {
        let script =
            Self.ranges + """
                $PREFLIGHT check in.csv -p p.yaml -q --predict whole
                $PREFLIGHT merge --plan plan.json part-* -q --predict merged; echo $?
                cmp whole merged
                gzip -k in.csv
                for limit in 500 100MB; do
                  $PREFLIGHT check in.csv.gz --max-output-bytes $limit --format json > whole.json; a=$?
                  $PREFLIGHT plan in.csv.gz --max-output-bytes $limit > limited.json
                  $PREFLIGHT check in.csv.gz --plan limited.json --range 0 --partial limited
                  $PREFLIGHT merge --plan limited.json limited --format json > merged.json; echo $a $?
                  cmp whole.json merged.json
                  grep -q PF010 merged.json; echo $?
                done
                """
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.output == "9\n1 1\n0\n1 1\n1\n", "\(ending.everything)")
    }

    @Test func planFitsItsSchema() async throws {
        var schema = try JSONSchema(try Repository.text("Sources/PreflightCommand/plan-v1.schema.json"))
        schema.allowsUndescribedMembers = false
        for options in ["-p p.yaml --range-size 700", "--no-header --encoding latin1 --expect rows=5"] {
            let ending = try await Tool.shell("$PREFLIGHT plan in.csv \(options)", in: try scratch())
            #expect(try schema.failures(in: ending.output) == [], "\(ending.complaints)")
        }
    }

    /// The day on which a column is expected is that of the plan, not that of a worker.
    @Test(arguments: ["2998-12-31", "2999-01-01", ""]) func theDayIsThatOfThePlan(day: String) async throws {
        let scratch = try Scratch()
        try scratch.write("id\n1\n2\n3\n", to: "in.csv")
        try scratch.write(
            "version: 1\ncolumns:\n  - {name: id, type: integer}\n  - {name: later, type: number, since: 2999-01-01}\n", to: "p.yaml")
        let option = day.isEmpty ? "" : "--as-of \(day)"
        let script = """
            $PREFLIGHT check in.csv -p p.yaml \(option) --format json > whole; a=$?
            $PREFLIGHT plan in.csv -p p.yaml \(option) --range-size 4 > plan.json
            for n in 0 1 2; do $PREFLIGHT check in.csv --plan plan.json --range $n --partial part-$n; done
            $PREFLIGHT merge --plan plan.json part-* --format json > merged; echo $a $?
            cmp whole merged
            """
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.output == (day == "2999-01-01" ? "1 1\n" : "0 0\n"), "\(ending.everything)")
    }

    /// A merged file is compared with earlier ones as a checked one is.
    @Test(arguments: ["", "--digests"]) func drift(digests: String) async throws {
        let scratch = try Scratch()
        for month in 1...3 {
            try scratch.write("id,amount\n" + (0..<100 + month).map { "\($0),\($0 % 7).5\n" }.joined(), to: "m\(month).csv")
        }
        try scratch.write("id,amount\n" + (0..<40).map { "\($0),\($0 % 7 == 0 ? "" : "999999")\n" }.joined(), to: "in.csv")
        let script = """
            for month in 1 2 3; do $PREFLIGHT baseline accept m$month.csv -c \(Tool.configuration) --ledger l.jsonl > /dev/null || echo failed; done
            options="--drift fail -c \(Tool.configuration) --ledger l.jsonl"
            for file in in.csv m3.csv; do
              $PREFLIGHT plan $file --range-size 300 --columns \(digests) > plan.json
              for n in $(seq 0 $(($(grep -c '"from"' plan.json) - 1))); do $PREFLIGHT check $file --plan plan.json --range $n --partial part-$n; done
              $PREFLIGHT check $file $options --format json > whole; a=$?
              $PREFLIGHT merge --plan plan.json part-* --source $file $options --format json > merged; echo $a $?
              [ -z "\(digests)" ] || cmp whole merged
              rm part-*
            done
            grep -o PF71. whole | sort -u
            $PREFLIGHT merge --plan plan.json part-* $options > /dev/null 2>&1; echo $?
            """
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.output == (digests.isEmpty ? "9 2\n9 2\nPF718\n64\n" : "9 9\n9 9\nPF718\n64\n"), "\(ending.everything)")
    }

    @Test func workersNeedOnlyThePlan() async throws {
        let script =
            Self.ranges + """
                rm p.yaml items.txt part-*
                for n in $(seq 0 $((count - 1))); do $PREFLIGHT check in.csv --plan plan.json --range $n --partial part-$n; done
                $PREFLIGHT merge --plan plan.json part-* -q; echo $?
                """
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.output == "9\n", "\(ending.everything)")
    }
}
