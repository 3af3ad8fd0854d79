package import Preflight
import SafeText

/// What an accepted file held: one line of a ``BaselineStore``.
package struct Baseline: Sendable, Equatable {
    /// How a file came to be one that others are compared with.
    package enum Origin: String, Sendable {
        /// A push of it was accepted.
        case push
        /// It was accepted with `preflight baseline accept`.
        case hand
    }

    package var time: UTCTime
    /// Of the push in the ledger, or its own.
    package var id: LedgerEntryID
    package var configuration: ConfigurationID
    /// The file as given, escaped.
    package var file: String
    package var origin: Origin
    package var statistics: FileStatistics

    package init(
        time: UTCTime, id: LedgerEntryID, configuration: ConfigurationID, file: String, origin: Origin, statistics: FileStatistics
    ) {
        (self.time, self.id, self.configuration) = (time, id, configuration)
        (self.file, self.origin, self.statistics) = (file, origin, statistics)
    }

    private static let version = 1
    private static let (accepted, forgotten) = ("accepted", "forgotten")

    /// As one line without its end.
    var line: String {
        JSONValue.object(
            Self.head(time, id, Self.accepted, configuration) + [.init("file", .string(file)), .init("by", .string(origin.rawValue))]
                + statistics.members
        ).text(isPretty: false)
    }

    /// The line that takes one back.
    static func forgetting(_ id: LedgerEntryID, of configuration: ConfigurationID, at time: UTCTime) -> String {
        JSONValue.object(head(time, id, forgotten, configuration)).text(isPretty: false)
    }

    private static func head(
        _ time: UTCTime, _ id: LedgerEntryID, _ event: String, _ configuration: ConfigurationID
    ) -> [JSONValue.Member] {
        [
            .init("v", .int(version)), .init("time", .string(time.description)), .init("id", .string(id.text)),
            .init("event", .string(event)), .init("configurationId", .string(configuration.text)),
        ]
    }

    /// What a line says.
    enum Reading {
        case accepted(Baseline)
        case forgotten(LedgerEntryID)
        /// It is cut, or something else wrote it, or a later version.
        case unreadable
    }

    static func read(_ line: [UInt8]) -> Reading {
        guard let document = try? JSONReader.value(of: line), document["v"]?.count == version,
            let time = document["time"]?.string.flatMap({ UTCTime($0) }), let id = document["id"]?.string.flatMap({ LedgerEntryID($0) }),
            let configuration = document["configurationId"]?.string.flatMap({ try? ConfigurationID($0) })
        else { return .unreadable }
        if document["event"]?.string == forgotten { return .forgotten(id) }
        guard document["event"]?.string == accepted, let file = document["file"]?.string,
            let origin = document["by"]?.string.flatMap({ Origin(rawValue: $0) }), let statistics = FileStatistics(document)
        else { return .unreadable }
        return .accepted(
            Baseline(time: time, id: id, configuration: configuration, file: file, origin: origin, statistics: statistics))
    }
}
