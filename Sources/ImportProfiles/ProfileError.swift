/// Why a profile cannot be used: all its mistakes, in the order of the file.
public struct ProfileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Never empty.
    public let mistakes: [ProfileMistake]

    package init(_ mistakes: [ProfileMistake]) {
        self.mistakes = mistakes.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// One mistake per line.
    public var description: String {
        mistakes.map(\.description).joined(separator: "\n")
    }
}

/// One mistake in a profile, with its place.
public struct ProfileMistake: Sendable, Equatable, CustomStringConvertible {
    /// The profile's name, safe to print.
    public let file: String
    /// Counts from 1.
    public let line: Int
    /// Counts from 1, in Unicode scalars.
    public let column: Int
    /// What is wrong and what to write instead; safe to print. Of several lines only where lines to choose from follow.
    public let message: String

    /// `profile.yaml:3:9: message`.
    public var description: String {
        "\(file):\(line):\(column): \(message)"
    }

    /// `profile.yaml:3:9: warning: message`, as editors read it.
    package func described(as kind: String) -> String {
        "\(file):\(line):\(column): \(kind): \(message)"
    }
}
