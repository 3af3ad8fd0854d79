/// How often each letter follows another in a language: what tells encodings apart that have letters at the same bytes.
///
/// Counted in the translated messages of programs by `Tests/Encodings/count-pairs`; small letters only. The beginning and the end of a word are a letter,
/// too.
struct LetterPairs: Sendable {
    /// The logarithm of how likely a letter is that a language has in foreign words only.
    static let foreign = -9.4

    /// Of an ASCII letter of which nothing is known, and of one among letters of another script.
    static let (any, ofAnotherScript) = (-3.0, -5.0)

    /// Place of the beginning and the end of a word.
    static let edge = 0

    private let count: Int
    /// Places by scalar: the letters of all alphabets here are below U+0530. 255 for what the language does not have.
    private var places = [UInt8](repeating: 255, count: 0x530)
    /// Logarithms by first letter and second letter.
    private let logarithms: [Double]

    init(letters: String, levels: String) {
        let scalars = letters.unicodeScalars.map(\.value)
        count = scalars.count
        for (place, scalar) in scalars.enumerated() { places[Int(scalar)] = UInt8(place) }
        logarithms = levels.utf8.filter { $0 > 0x20 }.map { -0.105 * Double($0 < 0x5C ? $0 - 35 : $0 - 36) }
        precondition(logarithms.count == count * count, "a level for each pair of letters")
    }

    /// The place of a small letter; `nil` if the language does not have it.
    func place(of scalar: UInt32) -> Int? {
        guard scalar < places.count, places[Int(scalar)] != 255 else { return nil }
        return Int(places[Int(scalar)])
    }

    /// The logarithm of how likely the second letter is after the first.
    func logarithm(of second: Int, after first: Int) -> Double { logarithms[first * count + second] }
}
