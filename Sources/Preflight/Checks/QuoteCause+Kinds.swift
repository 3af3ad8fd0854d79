import ImportProfiles

extension QuoteCause {
    /// The position in the list of all causes.
    var index: Int {
        switch self {
        case .spaceBefore: 0
        case .backslash: 1
        case .formula: 2
        case .spaceAfter: 3
        case .quotedTwice: 4
        }
    }

    var kind: FindingKind {
        switch self {
        case .spaceBefore: .spaceBeforeQuote
        case .backslash: .backslashBeforeQuote
        case .formula: .quotedFormula
        case .spaceAfter, .quotedTwice: .textAfterClosingQuote
        }
    }

    /// What the message says of it, where its kind has several causes.
    var remark: String? {
        switch self {
        case .spaceBefore, .backslash, .formula: nil
        case .spaceAfter: "only spaces before the delimiter"
        case .quotedTwice: "two quotes on both sides: quoted twice"
        }
    }

    /// What to do in a file of some dialect.
    func help(_ remedy: FileRemedy = FileRemedy(), delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\"")) -> String {
        let command = sedScript(delimiter: delimiter, quote: quote).map { ": \(remedy.command($0))" } ?? ""
        return switch self {
        case .spaceBefore: "Remove the space\(command). Or export without a space after the delimiter."
        case .backslash:
            "Double the quotes\(command). Or export so: MySQL ESCAPED BY '\"', Spark option(\"escape\", \"\\\"\"), Python csv doublequote=True."
        case .formula: "Write the plain value in quotes\(command). Or export it so, without the formula."
        case .spaceAfter: "Remove the space\(command). Or export without a space before the delimiter."
        case .quotedTwice: "Write one quote on each side\(command). Or export without adding quotes: the writer of the CSV adds them."
        }
    }

    /// A command that corrects such quotes; `nil` where an apostrophe is the quote, which would end an argument of the shell.
    private func sedScript(delimiter: UInt8, quote: UInt8) -> String? {
        guard quote == UInt8(ascii: "\"") else { return nil }
        let fieldStart = delimiter == UInt8(ascii: "\t") ? #"(^|\t)"# : "(^|[\(String(Unicode.Scalar(delimiter)))])"
        switch self {
        case .spaceBefore: return #"sed -E 's/\#(fieldStart)[ \t]+"/\1"/g'"#
        case .backslash: return #"sed 's/\\"/""/g'"#
        // As a spreadsheet writes it, and as a library does that doubles the quotes of what it is given.
        case .formula:
            return #"sed -E 's/\#(fieldStart)"=""([^"]*)"""/\1"\2"/g; s/\#(fieldStart)="([^"]*)"/\1"\2"/g'"#
        case .spaceAfter:
            let sign = delimiter == UInt8(ascii: "\t") ? #"\t"# : "[\(String(Unicode.Scalar(delimiter)))]"
            let blanks = delimiter == UInt8(ascii: "\t") ? "[ ]+" : #"[ \t]+"#
            return #"sed -E 's/"\#(blanks)(\#(sign)|\r?$)/"\1/g'"#
        case .quotedTwice: return #"sed -E 's/\#(fieldStart)""([^"]+)""/\1"\2"/g'"#
        }
    }
}

extension FindingKind {
    static let spaceBeforeQuote = FindingKind(
        code: "PF219", slug: "space-before-quote", severity: .error, about: .rows,
        title: "Space between the delimiter and the opening quote",
        why: """
            A quote opens a field only directly after the delimiter (RFC 4180). After a space it is text: delimiters inside the quotes split \
            the field, and columns shift. Some readers skip the space; what an import does is undocumented.
            """,
        help: QuoteCause.spaceBefore.help(),
        message: { $0.counted("field", "has a space before its opening quote", "have a space before their opening quotes") })

    static let backslashBeforeQuote = FindingKind(
        code: "PF220", slug: "backslash-before-quote", severity: .error, about: .rows,
        title: "Quote is escaped with a backslash",
        why: """
            CSV escapes a quote in a quoted field by doubling it (RFC 4180). A backslash is text, so the quote after it closes the field. \
            MySQL, Spark and other programs escape with a backslash unless told otherwise.
            """,
        help: QuoteCause.backslash.help(),
        message: { $0.counted("field", "has a quote escaped with a backslash", "have quotes escaped with a backslash") })

    static let quotedFormula = FindingKind(
        code: "PF221", slug: "quoted-formula", severity: .error, about: .rows,
        title: "Value is written as a spreadsheet formula =\"…\"",
        why: """
            Programs write ="0012" so that a spreadsheet keeps leading zeros. CSV has no formulas: the equals sign and the quotes are part \
            of the value, and CSV readers disagree on quotes inside an unquoted field.
            """,
        help: QuoteCause.formula.help(),
        message: { $0.counted("field", "is written as a formula =\"…\"", "are written as formulas =\"…\"") })
}
