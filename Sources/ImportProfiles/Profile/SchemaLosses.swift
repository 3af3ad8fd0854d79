import SafeText
import ValueFormats

/// What neither a Table Schema nor a data contract can say of a profile, a sentence for each; safe to print.
enum SchemaLosses {
    static func sentences(about profile: Profile) -> [String] {
        var losses: [String] = []
        if profile.gate != GatePolicy() { losses.append("the gate is left out") }
        if profile.rules != FindingRules() { losses.append("the rules for findings are left out") }
        if !profile.expectations.isEmpty { losses.append("the control totals are left out") }
        // What is settled for all columns is settled for each.
        if profile.columns.contains(where: { !$0.assume.isEmpty }) || profile.pivot.map({ !$0.values.assume.isEmpty }) == true {
            losses.append("which doubts are settled (assume) is left out")
        }
        return losses
    }

    static func note(_ column: ColumnProfile, lose: (String) -> Void) {
        if let since = column.since {
            lose("that a file may lack it before \(since)")
        } else if column.isOptional {
            lose("that a file may lack it")
        }
        if column.type == .date, column.date.years != nil { lose("which years are meant") }
    }
}
