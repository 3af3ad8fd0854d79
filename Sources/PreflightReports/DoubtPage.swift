import ImportProfiles
package import ValueFormats

/// The pages of the doubts, as `preflight explain` prints them, and their table. Both are made from ``Doubt``.
package enum DoubtPage {
    /// The page of one doubt in Markdown that reads well as plain text; the last line has its line end.
    package static func text(for doubt: Doubt) -> String {
        """
        # \(doubt.name)

        \(doubt.sentence) Whether Pigment accepts this is not public.

        Example: \(doubt.example)
        Types: \(types(of: doubt))

        ## At the gate

        A value with this doubt counts in the upper bound of the predicted skips. With --allow-uncertain the gate compares the lower bound.

        ## What to do

        If you know what your import configuration does, settle the doubt in the profile, for all columns or inside one:

            assume: {\(doubt.name): accepted}

        "rejected" predicts that such a value fails. A value with several doubts is accepted only if all of them are (assumed).

        """
    }

    /// All doubts as a Markdown table; the last line has its line end.
    package static func table() -> String {
        let rows = Doubt.allCases.map { doubt in
            "| `\(doubt.name)` | \(doubt.sentence) | `\(doubt.example)` | \(types(of: doubt)) |\n"
        }
        return "| doubt | meaning | example | types |\n| --- | --- | --- | --- |\n" + rows.joined()
    }

    private static func types(of doubt: Doubt) -> String {
        ColumnType.allCases.filter { $0.kind.doubts.contains(doubt) }.map(\.rawValue).joined(separator: ", ")
    }
}
