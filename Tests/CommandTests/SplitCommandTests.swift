import Foundation
import ScriptedServer
import Testing

/// `--clean` and `--quarantine`, as a user runs them.
@Suite("Rows in files", .timeLimit(.minutes(30)))
struct SplitCommandTests {
    private func scratch() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write("a,b\n1,2\n3\n\n4,5\n", to: "in.csv")
        return scratch
    }

    @Test(arguments: [
        ("$PREFLIGHT check in.csv -q --clean ok.csv --quarantine bad.csv; echo $?; cat ok.csv bad.csv", 0, "1\na,b\n1,2\n4,5\na,b\n3\n"),
        ("$PREFLIGHT check in.csv -q --quarantine bad.csv.gz; gzip -dc bad.csv.gz", 0, "a,b\n3\n"),
        ("$PREFLIGHT check - -q --clean ok.csv < in.csv; cat ok.csv", 0, "a,b\n1,2\n4,5\n"),
        (
            "$PREFLIGHT check in.csv --clean ok.csv | tr -s ' \\n' ' ' | grep -o 'Split: 2 rows clean in ok.csv, 8 bytes'", 0,
            "Split: 2 rows clean in ok.csv, 8 bytes\n"
        ),
        ("$PREFLIGHT check in.csv --format json --clean ok.csv | grep -c '\"split\"'", 0, "1\n"),
        // An input is never written to, and no file twice.
        ("$PREFLIGHT check in.csv -q --clean in.csv 2> /dev/null; echo $?; head -1 in.csv", 0, "64\na,b\n"),
        ("ln in.csv other; $PREFLIGHT check in.csv -q --quarantine other 2> /dev/null; echo $?; head -1 in.csv", 0, "64\na,b\n"),
        ("$PREFLIGHT check in.csv -q --clean x --quarantine x 2> /dev/null; echo $?; ls", 0, "64\nin.csv\n"),
        ("$PREFLIGHT check in.csv in.csv --clean x 2> /dev/null; echo $?; ls", 0, "64\nin.csv\n"),
        ("$PREFLIGHT check in.csv --clean - 2> /dev/null; echo $?", 0, "64\n"),
        ("$PREFLIGHT check in.csv --annotate 2> /dev/null; echo $?", 0, "64\n"),
        ("$PREFLIGHT push in.csv --send clean 2> /dev/null; echo $?", 0, "64\n"),
        // A disk that is full leaves nothing; what was there before stays.
        (
            "echo old > bad.csv; $PREFLIGHT check in.csv -q --clean /dev/full --quarantine bad.csv 2> /dev/null; echo $?; cat bad.csv", 0,
            "2\nold\n"
        ),
        ("printf 'PK\\3\\4xxxx' > x; $PREFLIGHT check x -q --clean ok.csv 2>&1 | grep -c 'no rows were written'; ls", 0, "1\nin.csv\nx\n"),
    ])
    func goesWhereItShould(script: String, status: Int32, output: String) async throws {
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.output == output, "\(ending.everything)")
        #expect(ending.status == status)
    }

    @Test func onlyTheCleanRowsAreSent() async throws {
        let scratch = try scratch()
        let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, accepted]]) { server in
            let more = ["--no-wait", "--clean", scratch.path + "/ok.csv", "--send", "clean"]
            let arguments = Tool.pushArguments(scratch.path + "/in.csv", port: server.port, more: more)
            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
            #expect(ending.status == 0, "\(ending.everything)")
            #expect(server.requests.first?.body == Array("a,b\n1,2\n4,5\n".utf8))
        }
    }
}

