import SafeText

/// The first members of a line as this version writes them, found without taking it apart.
///
/// ```
/// {"v":1,"time":"2026-01-31T23:59:59Z","id":"k3x9m2ab","event":"intent",…}
/// 0              15                  35      43      51         62
/// ```
struct LedgerLineHead {
    let entry: LedgerEntryID
    let time: UTCTime
    private let event: Event

    /// With the member that each such record has.
    private enum Event: String, CaseIterable {
        case intent = #"intent","kind":""#
        case outcome = #"outcome","outcome":""#
        case end = #"end","status":""#
        case reconciliation = #"reconciliation","#
        case settlement = #"settlement","settled":""#
        case retryFile = #"retry-file","sha256":""#

        /// A member at its end.
        var lastKey: String {
            switch self {
            case .intent: #""tool":""#
            case .outcome, .end, .settlement: ""
            case .reconciliation: #""rows":{"#
            case .retryFile: #""rows":"#
            }
        }
    }

    private static let (start, middle, end) = (Array(#"{"v":1,"time":""#.utf8), Array(#"","id":""#.utf8), Array(#"","event":""#.utf8))
    private static let events = Event.allCases.map { ($0, Array($0.rawValue.utf8), Array($0.lastKey.utf8)) }

    /// `nil` for any other line, also for one that is cut.
    init?(_ line: [UInt8]) {
        guard line.count > 64, line.last == UInt8(ascii: "}"), line[..<15].elementsEqual(Self.start),
            line[35..<43].elementsEqual(Self.middle), line[51..<62].elementsEqual(Self.end),
            let event = Self.events.first(where: { line[62...].starts(with: $0.1) }),
            let entry = LedgerEntryID(String(decoding: line[43..<51], as: UTF8.self)),
            let time = UTCTime(String(decoding: line[15..<35], as: UTF8.self))
        else { return nil }
        (self.entry, self.time, self.event) = (entry, time, event.0)
    }

    /// Whether it is an event with the digest of a content.
    var namesContent: Bool { event == .intent || event == .retryFile }
    var isIntent: Bool { event == .intent }
    /// Whether it says nothing about what became of the entry.
    var isDetail: Bool { event == .reconciliation || event == .retryFile }

    /// Whether the line can be read, and has the members that tell a record of its kind.
    func isRecord(_ line: [UInt8]) -> Bool {
        let key = Self.events.first { $0.0 == event }!.2
        return line.holds(key) && JSONReader.canRead(line)
    }
}
