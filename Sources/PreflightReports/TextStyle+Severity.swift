package import ImportProfiles
package import SafeText

extension TextStyle.Ink {
    package init(_ severity: Severity) {
        switch severity {
        case .note: self = .note
        case .warning: self = .warning
        case .error: self = .error
        }
    }
}
