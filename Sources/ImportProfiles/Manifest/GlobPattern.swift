/// A path with wildcards, name by name: `*`, `?` and `[a-z]`, as a shell reads them.
package struct GlobPattern: Sendable, Equatable {
    /// The whole pattern.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether the pattern begins at the root.
    package var isAbsolute: Bool { text.hasPrefix("/") }

    /// The patterns of the names, from the top.
    package var names: [String] { text.split(separator: "/").map(String.init) }

    /// Whether a name is a pattern.
    package static func isPattern(_ name: String) -> Bool {
        name.utf8.contains { $0 == star || $0 == question || $0 == open }
    }

    /// Whether a name matches the pattern of a name. Names are compared byte by byte; `?` and a set take one character.
    package static func matches(_ name: String, pattern: String) -> Bool {
        // As in a shell: hidden files are named, not swept up.
        if name.utf8.first == dot, pattern.utf8.first != dot { return false }
        return matches(Array(name.unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
    }

    /// Goes back to the last star only, so the time is the product of the lengths at most.
    private static func matches(_ name: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
        var (name, pattern) = (name, pattern)
        var retry: (name: ArraySlice<Unicode.Scalar>, pattern: ArraySlice<Unicode.Scalar>)?
        while true {
            if pattern.first == "*" {
                pattern = pattern.dropFirst()
                retry = (name, pattern)
                continue
            }
            if name.isEmpty, pattern.isEmpty { return true }
            if let scalar = name.first, let rest = rest(of: pattern, taking: scalar) {
                (name, pattern) = (name.dropFirst(), rest)
                continue
            }
            guard let last = retry, !last.name.isEmpty else { return false }
            retry?.name = last.name.dropFirst()
            (name, pattern) = (last.name.dropFirst(), last.pattern)
        }
    }

    /// What is left of a pattern whose beginning takes a character; `nil` if it does not.
    private static func rest(of pattern: ArraySlice<Unicode.Scalar>, taking scalar: Unicode.Scalar) -> ArraySlice<Unicode.Scalar>? {
        guard let first = pattern.first else { return nil }
        if first == "?" { return pattern.dropFirst() }
        guard first == "[", let end = setEnd(pattern) else { return first == scalar ? pattern.dropFirst() : nil }
        var members = pattern[(pattern.startIndex + 1)..<end]
        let isNegated = members.first == "!" || members.first == "^"
        if isNegated { members = members.dropFirst() }
        return contains(members, scalar) != isNegated ? pattern[(end + 1)...] : nil
    }

    /// A bracket right after the first one is a member.
    private static func setEnd(_ pattern: ArraySlice<Unicode.Scalar>) -> Int? {
        var start = pattern.startIndex + 1
        if start < pattern.endIndex, pattern[start] == "!" || pattern[start] == "^" { start += 1 }
        guard start < pattern.endIndex else { return nil }
        return pattern[(start + 1)...].firstIndex(of: "]")
    }

    private static func contains(_ members: ArraySlice<Unicode.Scalar>, _ scalar: Unicode.Scalar) -> Bool {
        var index = members.startIndex
        while index < members.endIndex {
            if index + 2 < members.endIndex, members[index + 1] == "-" {
                if members[index] <= scalar, scalar <= members[index + 2] { return true }
                index += 3
            } else {
                if members[index] == scalar { return true }
                index += 1
            }
        }
        return false
    }

    private static let (star, question, open, dot) = (UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "."))
}
