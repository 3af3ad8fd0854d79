import ByteSources
package import SafeText

/// A profile with what is known of its text besides: how it was read, and where.
package struct ProfileReading {
    package let profile: Profile
    /// Where each column is described.
    package let columnPlaces: [ProfileLocation]
    /// What was passed over of a Table Schema; of a profile, what was read in a way that may surprise.
    package let remarks: [ProfileMistake]

    /// Reads a profile, or a Table Schema or a data contract in its place.
    ///
    /// - Parameters:
    ///   - yaml: UTF-8, with or without a byte order mark, at most 4 MiB.
    ///   - fileName: for messages, already escaped.
    ///   - readItems: gives the content of an items file by the path that the profile names; called once per path.
    /// - Throws: every mistake that was found, in the order of the file.
    init(
        yaml: [UInt8], fileName: String, readItems: @escaping (String) throws(SmallFile.Refusal) -> [UInt8]
    ) throws(ProfileError) {
        let document = try ProfileDocument(yaml: yaml, fileName: fileName)
        let root = document.root
        let found: Profile?
        let mistakes: [ProfileMistake]
        if DataContractReader.isContract(root) {
            var reader = DataContractReader(fileName: fileName)
            var contract = reader.read(root)
            contract?.keys = reader.keys
            found = contract
            (mistakes, columnPlaces, remarks) = (reader.mistakes, reader.columnPlaces, reader.remarks)
        } else if TableSchemaReader.isSchema(root) {
            var reader = TableSchemaReader(fileName: fileName)
            var schema = reader.read(root)
            schema?.keys = reader.keys
            found = schema
            (mistakes, columnPlaces, remarks) = (reader.mistakes, reader.columnPlaces, reader.remarks)
        } else {
            var reader = ProfileReader(fileName: fileName, text: document.text, readItems: readItems)
            found = reader.read(root)
            (mistakes, columnPlaces, remarks) = (reader.mistakes, reader.columnPlaces, reader.remarks)
        }
        guard let found, mistakes.isEmpty else { throw ProfileError(mistakes) }
        profile = found
    }

    /// Reads a file and the items files it names, whose paths are relative to its folder. An unreadable file is a mistake as well.
    package init(path: FilePath) throws(ProfileError) {
        let fileName = path.description
        let bytes: [UInt8]
        do {
            bytes = try SmallFile.read(path: path, limit: Profile.sizeLimit)
        } catch {
            throw ProfileError([ProfileMistake(file: fileName, line: 1, column: 1, message: error.message)])
        }
        try self.init(yaml: bytes, fileName: fileName) { itemsPath throws(SmallFile.Refusal) in
            try SmallFile.read(path: path.sibling(FilePath(itemsPath)), limit: ItemsFile.sizeLimit)
        }
    }

    /// A remark on a column, at its place.
    ///
    /// - Parameters:
    ///   - name: of the column; empty for the whole profile.
    ///   - fileName: already escaped.
    package func remark(_ message: String, onColumn name: String, fileName: String) -> ProfileMistake {
        let place = zip(profile.columns, columnPlaces).first { !name.isEmpty && $0.0.name.utf8.elementsEqual(name.utf8) }?.1 ?? .start
        let subject = name.isEmpty ? "" : "\(NodeReader.quoted(name)): "
        return ProfileMistake(file: fileName, line: place.line, column: place.column, message: subject + message)
    }
}
