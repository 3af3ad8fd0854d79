extension Int: CodedValue {
    package static var blank: Int { 0 }
    package mutating func code(_ coder: inout StateCoder) { coder.modest(&self) }
}

extension Int32: CodedValue {
    package static var blank: Int32 { 0 }
    package mutating func code(_ coder: inout StateCoder) { coder.signed(&self) }
}

extension Int128: CodedValue {
    package static var blank: Int128 { 0 }
    package mutating func code(_ coder: inout StateCoder) { coder.signed(&self) }
}

extension UInt8: CodedValue {
    package static var blank: UInt8 { 0 }
    package mutating func code(_ coder: inout StateCoder) { coder.byte(&self) }
    package static func code(list: inout [UInt8], _ coder: inout StateCoder) { coder.text(&list) }
}

extension UInt16: CodedValue {
    package static var blank: UInt16 { 0 }
    package mutating func code(_ coder: inout StateCoder) { coder.number(&self) }
}

extension UInt32: CodedValue {
    package static var blank: UInt32 { 0 }
    package mutating func code(_ coder: inout StateCoder) { coder.number(&self) }
}

extension UInt64: CodedValue {
    package static var blank: UInt64 { 0 }
    package mutating func code(_ coder: inout StateCoder) { coder.number(&self) }
}

extension UInt128: CodedValue {
    package static var blank: UInt128 { 0 }
    package mutating func code(_ coder: inout StateCoder) { coder.number(&self) }
}

extension Bool: CodedValue {
    package static var blank: Bool { false }
    package mutating func code(_ coder: inout StateCoder) {
        var byte: UInt8 = self ? 1 : 0
        coder.byte(&byte)
        if byte > 1 { coder.fail() }
        self = byte == 1
    }
}

extension String: CodedValue {
    package static var blank: String { "" }
    package mutating func code(_ coder: inout StateCoder) {
        var bytes = Array(utf8)
        coder.text(&bytes)
        if coder.isReading { self = String(decoding: bytes, as: UTF8.self) }
    }
}

extension Array: CodedState, CodedValue where Element: CodedValue {
    package static var blank: [Element] { [] }
    package mutating func code(_ coder: inout StateCoder) { Element.code(list: &self, &coder) }
}

extension Optional: CodedState, CodedValue where Wrapped: CodedValue {
    package static var blank: Wrapped? { nil }
    package mutating func code(_ coder: inout StateCoder) {
        coder.optional(&self, blank: Wrapped.blank) { coder, value in value.code(&coder) }
    }
}

extension Dictionary: CodedState, CodedValue where Key: CodedValue, Value: CodedValue {
    package static var blank: [Key: Value] { [:] }
    package mutating func code(_ coder: inout StateCoder) {
        coder.table(&self, blank: Value.blank) { coder, value in value.code(&coder) }
    }
}

extension Set: CodedState, CodedValue where Element: CodedValue {
    package static var blank: Set<Element> { [] }
    package mutating func code(_ coder: inout StateCoder) {
        var elements = Dictionary(uniqueKeysWithValues: map { ($0, true) })
        coder.table(&elements, blank: true) { _, _ in }
        if coder.isReading { self = Set(elements.keys) }
    }
}

extension ClosedRange: CodedState, CodedValue where Bound == Int {
    package static var blank: ClosedRange<Int> { 0...0 }
    package mutating func code(_ coder: inout StateCoder) {
        var (lower, length) = (lowerBound, UInt64(upperBound - lowerBound))
        coder(&lower)
        coder(&length)
        guard coder.isReading else { return }
        let (upper, overflow) = lower.addingReportingOverflow(Int(truncatingIfNeeded: length))
        if overflow || upper < lower { coder.fail() }
        self = lower...Swift.max(lower, overflow ? lower : upper)
    }
}

extension Range: CodedState, CodedValue where Bound == Int {
    package static var blank: Range<Int> { 0..<0 }
    package mutating func code(_ coder: inout StateCoder) {
        var (lower, length) = (lowerBound, UInt64(upperBound - lowerBound))
        coder(&lower)
        coder(&length)
        guard coder.isReading else { return }
        let (upper, overflow) = lower.addingReportingOverflow(Int(truncatingIfNeeded: length))
        if overflow || upper < lower { coder.fail() }
        self = lower..<Swift.max(lower, overflow ? lower : upper)
    }
}

extension VisibleText: CodedValue {
    package static var blank: VisibleText { VisibleText(text: "", byteCount: 0, isCut: false) }
    package mutating func code(_ coder: inout StateCoder) {
        var (text, byteCount, isCut) = (text, byteCount, isCut)
        coder(&text)
        coder(&byteCount)
        coder(&isCut)
        if coder.isReading { self = VisibleText(text: text, byteCount: byteCount, isCut: isCut) }
    }
}
