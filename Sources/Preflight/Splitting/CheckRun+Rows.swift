package import ByteSources

extension CheckRun {
    /// Reads an opened file to its end and judges it. On the way its rows are written into two files, if there is a splitter, and the cells with findings
    /// are listed, if there is a list.
    package static func check(
        _ file: InputFile, options: CheckOptions, splitter: RowSplitter?, cells: CellList? = nil,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> Report {
        try read(file, options: options, digest: nil, receivers: receivers(splitter, cells), progress: progress).report
    }

    /// The same for a file that can be sent if the gate allows it.
    package static func check(
        _ file: InputFile, options: CheckOptions, digest: some StreamDigest, splitter: RowSplitter?, cells: CellList? = nil,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> CheckedFile {
        try read(file, options: options, digest: digest, receivers: receivers(splitter, cells), progress: progress)
    }

    private static func receivers(_ splitter: RowSplitter?, _ cells: CellList?) -> [any MarkReceiver] {
        let all: [(any MarkReceiver)?] = [splitter, cells.map { CellFinder($0) }]
        return all.compactMap(\.self)
    }
}
