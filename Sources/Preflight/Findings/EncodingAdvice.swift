/// What to do about findings of the encoding, where that depends on what was said already: nothing advises what was done.
package enum EncodingAdvice {
    package static let nothing = "Nothing to do."
    package static let useWindows1252 =
        "Read it as Windows-1252 and send it as UTF-8: --encoding windows-1252 --transcode. Or export it as UTF-8."
    package static let addWindows1252 = "Add --encoding windows-1252: with --transcode it is then sent as UTF-8. Or export it as UTF-8."
    package static let exportAgain = "Export it as UTF-8. It does not look like Windows-1252 either."
    package static let exportParts = "It mixes UTF-8 with another encoding, as joined files do: export each part as UTF-8, then join them."
    package static let damaged = "Export it again, as UTF-8 if you can: the text is damaged there."
    package static let writeAgain = "Write the export again: NUL bytes are no text in any encoding that is known here."

    /// The texts that quote nothing of a file.
    package static let fixed: Set<String> = [
        nothing, useWindows1252, addWindows1252, exportAgain, exportParts, damaged, writeAgain,
    ]
}
