/// Measured numbers as people read them: three figures, since the fourth is noise, and digits grouped.
package enum Figures {
    /// For instance `0.012`, `1.24`, `31.4`, `12 345`; not negative.
    package static func text(_ number: Double) -> String {
        guard number.isFinite, number < 1e15 else { return "-" }
        let decimals = number < 0.9995 ? 3 : number < 9.995 ? 2 : number < 99.95 ? 1 : 0
        let factor = [1, 10, 100, 1_000][decimals]
        let scaled = Int((number * Double(factor)).rounded())
        guard decimals > 0 else { return scaled.grouped }
        let fraction = String(scaled % factor)
        return "\(scaled / factor)." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }

    /// A dash where nothing was measured.
    package static func text(_ number: Double?) -> String {
        number.map { text($0) } ?? "-"
    }

    /// For instance `310 ms`, `12.5 s`, `2 min 5 s`, `3 h 28 min`.
    package static func text(_ duration: Duration) -> String {
        let seconds = duration.inSeconds
        if seconds < 0.9995 { return "\(text(seconds * 1_000)) ms" }
        if seconds < 59.95 { return "\(text(seconds)) s" }
        let whole = Int(seconds.rounded())
        if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
        let minutes = Int((seconds / 60).rounded())
        return "\((minutes / 60).grouped) h \(minutes % 60) min"
    }
}

extension Duration {
    /// As a fraction, for rates.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
