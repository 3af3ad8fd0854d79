package import SafeText

/// Import configurations with their IDs: the result of `preflight configurations`.
package struct ConfigurationsText: Sendable {
    /// A line: path, ID and type of block, safe to print.
    package struct Line: Sendable {
        package var path: String
        package var id: String
        package var type: String

        package init(path: String, id: String, type: String) {
            (self.path, self.id, self.type) = (path, id, type)
        }
    }

    /// The service, safe to print.
    private let service: String
    /// When they were looked up, safe to print.
    private let time: String
    private let age: String

    package init(service: String, time: String, age: String) {
        (self.service, self.time, self.age) = (service, time, age)
    }

    /// For people. IDs come first: they have one width.
    package func text(_ lines: [Line]) -> String {
        let rows = lines.map { "\($0.id)  \($0.path)\($0.type.isEmpty ? "" : "  (\($0.type))")\n" }
        return rows.joined() + "\(lines.count.counted("configuration")) of \(service), looked up \(age)\n"
    }

    /// The document of `--format json`.
    package func document(_ configurations: [JSONValue]) -> JSONValue {
        .object(
            JSONReport.heading + [
                .init("service", .string(service)), .init("time", .string(time)), .init("configurations", .array(configurations)),
            ])
    }
}