/// `--redact`, as a user runs it.
@Suite("No value of a cell is shown", .timeLimit(.minutes(30)))
struct RedactCommandTests {
    @Test func everyOutputOfACheck() async throws {
        let scratch = try Scratch()
        try scratch.write("id,amount\nQzxw1,Qzxw84608\nQzxw2,84608-\nQzxw3\n", to: "in.csv")
        try scratch.write("version: 1\ncolumns: [{name: id, type: text}, {name: amount, type: number}]\n", to: "p.yaml")
        let formats = ["html", "markdown", "sarif", "junit", "github", "gitlab", "csv", "json", "jsonl", "concise", "human"]
        let script =
            "$PREFLIGHT check in.csv -p p.yaml -v --redact --summary-json --predict out.predict "
            + formats.map { "--report \($0)=out.\($0)" }.joined(separator: " ") + " 2>&1; cat out.*"
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.output.contains("PF401") && ending.output.contains("Aaaa99999"))
        #expect(!ending.output.contains("Qzxw") && !ending.output.contains("84608"), "\(ending.output)")
    }

    /// Commands that read a file: rows as masks, places and names as they are.
    @Test(arguments: [
        ("locate in.csv --redact --code PF401 -p p.yaml --context 2", 0, "Aaaa99999"),
        ("locate in.csv --redact --value Qzxw2 --column id", 0, "column 1"),
        ("locate in.csv --redact --row 0", 0, "id,amount"),
        ("fix in.csv --redact --dry-run --diff -p p.yaml --unsafe-fixes", 0, "99999-"),
        ("diagnose in.csv --redact -p p.yaml --report-json report.json --rows csv=out.csv --rows jsonl=out.jsonl -v", nil, "Aaaa99999"),
        ("diagnose in.csv --redact -p p.yaml --report-json report.json --format json", nil, "Aaaa99999"),
        ("diagnose in.csv --redact -p p.yaml --report-json report.json --report html=out.html --report json=out.json", nil, "<main>"),
        ("diagnose in.csv --redact --report-json report.json -v", nil, "amount"),
        ("diagnose in.csv --redact --reported amount:ParsingError:1 --sample Qzxw84608", nil, "amount"),
    ])
    func everyOutputOfAnotherCommand(arguments: String, status: Int32?, shows: String) async throws {
        let scratch = try Scratch()
        try scratch.write("id,amount\nQzxw1,Qzxw84608\nQzxw2,84608-\nQzxw3,84608\nQzxw4,\"84608 Qzxw\"\n", to: "in.csv")
        try scratch.write("version: 1\ncolumns: [{name: id, type: text}, {name: amount, type: number}]\n", to: "p.yaml")
        let skipped = #"{"count":2,"reason":"ParsingError","sourceColumnName":"amount","samples":["Qzxw84608","84608 Qzxw","lost84608"]}"#
        try scratch.write(
            #"{"importId":"\#(Tool.importID)","importStatus":"Completed","detailedReport":{"blockType":"List","summary":{"insertedCount":2,"#
                + #""updatedCount":0,"deletedCount":0,"skippedCount":2},"impactedBlocks":[{"blockId":"x","insertedCount":2,"updatedCount":0,"#
                + #""deletedCount":0,"skippedData":[\#(skipped)]}]}}"#, to: "report.json")
        let ending = try await Tool.shell("$PREFLIGHT \(arguments); status=$?; cat out.* 2> /dev/null; exit $status", in: scratch)
        if let status {
            #expect(ending.status == status, "\(ending.everything)")
        } else {
            #expect([0, 3].contains(ending.status), "\(ending.everything)")
        }
        #expect(ending.everything.contains(shows), "\(ending.everything)")
        #expect(!ending.everything.contains("Qzxw") && !ending.everything.contains("84608"), "\(ending.everything)")
    }

    /// What Pigment says of an import, and what the ledger kept of it.
    @Test(arguments: ["human", "json"]) func everyTextOfAStatus(format: String) async throws {
        let skipped = #"{"count":1,"reason":"ParsingError","sourceColumnName":"a","samples":["Qzxw1"]}"#
        let body =
            #"{"importId":"\#(Tool.importID)","importStatus":"Failed","errorsDetails":[{"name":"E","description":"Qzxw1 is bad"}],"detailedReport":{"#
            + #""blockType":"List","summary":{"insertedCount":0,"updatedCount":0,"deletedCount":0,"skippedCount":1},"impactedBlocks":[{"blockId":"x","#
            + #""insertedCount":0,"updatedCount":0,"deletedCount":0,"skippedData":[\#(skipped)]}]}}"#
        let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)
        for command in [["status", Tool.importID], ["trigger", "-c", Tool.configuration]] {
            let answer: [ScriptStep] = [.readHead, .answer("200 OK", body: body)]
            let scripts = command[0] == "status" ? [answer] : [[.readHead, accepted], answer]
            try await withScriptedServer(scripts: scripts) { server in
                let arguments = command + ["--base-url", "http://127.0.0.1:\(server.port)", "--redact", "--format", format]
                let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
                #expect(ending.status == 4, "\(ending.everything)")
                #expect(!ending.everything.contains("Qzxw"), "\(ending.everything)")
            }
        }
    }

    /// The history of pushes quotes no cell, whatever the ledger keeps.
    @Test(arguments: ["human", "json", "jsonl"]) func noTextOfTheHistory(format: String) async throws {
        let scratch = try Scratch()
        try scratch.write("id,amount\nQzxw1,Qzxw84608\nQzxw2,5\n", to: "in.csv")
        try scratch.write(
            "version: 1\ncolumns: [{name: id, type: text}, {name: amount, type: number}]\ngate: {max-skipped: 1}\n", to: "p.yaml")
        let script =
            "$PREFLIGHT rehearse in.csv -p p.yaml --ledger l.jsonl --ledger-samples -q > /dev/null 2>&1; grep -c Qzxw l.jsonl; "
            + "$PREFLIGHT history --ledger l.jsonl --format \(format) > out; wc -l < out | tr -d ' ' | grep -vc '^0$'; grep -c -e Qzxw -e 84608 out"
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.output == "1\n1\n0\n", "\(ending.everything)")
    }

    /// The server quotes cells in its report, and what it was sent in an error.
    @Test func everyTextOfTheServer() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\nQzxw1,2\n", to: "in.csv")
        let skipped = #"{"count":1,"reason":"ParsingError","sourceColumnName":"a","samples":["Qzxw1"]}"#
        let body =
            #"{"importId":"\#(Tool.importID)","importStatus":"Completed","errorsDetails":[{"name":"E","description":"Qzxw1 is bad"}],"detailedReport":{"#
            + #""blockType":"List","summary":{"insertedCount":0,"updatedCount":0,"deletedCount":0,"skippedCount":1},"impactedBlocks":[{"blockId":"x","#
            + #""insertedCount":0,"updatedCount":0,"deletedCount":0,"skippedData":[\#(skipped)]}]}}"#
        let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)
        for format in ["human", "json"] {
            try await withScriptedServer(scripts: [[.readHead, .readWholeBody, accepted], [.readHead, .answer("200 OK", body: body)]]) {
                server in
                let arguments = Tool.pushArguments(file, port: server.port, more: ["--redact", "--format", format])
                let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
                #expect(ending.status == 3, "\(ending.everything)")
                #expect(!ending.everything.contains("Qzxw"), "\(ending.everything)")
            }
            try await withScriptedServer(scripts: [[.readHead, .readWholeBody, .answer("400 Bad Request", body: "no Qzxw1 here")]]) {
                server in
                let arguments = Tool.pushArguments(file, port: server.port, more: ["--redact", "--format", format])
                let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
                #expect(!ending.everything.contains("Qzxw"), "\(ending.everything)")
            }
        }
    }
}

