/// What one value says on how the column is to be read.
package enum ReadingEvidence: BitwiseCopyable {
    /// Read both ways, to different values.
    case both
    /// Read as the profile says, not the other way.
    case own
    /// Not read as the profile says, but the other way.
    case other
    /// The same both ways, or neither.
    case none

    /// Marks the shapes of values.
    package var letter: UInt8 {
        switch self {
        case .both: UInt8(ascii: "b")
        case .own: UInt8(ascii: "o")
        case .other: UInt8(ascii: "w")
        case .none: UInt8(ascii: "n")
        }
    }
}
