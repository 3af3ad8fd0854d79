import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Which items a file gives, and which files are refused.
@Suite(.computing) struct ItemsFileTests {
    private static func items(_ text: String, path: String, column: String? = nil) throws(ItemsFile.Failure) -> [String] {
        try ItemsFile.items(in: Array(text.utf8), path: path, column: column).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        ("Name\nA\nB\n", ["A", "B"]), ("Name\r\nA\r\nB", ["A", "B"]), ("\u{FEFF}Name\nA\n", ["A"]), ("\n\r\nName\n\nA\n\n", ["A"]),
        ("Name,Group\nA,x\n,y\nB;C,z\n", ["A", "B;C"]), ("Name;Group\nA;x\nB,C;z\n", ["A", "B,C"]), ("Name\tGroup\nA;B\tx\n", ["A;B"]),
        ("\"Name; unit\",Group\nA;1,x\n", ["A;1"]), ("\"Na\"\"me;\"\"\",Group\nA,x\n", ["A"]),
        ("Name\n\"5\"\" pipe\"\n\"A,B\"\n\"two\nlines\"\n", ["5\" pipe", "A,B", "two\nlines"]), ("Name\n\"\"\n\"\"\"\"\n", ["\""]),
        ("Name\n A \n' B'\n", [" A ", "' B'"]),
    ])
    func firstColumnOfACSVFile(text: String, items: [String]) throws {
        #expect(try Self.items(text, path: "list.csv") == items)
    }

    /// A row longer than the program keeps of a checked file, and more than one chunk.
    @Test func longItems() throws {
        let long = String(repeating: "x", count: 3 << 20)
        #expect(try Self.items("Name,Group\n\"\(long)\",a\nB,\(long)\nC,\(long)", path: "list.csv") == [long, "B", "C"])
    }

    /// In other files a quote is a letter.
    @Test func lines() throws {
        #expect(try Self.items("5\" pipe\n\"A\"\r\nB,C\n", path: "list.txt") == ["5\" pipe", "\"A\"", "B,C"])
    }

    /// Lines as old Macs end them: no file is one item with line ends in it.
    @Test(arguments: ["A\rB\rC", "A\rB\rC\r", "\u{FEFF}A\r\rB\rC\r", "A\rB\nC\r\n"])
    func carriageReturns(text: String) throws {
        #expect(try Self.items(text, path: "list.txt") == ["A", "B", "C"])
    }

    @Test func tablesWithCarriageReturns() throws {
        #expect(try Self.items("Name,Code\rFrance,FR\r\"two\rlines\",X\r", path: "list.csv", column: "Code") == ["FR", "X"])
        #expect(try Self.items("Name\rA\rB", path: "list.csv") == ["A", "B"])
    }

    @Test(arguments: [
        ("Name\n5\" pipe\n6\" pipe\nbolt\n", "lists/a.csv, line 2: a quote inside an unquoted field"),
        ("Name\nA\n\n\"two\nlines\"\n6\" pipe\n", "lists/a.csv, line 6: a quote inside an unquoted field"),
        ("Na\"me\nA\n", "lists/a.csv, line 1: a quote inside an unquoted field"),
        ("Name,Note\nA,5\" pipe\n", "lists/a.csv, line 2: a quote inside an unquoted field"),
        ("Name\nA\n\"B\" x\n", "lists/a.csv, line 3: text after a closing quote"),
        ("Name\nA\n\"B\nC\nD\n", "lists/a.csv, line 3: a quoted field is never closed"),
        ("Name\rA\rB\n", "lists/a.csv, line 1: a carriage return without a line feed"),
        ("Name\n", "lists/a.csv has no item"), ("", "lists/a.csv has no item"), ("\n\r\n", "lists/a.csv has no item"),
    ])
    func refused(text: String, message: String) throws {
        let failure = try #require(throws: ItemsFile.Failure.self) { try Self.items(text, path: "lists/a.csv") }
        #expect(failure.fileMessage?.hasPrefix(message) == true, "\(failure)")
    }

    @Test func pathIsShownEscaped() throws {
        let failure = try #require(throws: ItemsFile.Failure.self) { try Self.items("", path: "\u{1b}[31m.csv") }
        #expect(failure.fileMessage?.hasPrefix("\\u{1b}[31m.csv has no item") == true)
    }

    // MARK: A named column

    /// The file is CSV whatever its name; rows without the column have no item.
    @Test(arguments: [
        ("Name,Code\nFrance,FR\nGermany,DE\n", "a.csv", ["FR", "DE"]), ("Name;Code;X\nFrance;FR;1\nGermany\nItaly;;2\n", "a.csv", ["FR"]),
        ("Code\tName\nFR\tFrance\n", "a.tsv", ["FR"]), ("\u{FEFF}\"Code\",Name\n\"F\"\"R\",x", "a", ["F\"R"]),
        ("\n\nX,Code\n\n1,2", "a.csv", ["2"]),
    ])
    func namedColumn(text: String, path: String, items: [String]) throws {
        #expect(try Self.items(text, path: path, column: "Code") == items)
    }

    @Test(arguments: [
        ("Name,code\nFrance,FR\n", "has no \"Code\": did you mean \"code\"?"), ("Name,CODE\n1,2\n", "did you mean \"CODE\"?"),
        ("Name,Cod\n1,2\n", "did you mean \"Cod\"?"), ("Name,Nummer\n1,2\n", "it begins with \"Name\""),
        ("Name,Code\u{1b}\n1,2\n", "did you mean \"Code\\u{1b}\"?"), ("Code,Code\n1,2\n", "has \"Code\" more than once"),
    ])
    func namedColumnThatIsNotThere(text: String, message: String) throws {
        let failure = try #require(throws: ItemsFile.Failure.self) { try Self.items(text, path: "a.csv", column: "Code") }
        guard case .column(let found) = failure else {
            Issue.record("\(failure)")
            return
        }
        #expect(found.hasPrefix("the header of a.csv has"))
        #expect(found.contains(message), "\(found)")
    }

    @Test(arguments: ["", "\n\n", "Code\n", "Name,Code\nFrance\n", "Code\n\"\"\n"])
    func namedColumnWithoutItems(text: String) throws {
        let failure = try #require(throws: ItemsFile.Failure.self) { try Self.items(text, path: "a.csv", column: "Code") }
        #expect(failure == .file("a.csv has no item: every value would be unknown"))
    }
}

extension ItemsFile.Failure {
    fileprivate var fileMessage: String? {
        if case .file(let message) = self { message } else { nil }
    }
}
