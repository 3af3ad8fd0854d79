// The article Embedding.md shows this file between its marks, so what it shows compiles.
// Shown: begin
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight

/// Checks bytes that a server received, without a file: feed them as they come, then ask for the report.
func check(_ upload: [UInt8], profile: Profile?) -> Report {
    var run = CheckRun(options: CheckOptions(profile: profile))
    upload.withUnsafeBytes { run.feed($0) }
    return run.finish(path: "upload.csv")
}

/// Checks a file, asks the gate, pushes exactly its bytes, and follows the import.
func checkAndPush(_ path: String, key: String, configuration: String) async throws -> ImportOutcome? {
    let file = try InputFile.open(path: path, spoolsStream: true)
    let checked = try CheckRun.check(file, options: CheckOptions(), digest: SHA256Digest())
    guard case .cleared(let clearance) = checked.clearance(under: GatePolicy()) else { return nil }

    let key = try APIKey(validating: key)
    let target = PigmentTarget(service: .pigment, configuration: try ConfigurationID(configuration), key: key)
    // Any other `HTTPTransport` will do, your server's own among them.
    let transport = try AsyncHTTPTransport(service: .pigment)
    let session = PushSession(target: target, transport: transport, redactor: Redactor(key))

    var outcome = ImportOutcome(push: await session.push(clearance))
    guard let id = outcome.importID else { return outcome }
    let follow = await session.follow(id, isOwnPush: true)
    outcome.follow = follow
    if case .completed(let document) = follow {
        outcome.reconciliation = Reconciliation(
            prediction: checked.report.prediction, rowCount: checked.report.totals.rows, limit: .rows(0), document: document)
    }
    return outcome
}
// Shown: end
