import Testing

@testable import Preflight

/// Where a finding is shown to be: the lines of its examples, each of which begins at the example's byte offset.
func lines(of code: String, in text: String, options: CheckOptions = CheckOptions()) -> [Int] {
    let bytes = Array(text.utf8)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    let examples = steadyReport(on: bytes, options: options).findings.filter { $0.code == code }.flatMap(\.examples)
    return examples.map { starts[$0.place.line - 1] == $0.place.byteOffset ? $0.place.line : -$0.place.line }
}
