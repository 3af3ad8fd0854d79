import SeededRandom

extension SeededGenerator {
    /// What a tokenizer may stumble over, in an order that makes no sense; each input prefers some of it.
    mutating func soup(byteCount: Int) -> [UInt8] {
        let alphabet: [[UInt8]] = [
            [0x2C], [0x3B], [0x22], [0x22], [0x22, 0x22], [0x27], [0x0D], [0x0A], [0x0D, 0x0A], [0x61], [0x30], [0xC3, 0xA9], [0xFF],
            [0x00], [0x20],
        ]
        let favourites = (0..<4).map { _ in alphabet[below(alphabet.count)] }
        var bytes: [UInt8] = []
        while bytes.count < byteCount { bytes += below(3) == 0 ? favourites[below(4)] : alphabet[below(alphabet.count)] }
        return bytes
    }

    /// Rows with long fields, many fields, quoted line ends, CRLF and damage here and there.
    mutating func longRows(byteCount: Int) -> [UInt8] {
        let text: [[UInt8]] = [[0x61], [0x30], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0x0D], [0x00], [0xE2, 0x82], [0xFF], [0x22], [0x20]]
        var bytes: [UInt8] = []
        while bytes.count < byteCount {
            for _ in 0...below(below(4) == 0 ? 60 : 6) {
                let isQuoted = below(4) == 0
                let damage = below(6) == 0 ? text.count : 4
                if isQuoted { bytes.append(0x22) }
                for _ in 0..<below(below(4) == 0 ? 120 : 8) {
                    if isQuoted, below(8) == 0 {
                        bytes += [[0x22, 0x22], [0x0A], [0x0D, 0x0A], [0x2C]][below(4)]
                    } else {
                        bytes += text[below(damage)]
                    }
                }
                if isQuoted { bytes.append(0x22) }
                bytes.append(0x2C)
            }
            if below(2) == 0 { bytes.removeLast() }
            bytes += below(2) == 0 ? [0x0A] : [0x0D, 0x0A]
        }
        if below(2) == 0 { bytes.removeLast(below(bytes.count + 1)) }
        return bytes
    }
}
