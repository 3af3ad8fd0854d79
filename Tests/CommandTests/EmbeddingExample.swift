// The article Embedding.md shows this file between its marks, so what it shows compiles.
// Shown: begin
import ByteSources
import ImportProfiles
import PigmentHTTP
import PigmentImport
import Preflight

/// Checks bytes that a server received, without a file: feed them as they come, then ask for the report.
func check(_ upload: [UInt8], profile: Profile?) -> Report {
    var run = CheckRun(options: CheckOptions(profile: profile))
    run.feed(upload.span)
    return run.finish(path: "upload.csv")
}

/// Checks a file, asks the gate, pushes exactly its bytes, and follows the import.
func checkAndPush(_ path: String, key: String, configuration: String) async throws -> ImportOutcome? {
    let file = try InputFile.open(path: path, spoolsStream: true)
    let checked = try CheckRun.checkForPush(file, options: CheckOptions())
    guard case .cleared(let clearance) = checked.clearance(under: GatePolicy()) else { return nil }

    // Any other `HTTPTransport` will do, your server's own among them.
    let transport = try AsyncHTTPTransport(service: .pigment)
    let session = PushSession(
        service: .pigment, configuration: try ConfigurationID(configuration), key: try APIKey(validating: key), transport: transport)
    return await session.push(clearance, predicted: checked.report)
}
// Shown: end
