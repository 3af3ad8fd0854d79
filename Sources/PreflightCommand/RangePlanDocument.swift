import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// A plan as JSON: all that a process needs to check a range of a file, or to merge the partial results of all of them. `plan-v1.schema.json` describes it.
struct RangePlanDocument {
    /// The file's path, as the report shows it.
    var path: String
    var plan: RangePlan
    var columnNames: [String] = []
    var hasHeader = true
    /// Options of `check` that were given, as words of a command line.
    var words: [String] = []
    var profile: ProfileText?
    var totals: [Total] = []
    var countsColumns = false
    var mapsPositions = false
    var listsCells = false
    /// The day on which it is decided which columns the file may lack; `nil` if that depends on none.
    var day: CalendarDay?
    /// Whether ranges have the SHA-256 of their bytes.
    var hasDigests = false
    /// The SHA-256 of the document without this member.
    private(set) var digest: [UInt8] = []

    /// A profile with the item lists that it names.
    struct ProfileText {
        var path: String
        var text: String
        var items: [(path: String, text: String)] = []
    }

    /// A control total, and where it came from.
    struct Total {
        var key: String
        var value: String
        var origin: String
    }

    static let schemaVersion = 1
    /// More is no plan.
    private static let sizeLimit = 1 << 30

    /// The options of `check` that a plan records.
    struct Options {
        var input = InputOptions.usual
        var gate = GateOptions.usual

        /// Without the argument parser, which takes as long as reading some ten megabytes: see ``QuickOptions``.
        init?(_ words: [String]) {
            var rest = QuickWords(words[...])
            while let word = rest.next() {
                guard input.read(word, from: &rest) || gate.read(word, from: &rest) else { return nil }
            }
            guard (try? input.validate()) != nil, (try? gate.validate()) != nil else { return nil }
        }
    }

    // MARK: What it means

    /// The path as reports show it.
    var shownPath: String { VisibleText(path, limit: 4_000).text }

    /// Refuses reports that need what ranges do not collect.
    func refuseWhatIsNotCollected(_ reports: ReportOptions) throws(CommandFailure) {
        if reports.showColumns, !countsColumns {
            throw CommandFailure(
                .unable, "A report that was asked for shows what columns hold, which this plan does not collect: plan with --columns.")
        }
        if reports.showPositions, !mapsPositions {
            throw CommandFailure(
                .unable, "A report that was asked for shows where findings are, which this plan does not collect: plan with --positions.")
        }
        if reports.destinations.contains(where: { $0.format == .csv }), !listsCells {
            throw CommandFailure(
                .unable, "--report csv lists every cell and row with a finding, which this plan does not collect: plan with --cells.")
        }
    }

    func options() throws(CommandFailure) -> Options {
        guard var options = Options(words) else {
            throw CommandFailure(.unable, "The options of the plan cannot be read: \(VisibleText(words.joined(separator: " ")))")
        }
        options.input.profile = profile.map { FilePath($0.path) }
        return options
    }

    /// How ranges are judged.
    func plannedFile(
        threads: Int? = nil, memory: MemorySize? = nil, kernel: String? = nil, chunkBytes: Int? = nil
    ) throws(CommandFailure) -> PlannedFile {
        var given = try options()
        given.input.threads = threads
        if let memory { given.input.memory = memory }
        if let kernel { given.input.kernel = kernel }
        if let chunkBytes { given.input.chunkBytes = chunkBytes }
        var profile = try readProfile()
        // Not on the day of the worker, which may be another.
        if let day { profile?.settle(on: day) }
        var options = try given.input.checkOptions(profile: profile)
        options.findingRules = given.gate.rules(profile: options.profile)
        options.mapsPositions = mapsPositions
        options.countsColumns = countsColumns
        options.listsCells = listsCells
        do throws(Expectation.Mistake) {
            for total in totals {
                options.expectations.append(try Expectation(key: total.key, value: total.value, origin: total.origin))
            }
        } catch {
            throw CommandFailure(.unable, "A total of the plan cannot be read: \(error.message).")
        }
        return PlannedFile(plan, options: options)
    }

    /// What takes the bytes of a range; `nil` if their digest is not collected.
    var rangeDigest: SHA256Digest? { hasDigests ? SHA256Digest() : nil }

    func readProfile() throws(CommandFailure) -> Profile? {
        guard let profile else { return nil }
        do throws(ProfileError) {
            return try Profile(yaml: Array(profile.text.utf8), fileName: profile.path) { path throws(SmallFile.Refusal) in
                guard let items = profile.items.first(where: { $0.path == path }) else {
                    throw SmallFile.Refusal(message: "the plan does not have \(VisibleText(path).text)")
                }
                return Array(items.text.utf8)
            }
        } catch {
            throw CommandFailure(.unable, error)
        }
    }

    // MARK: JSON

    /// Sets the digest.
    mutating func seal() {
        digest = Self.digest(of: members)
    }

    var text: String {
        JSONValue.object(members + [.init("sha256", .string(ASCII.hexadecimal(digest)))]).text(isPretty: true) + "\n"
    }