/// `--select`, `--ignore` and `rules`, as a user runs them.
@Suite("Findings are chosen", .timeLimit(.minutes(30)))
struct RulesCommandTests {
    @Test(arguments: [
        ("$PREFLIGHT check in.csv -q --ignore PF204; echo $?", "0\n"),
        ("$PREFLIGHT check in.csv -q --ignore too-few-fields; echo $?", "0\n"),
        ("$PREFLIGHT check in.csv -q --ignore PF206,PF20; echo $?", "0\n"), ("$PREFLIGHT check in.csv -q --select PF4; echo $?", "0\n"),
        ("$PREFLIGHT check in.csv --ignore PF2 | grep Ignored", "  Ignored: PF204 (1), PF206 (1)\n"),
        ("$PREFLIGHT check in.csv -q --ignore PF2O4 2>&1 | grep -o 'Did you mean PF204'; echo $?", "Did you mean PF204\n0\n"),
        ("$PREFLIGHT check in.csv --ignore PF0 > /dev/null 2>&1; echo $?", "64\n"),
        ("$PREFLIGHT check in.csv --select PF0 -q; echo $?", "0\n"),
        ("$PREFLIGHT check in.csv -q -p p.yaml; echo $?", "0\n"),
        (
            "$PREFLIGHT profile lint bad.yaml 2> /dev/null | grep -o ':3:9: error: \"rules\": \"PF999\" is not a finding code'",
            ":3:9: error: \"rules\": \"PF999\" is not a finding code\n"
        ),
        ("$PREFLIGHT check in.csv -q -p bad.yaml 2> /dev/null; echo $?", "2\n"),
        ("$PREFLIGHT check in.csv -q --ignore PF206 --quarantine bad.csv; cat bad.csv", "a,b\n3\n"),
    ])
    func asTheyShould(script: String, output: String) async throws {
        let scratch = try Scratch()
        try scratch.write("a,b\n1,2\n3\n\n4,5\n", to: "in.csv")
        let columns = "version: 1\ncolumns: [{name: a, type: text}, {name: b, type: text}]\n"
        try scratch.write(columns + "rules: {PF204: ignore}\n", to: "p.yaml")
        try scratch.write(columns + "rules: {PF999: ignore}\n", to: "bad.yaml")
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.output == output, "\(ending.everything)")
    }
}
