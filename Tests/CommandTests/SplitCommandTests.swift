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
