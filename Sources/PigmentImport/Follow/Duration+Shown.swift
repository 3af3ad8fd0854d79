import ByteSources

extension Duration {
    /// For people: `50 ms`, `1.5 s`, `90 s`, `10 min`, `2 h 5 min`. Never less than it is by more than rounding, and never `0 s`.
    package var shown: String {
        let milliseconds = max(0, Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000))
        switch milliseconds {
        case 0: return "no time"
        case ..<1000: return "\(milliseconds) ms"
        case ..<10_000 where milliseconds % 1000 >= 100:
            return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
        default: break
        }
        let seconds = (milliseconds + 500) / 1000
        if seconds < 120 { return "\(seconds) s" }
        let minutes = seconds / 60
        if minutes < 60 { return "\(minutes) min" + (seconds % 60 == 0 ? "" : " \(seconds % 60) s") }
        return "\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
    }
}
