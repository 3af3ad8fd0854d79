import Preflight
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import PreflightReports
@testable import SafeText

@Suite(.computing) struct BenchReportTests {
    @Test func text() {
        #expect(
            BenchText(style: .plain).text(for: SampleMeasurement.gzip, rates: SampleMeasurement.rates) == """
                plan.csv.gz
                  100.0 MB (20.0 MB as gzip), 1,000,000 rows, 8 columns, 8,000,008 fields
                  preflight \(ToolVersion.current), kernel avx2, 5 rounds after one to warm up

                stage                      min ms  median ms  max ms  CPU ms   MB/s       rows/s  ns/field  x read  peak so far
                read                         4.00       5.00    10.0    4.00  4,000  200,000,000     0.625    1.00      12.0 MB
                inflate                       200        250     500     240    400    4,000,000      31.2    50.0      13.0 MB
                scan + UTF-8                  240        300     600     300    333    3,333,333      37.5    60.0      16.0 MB
                judge                         320        400     800     390    250    2,500,000      50.0    80.0      17.0 MB
                judge, 2 threads              224        280     560     410    357    3,571,429      35.0    56.0      20.0 MB
                judge + digest, 2 threads     400        500   1,000     700    200    2,000,000      62.5     100      20.0 MB

                Each stage reads the file from its beginning and does what the stages above it do; rates are by the median.
                UTF-8 is checked in the same pass that finds rows and fields.
                MB/s of the stage read counts compressed bytes, of all other stages decompressed bytes.
                The digest is computed only before a push, to prove that the bytes sent are those that were checked.

                A push sends 100.0 MB after the check; the answer and the import take additional time:
                  at           check  sending  together  bound by
                  5.0 MB/s    500 ms   20.0 s    20.5 s   network
                  200.0 MB/s  500 ms   500 ms    1.00 s   network

                """)
    }

    /// The judging of the sample takes 400 ms.
    @Test(arguments: [(400, nil), (330, nil), (190, "Doubtful: checking on one thread had a processor for only 48% of the time.")])
    func doubt(processorMilliseconds: Int, warning: String?) {
        var report = SampleMeasurement.gzip
        report.stages[3].processorTime = .milliseconds(processorMilliseconds)
        let text = BenchText(style: .plain).text(for: report, rates: [])
        #expect(text.contains(warning ?? "Doubtful") == (warning != nil))
    }

    @Test func textOfNothing() {
        let lines = BenchText(style: .plain).text(for: SampleMeasurement.nothing, rates: []).split(separator: "\n")
        #expect(lines.contains("read    0.000      0.000   0.000   0.000     -       -         -       -       1.0 MB"))
        #expect(!lines.contains { $0.hasPrefix("A push") })
    }

    @Test func document() {
        let exit = ExitSummary(status: 0, reason: "Done.")
        let document = BenchJSON.document(SampleMeasurement.gzip, rates: SampleMeasurement.rates, exit: exit)
        #expect(
            Self.keys(document) == ["version", "tool", "input", "totals", "kernel", "rounds", "stages", "push", "exit"])
        guard case .array(let stages) = document["stages"], case .array(let push) = document["push"] else {
            Issue.record("no lists")
            return
        }
        #expect(
            stages[1].text(isPretty: false)
                == #"{"stage":"inflate","threads":1,"seconds":{"min":0.2,"median":0.25,"max":0.5},"cpuSeconds":0.24,"#
                + #""bytesPerSecond":400000000.0,"rowsPerSecond":4000000.0,"nanosecondsPerField":31.24996875003125,"#
                + #""timesRead":50.0,"peakBytesSoFar":13000000}"#)
        #expect(stages[0]["bytesPerSecond"] == .double(4e9))
        #expect(stages[4]["threads"] == .int(2))
        #expect(
            push.map { $0.text(isPretty: false) } == [
                #"{"bytesPerSecond":5000000,"checkSeconds":0.5,"sendingSeconds":20.0,"seconds":20.5,"boundBy":"network"}"#,
                #"{"bytesPerSecond":200000000,"checkSeconds":0.5,"sendingSeconds":0.5,"seconds":1.0,"boundBy":"network"}"#,
            ])
    }

    @Test func documentOfNothing() {
        let document = BenchJSON.document(SampleMeasurement.nothing, rates: [], exit: ExitSummary(status: 0, reason: "Done."))
        guard case .array(let stages) = document["stages"] else {
            Issue.record("no list")
            return
        }
        for key in ["bytesPerSecond", "rowsPerSecond", "nanosecondsPerField", "timesRead"] { #expect(stages[1][key] == .null) }
    }

    private static func keys(_ document: JSONValue) -> [String] {
        guard case .object(let members) = document else { return [] }
        return members.map(\.key)
    }
}
