/// Writes the fields of a state one after the other, or reads them back in the same order. A state lists its fields once, for both.
///
///     mutating func code(_ coder: inout StateCoder) {
///         coder(&count)
///         coder(&examples)
///     }
///
/// Numbers have as many bytes as they need: seven bits in each, the lowest first, and the highest bit where more follow. Texts, lists and sections
/// have their length before them. A section has a name too, so that states which are not those of the reader are noticed and named.
///
/// Reading never fails on the way: after damage all numbers are 0 and all lists empty, and ``damage`` says where it was. No list takes more memory than
/// a small multiple of its bytes.
package struct StateCoder {
    /// What was written, or what is read.
    package private(set) var bytes: [UInt8]
    /// Where reading goes on.
    package private(set) var position = 0
    /// Whether values are read; otherwise they are written.
    package let isReading: Bool
    /// Why what follows cannot be read: the section it is in.
    package private(set) var damage: String?
    private var sections: [Section] = []
    /// How many things there are that the states which follow refer to by their number: see ``reference(_:)``.
    package var referentCount = 0

    private struct Section {
        var name: String
        /// Where its length is written, or where it has to end.
        var place: Int
    }

    /// Writes.
    package init() {
        bytes = []
        isReading = false
    }

    /// Reads.
    package init(reading bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
        isReading = true
    }

    /// Whether all bytes were read, without damage.
    package var isAtEnd: Bool { damage == nil && position == bytes.count }

    /// Nothing that follows can be read.
    package mutating func fail() {
        damage = damage ?? sections.last?.name ?? "beginning"
        position = bytes.count
    }

    // MARK: Bytes and numbers

    package mutating func byte(_ value: inout UInt8) {
        guard isReading else { return bytes.append(value) }
        guard position < bytes.count else {
            fail()
            return value = 0
        }
        value = bytes[position]
        position += 1
    }

    /// A number of any width.
    package mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_ value: inout Number) {
        guard isReading else {
            var rest = value
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            return bytes.append(UInt8(truncatingIfNeeded: rest))
        }
        value = 0
        var shift = 0
        while shift < Number.bitWidth {
            var next: UInt8 = 0
            byte(&next)
            value |= Number(truncatingIfNeeded: next & 0x7F) << Number(shift)
            if next < 0x80 { return }
            shift += 7
        }
        fail()
        value = 0
    }

    /// A number with a sign: 0, -1, 1, -2, 2 are written as 0, 1, 2, 3, 4.
    package mutating func signed<Number: FixedWidthInteger & SignedInteger>(_ value: inout Number)
    where Number.Magnitude: FixedWidthInteger & UnsignedInteger {
        var code = Number.Magnitude(truncatingIfNeeded: value << 1 ^ value >> (Number.bitWidth - 1))
        number(&code)
        if isReading { value = Number(truncatingIfNeeded: code >> 1) ^ -Number(truncatingIfNeeded: code & 1) }
    }

    /// The length of what follows, each part of which has a byte at least.
    private mutating func count(_ value: Int) -> Int {
        var count = UInt64(value)
        number(&count)
        guard isReading else { return value }
        guard count <= UInt64(bytes.count - position) else {
            fail()
            return 0
        }
        return Int(count)
    }

    /// Bytes as they are.
    package mutating func text(_ value: inout [UInt8]) {
        let count = count(value.count)
        guard isReading else { return bytes.append(contentsOf: value) }
        value = Array(bytes[position..<(position + count)])
        position += count
    }

    /// Bytes of which most are 0.
    package mutating func sparse(_ value: inout [UInt8]) {
        let places = value.indices.filter { value[$0] != 0 }
        let found = count(places.count)
        var last = -1
        guard isReading else {
            for place in places {
                var distance = UInt64(place - last)
                number(&distance)
                bytes.append(value[place])
                last = place
            }
            return
        }
        for index in value.indices { value[index] = 0 }
        for _ in 0..<found {
            var (distance, byte) = (UInt64(0), UInt8(0))
            number(&distance)
            self.byte(&byte)
            guard distance > 0, distance < UInt64(value.count - last) else { return fail() }
            last += Int(distance)
            value[last] = byte
        }
    }

    /// A count, a place, an index or a sum of them, either of which is far from what a number can hold: those of any number of ranges can be added.
    package mutating func modest(_ value: inout Int) {
        signed(&value)
        if isReading, value.magnitude > 1 << 60 {
            fail()
            value = 0
        }
    }

    /// The number of a thing that was written before, or -1 for none.
    package mutating func reference(_ number: inout Int) {
        signed(&number)
        if isReading, !(-1..<referentCount).contains(number) {
            fail()
            number = -1
        }
    }

    package mutating func references(_ numbers: inout [Int]) {
        each(&numbers) { coder, number in coder.reference(&number) }
    }

    // MARK: States

    package mutating func callAsFunction<State: CodedState>(_ state: inout State) {
        state.code(&self)
    }

    /// States that were made for the same columns: there are as many in what is read.
    package mutating func each<State: CodedState>(_ states: inout [State]) {
        each(&states) { coder, state in state.code(&coder) }
    }

    package mutating func each<State>(_ states: inout [State], _ body: (inout StateCoder, inout State) -> Void) {
        var count = UInt64(states.count)
        number(&count)
        guard count == UInt64(states.count) else { return fail() }
        for index in states.indices { body(&self, &states[index]) }
    }

    /// A list of any length.
    ///
    /// - Parameter blank: what each element is before it is read.
    package mutating func list<Element>(_ elements: inout [Element], blank: Element, _ body: (inout StateCoder, inout Element) -> Void) {
        let count = count(elements.count)
        guard isReading else {
            for var element in elements { body(&self, &element) }
            return
        }
        elements.removeAll(keepingCapacity: true)
        for _ in 0..<count where damage == nil {
            var element = blank
            body(&self, &element)
            elements.append(element)
        }
    }

    /// A value or none.
    ///
    /// - Parameter blank: what the value is before it is read.
    package mutating func optional<Value>(
        _ value: inout Value?, blank: @autoclosure () -> Value, _ body: (inout StateCoder, inout Value) -> Void
    ) {
        var isThere = value != nil
        self(&isThere)
        guard isThere else { return value = nil }
        var found = value ?? blank()
        body(&self, &found)
        value = found
    }

    /// Values by key, in the order of the keys' bytes.
    ///
    /// - Parameter blank: what each value is before it is read.
    package mutating func table<Key: CodedValue & Hashable, Value>(
        _ values: inout [Key: Value], blank: @autoclosure () -> Value, _ body: (inout StateCoder, inout Value) -> Void
    ) {
        let count = count(values.count)
        guard isReading else {
            // Lists of pairs would look for conformances of each kind of table when it is first written.
            var (keys, found) = ([[UInt8]](), [Value]())
            for (key, value) in values {
                keys.append(Self.bytes(of: key))
                found.append(value)
            }
            for index in keys.indices.sorted(by: { keys[$0].lexicographicallyPrecedes(keys[$1]) }) {
                bytes.append(contentsOf: keys[index])
                body(&self, &found[index])
            }
            return
        }
        values = [:]
        for _ in 0..<count where damage == nil {
            var (key, value) = (Key.blank, blank())
            key.code(&self)
            body(&self, &value)
            values[key] = value
        }
    }

    fileprivate static func bytes(of value: some CodedState) -> [UInt8] {
        var (coder, value) = (StateCoder(), value)
        value.code(&coder)
        return coder.bytes
    }

    /// One of a few values, by its raw value.
    package mutating func raw<Value: RawRepresentable>(_ value: inout Value) where Value.RawValue: CodedValue {
        var code = value.rawValue
        code.code(&self)
        guard isReading else { return }
        guard let found = Value(rawValue: code) else { return fail() }
        value = found
    }

    // MARK: Sections

    /// Begins a section; ``end()`` ends it.
    package mutating func begin(_ name: String) {
        var found = name
        self(&found)
        if isReading {
            sections.append(Section(name: name, place: bytes.count))
            if found != name { return fail() }
        }
        // Four bytes, so that the length can be filled in.
        let place = position
        var length: [UInt8] = [0, 0, 0, 0]
        for index in length.indices { byte(&length[index]) }
        guard isReading else { return sections.append(Section(name: name, place: bytes.count - 4)) }
        let count = length.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard damage == nil, place + 4 + count <= bytes.count else { return fail() }
        sections[sections.count - 1].place = place + 4 + count
    }

    /// Ends the section that was begun last.
    package mutating func end() {
        guard let section = sections.last else { return }
        if isReading {
            if position != section.place { fail() }
        } else {
            var count = UInt32(bytes.count - section.place - 4)
            for index in 0..<4 {
                bytes[section.place + index] = UInt8(truncatingIfNeeded: count)
                count >>= 8
            }
        }
        sections.removeLast()
    }
}

/// What can be written and read back, into a state that was made for the same file.
package protocol CodedState {
    /// Writes all fields that matter later, or reads them.
    mutating func code(_ coder: inout StateCoder)
}

/// A state that can be made from nothing.
package protocol CodedValue: CodedState {
    /// What it is before it is read.
    static var blank: Self { get }

    /// A list of them. Bytes are copied together.
    static func code(list: inout [Self], _ coder: inout StateCoder)
}

extension CodedValue {
    package static func code(list: inout [Self], _ coder: inout StateCoder) {
        coder.list(&list, blank: blank) { coder, value in value.code(&coder) }
    }
}
