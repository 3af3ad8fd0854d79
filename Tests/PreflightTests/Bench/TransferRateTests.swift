import Preflight
import TestSupport
import Testing

@testable import ByteSources

@Suite(.computing) struct TransferRateTests {
    @Test(arguments: [
        ("20MB/s", 20_000_000), ("1.5MB/s", 1_500_000), ("900kB/s", 900_000), ("1GB/s", 1_000_000_000), ("12 MB/s", 12_000_000),
        ("1B/s", 1), ("0.001kB/s", 1), (".5kB/s", 500), ("1000000GB/s", 1_000_000_000_000_000),
    ])
    func reads(text: String, bytesPerSecond: Int) {
        #expect(TransferRate(argument: text)?.bytesPerSecond == bytesPerSecond)
    }

    @Test(arguments: [
        "", "MB/s", " MB/s", "20", "20MB", "20 Mb/s", "20Mb/s", "20mb/s", "20KB/s", "0MB/s", "0.4B/s", "-5MB/s", "+5MB/s", "1e3MB/s",
        "0x1p4MB/s",
        "infMB/s", "nanMB/s", "1,5MB/s", "1.2.3MB/s", "5  MB/s", "5MB/s ", "²MB/s", "1000001GB/s", "20MB/sec",
    ])
    func refuses(text: String) {
        #expect(TransferRate(argument: text) == nil)
    }

    @Test(arguments: [("20MB/s", "20.0 MB/s"), ("900kB/s", "900.0 kB/s"), ("7B/s", "7 bytes/s")])
    func says(text: String, description: String) {
        #expect(TransferRate(argument: text)?.description == description)
    }

    @Test func boundByWhatTakesLonger() throws {
        let rate = try #require(TransferRate(argument: "10MB/s"))
        let slowLine = PushEstimate(rate: rate, check: .seconds(1), byteCount: 30_000_000)
        #expect(slowLine.sending == .seconds(3))
        #expect(slowLine.total == .seconds(4))
        #expect(slowLine.bound == .network)
        #expect(PushEstimate(rate: rate, check: .seconds(4), byteCount: 30_000_000).bound == .judging)
        #expect(PushEstimate(rate: rate, check: .seconds(3), byteCount: 30_000_000).bound == .network)
    }
}
