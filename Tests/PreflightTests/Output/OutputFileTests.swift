import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import SafeText

/// What a path names is never destroyed by writing to it.
@Suite(.computing) struct OutputFileTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func path(_ name: String) -> FilePath { FilePath(folder.path + "/" + name) }

    private func text(_ name: String) throws -> String {
        String(decoding: try SmallFile.read(path: path(name), limit: 1 << 20), as: UTF8.self)
    }

    private func replace(_ name: String, inputs: [FilePath] = [], with text: String = "new") throws {
        try OutputFile(path: path(name), collision: .replace, inputs: inputs).write(text)
    }

    private func attributes(_ name: String) throws -> stat {
        var attributes = stat()
        try #require(lstat(folder.path + "/" + name, &attributes) == 0)
        return attributes
    }

    @Test func newFile() throws {
        try replace("new.json")
        #expect(try text("new.json") == "new")
        #expect(try folder.fileNames == ["new.json"])
    }

    @Test func replacedFileKeepsItsPermissions() throws {
        let file = try folder.write(Array("old".utf8), to: "out.json")
        try #require(chmod(file, 0o640) == 0)
        try replace("out.json")
        #expect(try text("out.json") == "new")
        #expect(try attributes("out.json").st_mode & 0o7777 == 0o640)
        #expect(try folder.fileNames == ["out.json"])
    }

    @Test(arguments: ["target.json", "sub/../target.json", "middle"]) func throughSymbolicLinks(target: String) throws {
        try folder.write(Array("old".utf8), to: "target.json")
        try #require(mkdir(folder.path + "/sub", 0o700) == 0)
        try #require(symlink("target.json", folder.path + "/middle") == 0)
        try #require(symlink(target, folder.path + "/out.json") == 0)
        try replace("out.json")
        #expect(try text("target.json") == "new")
        #expect(try attributes("out.json").st_mode & S_IFMT == S_IFLNK)
        #expect(try attributes("middle").st_mode & S_IFMT == S_IFLNK)
    }

    @Test(arguments: [OutputFile.Collision.replace, .refuse]) func throughALinkToNothing(collision: OutputFile.Collision) throws {
        try #require(symlink("later.json", folder.path + "/out.json") == 0)
        try OutputFile(path: path("out.json"), collision: collision, inputs: []).write("new")
        #expect(try text("later.json") == "new")
        #expect(try attributes("out.json").st_mode & S_IFMT == S_IFLNK)
    }

    @Test func intoAPipeWithAName() throws {
        try #require(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let reader = open(folder.path + "/pipe", O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try replace("pipe")
        var bytes = [UInt8](repeating: 0, count: 16)
        #expect(read(reader, &bytes, 16) == 3)
        #expect(try attributes("pipe").st_mode & S_IFMT == S_IFIFO)
    }

    /// A copy of `/dev/null`, where nodes can be made.
    @Test func intoADevice() throws {
        guard mknod(folder.path + "/device", S_IFCHR | 0o666, dev_t(1 << 8 | 3)) == 0 else { return }
        try? replace("device")
        #expect(try attributes("device").st_mode & S_IFMT == S_IFCHR)
        #expect(try folder.fileNames == ["device"])
    }

    @Test(arguments: ["%d", "link"]) func intoADescriptor(name: String) throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let named = "/dev/fd/\(ends[1])"
        try #require(symlink(named, folder.path + "/link") == 0)
        try OutputFile(path: name == "link" ? path("link") : FilePath(named), collision: .refuse, inputs: []).write("new")
        var bytes = [UInt8](repeating: 0, count: 16)
        #expect(read(ends[0], &bytes, 16) == 3)
    }

    /// A descriptor that the process opened itself is none that the user can mean.
    @Test func notIntoADescriptorOfOurs() throws {
        let own = try Descriptor.unnamedFile(in: FilePath(folder.path))
        let error = #expect(throws: OutputFile.Refusal.self) {
            try OutputFile(path: FilePath("/dev/fd/\(own.number)"), collision: .replace, inputs: [])
        }
        #expect(error?.message == "cannot write /dev/fd/\(own.number): descriptor \(own.number) is closed")
        #expect(throws: SourceError.notReadable(path: "/dev/fd/\(own.number)", reason: "descriptor \(own.number) is closed")) {
            try InputFile.open(path: "/dev/fd/\(own.number)", spoolsStream: false)
        }
        #expect(throws: SmallFile.Refusal.self) { try SmallFile.read(path: FilePath("/dev/fd/\(own.number)"), limit: 1) }
    }

    @Test(arguments: ["input.csv", "symbolic", "hard", "./input.csv"]) func neverOntoAnInput(name: String) throws {
        let input = try folder.write(Array("a\n1\n".utf8), to: "input.csv")
        try #require(symlink("input.csv", folder.path + "/symbolic") == 0)
        try #require(link(input, folder.path + "/hard") == 0)
        let error = #expect(throws: OutputFile.Refusal.self) {
            try replace(name, inputs: [FilePath("/none"), FilePath(input)])
        }
        #expect(error?.isMisuse == true)
        #expect(error?.message.contains("which this run reads") == true)
        #expect(try text("input.csv") == "a\n1\n")
    }

    @Test func refusedBeforeAnyWork() throws {
        try folder.write(Array("old".utf8), to: "file")
        for (name, reason) in [("none/x", "No such file"), ("file/x", "Not a directory"), (".", "directory"), ("new/", "No such file")] {
            let error = #expect(throws: OutputFile.Refusal.self) { try OutputFile(path: path(name), collision: .replace, inputs: []) }
            #expect(error?.message.contains(reason) == true, "\(name): \(error?.message ?? "")")
        }
        let existing = #expect(throws: OutputFile.Refusal.self) { try OutputFile(path: path("file"), collision: .refuse, inputs: []) }
        #expect(existing?.message == "cannot create \(folder.path)/file: it already exists and is not overwritten")
        try #require(symlink("loop", folder.path + "/loop") == 0)
        #expect(throws: OutputFile.Refusal.self) { try OutputFile(path: path("loop"), collision: .replace, inputs: []) }
        #expect(try folder.fileNames.sorted() == ["file", "loop"])
    }

    /// What came there meanwhile stays.
    @Test func aFileThatCameMeanwhile() throws {
        let output = try OutputFile(path: path("draft.yaml"), collision: .refuse, inputs: [])
        try folder.write(Array("theirs".utf8), to: "draft.yaml")
        #expect(throws: OutputFile.Refusal.self) { try output.write("mine") }
        #expect(try text("draft.yaml") == "theirs")
        #expect(try folder.fileNames == ["draft.yaml"])
    }

    @Test func namesThatAreNotUTF8() throws {
        let file = FilePath(bytes: Array((folder.path + "/").utf8) + [0x61, 0xE9, 0xFF])
        try OutputFile(path: file, collision: .replace, inputs: []).write("new")
        #expect(try SmallFile.read(path: file, limit: 10) == Array("new".utf8))
        #expect(file.description == folder.path + "/a\\x{e9}\\x{ff}")
        var source = try InputFile.open(path: file, spoolsStream: false).firstPass()
        #expect(Drained(&source) == Drained("new"))
    }
}