    private static func digest(of members: [JSONValue.Member]) -> [UInt8] {
        var digest = SHA256Digest()
        digest.update(Array(JSONValue.object(members).text(isPretty: false).utf8).span)
        return digest.finalize()
    }

    private var members: [JSONValue.Member] {
        var coder = StateCoder()
        var coded = plan
        coder(&coded)
        let dialect = plan.dialect
        func sign(_ byte: UInt8) -> JSONValue { .string(String(Unicode.Scalar(byte))) }
        return [
            .init("plan", .int(Self.schemaVersion)),
            .init("preflight", .string(ToolVersion.current)),
            .init(
                "source",
                .members([
                    "path": .string(path), "bytes": .int(plan.storedByteCount), "compression": .string(plan.compression.rawValue),
                ])),
            .init(
                "dialect",
                .members([
                    "encoding": .string(dialect.encoding), "delimiter": sign(dialect.delimiter), "quote": sign(dialect.quote),
                    "header": .bool(hasHeader),
                ])),
            .init("columns", .array(columnNames.map(JSONValue.string))),
            .init("overlapBytes", .int(RangePlan.overlapByteCount)),
            .init(
                "ranges",
                .array(
                    (0..<plan.count).map { number in
                        let bytes = plan.storedBytes(of: number)
                        return .members(["from": .int(bytes.lowerBound), "to": .int(bytes.upperBound)])
                    })),
            .init(
                "collects",
                .members([
                    "columns": .bool(countsColumns), "positions": .bool(mapsPositions), "cells": .bool(listsCells),
                    "digests": .bool(hasDigests),
                ])),
            .init("options", .array(words.map(JSONValue.string))),
            .init(
                "totals",
                .array(totals.map { .members(["key": .string($0.key), "value": .string($0.value), "origin": .string($0.origin)]) })),
            .init("profile", profile.map(Self.json) ?? .null),
            .init("day", day.map { .string($0.description) } ?? .null),
            .init("beginning", .string(ASCII.hexadecimal(coder.bytes))),
        ]
    }

    private static func json(_ profile: ProfileText) -> JSONValue {
        .members([
            "path": .string(profile.path), "text": .string(profile.text),
            "items": .array(profile.items.map { .members(["path": .string($0.path), "text": .string($0.text)]) }),
        ])
    }

    /// Reads a plan.
    static func load(_ path: FilePath) throws(CommandFailure) -> RangePlanDocument {
        let bytes: [UInt8]
        do throws(SmallFile.Refusal) {
            bytes = try SmallFile.read(path: path, limit: sizeLimit)
        } catch {
            throw CommandFailure(.unable, "\(error.message).")
        }
        guard let value = try? JSONReader.value(of: bytes), let document = RangePlanDocument(value) else {
            throw CommandFailure(
                .unable, "\(path) is not a plan of this version of preflight, or it is damaged. Make it again: preflight plan FILE > PLAN")
        }
        return document
    }

    private init?(_ value: JSONValue) {
        func text(_ value: JSONValue?, _ key: String) -> String? { value?[key]?.string }
        guard value["plan"]?.count == Self.schemaVersion, text(value, "preflight") == ToolVersion.current,
            let path = text(value["source"], "path"), let words = value["options"]?.list?.compactMap(\.string),
            let names = value["columns"]?.list?.compactMap(\.string), let beginning = text(value, "beginning").flatMap(Self.bytes),
            let stated = text(value, "sha256").flatMap(Self.bytes), let hasHeader = value["dialect"]?["header"]?.bool
        else { return nil }
        var coder = StateCoder(reading: beginning)
        var plan = RangePlan.blank
        coder(&plan)
        guard coder.isAtEnd else { return nil }
        self.init(path: path, plan: plan)
        (columnNames, self.words, self.hasHeader) = (names, words, hasHeader)
        countsColumns = value["collects"]?["columns"]?.bool ?? false
        mapsPositions = value["collects"]?["positions"]?.bool ?? false
        listsCells = value["collects"]?["cells"]?.bool ?? false
        hasDigests = value["collects"]?["digests"]?.bool ?? false
        for total in value["totals"]?.list ?? [] {
            guard let key = text(total, "key"), let value = text(total, "value"), let origin = text(total, "origin") else { return nil }
            totals.append(Total(key: key, value: value, origin: origin))
        }
        if let text = text(value, "day") {
            guard let found = CalendarDay(argument: text) else { return nil }
            day = found
        }
        if let profile = value["profile"], profile != .null {
            guard let path = text(profile, "path"), let content = text(profile, "text") else { return nil }
            var read = ProfileText(path: path, text: content)
            for items in profile["items"]?.list ?? [] {
                guard let path = text(items, "path"), let content = text(items, "text") else { return nil }
                read.items.append((path, content))
            }
            self.profile = read
        }
        // Of what was read, whatever of it is used.
        guard case .object(let members) = value else { return nil }
        digest = Self.digest(of: members.filter { $0.key != "sha256" })
        guard digest == stated else { return nil }
    }

    init(path: String, plan: RangePlan) {
        (self.path, self.plan) = (path, plan)
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8]? {
        let digits = hexadecimal.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
            default: .max
            }
        }
        guard digits.count.isMultiple(of: 2), !digits.contains(.max) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
