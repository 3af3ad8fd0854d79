import Hummingbird
import NIOCore

/// A loopback server that speaks the import API, for rehearsals without an account and for tests.
///
/// Obtained from ``withRehearsalServer(_:body:)`` and valid inside its body.
public struct RehearsalServer: Sendable {
    /// On 127.0.0.1.
    public let port: Int
    private let ledger: ImportLedger

    fileprivate init(port: Int, ledger: ImportLedger) {
        self.port = port
        self.ledger = ledger
    }

    /// To be used as the base URL of a push, without a final slash.
    public var baseURL: String { "http://127.0.0.1:\(port)" }

    /// Everything accepted so far, in order.
    public var imports: [ReceivedImport] { ledger.imports }

    /// Bodies that ended before their announced length: never accepted.
    public var cutBodyCount: Int { ledger.cutBodyCount }

    /// Requests answered with a status of 400 or above.
    public var refusedCount: Int { ledger.refusedCount }
}

/// Why a rehearsal server did not come up.
public enum RehearsalError: Error, Sendable {
    /// The server ended before it listened. The cause as text.
    case notListening(String)
}

/// Runs `body` while a rehearsal server listens on a free port of 127.0.0.1.
///
/// When `body` returns or throws, the server closes its connections, idle or not, and the call returns without waiting for clients.
///
/// - Throws: ``RehearsalError`` when the server cannot listen; what `body` throws.
public func withRehearsalServer<Result: Sendable>(
    _ configuration: RehearsalConfiguration, body: (RehearsalServer) async throws -> Result
) async throws -> Result {
    let ledger = ImportLedger(refusals: configuration.behaviour.refusals)
    let router = Router(context: BasicRequestContext.self)
    ImportRoutes(configuration: configuration, ledger: ledger).add(to: router)
    let (ports, port) = AsyncThrowingStream.makeStream(of: Int.self)
    let application = Application(
        router: router,
        configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in
            if let number = channel.localAddress?.port { port.yield(number) }
            port.finish()
        },
        logger: configuration.logger
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            do {
                try await application.run()
            } catch {
                // Heard only by a caller that still waits for the port: a server that is being stopped may end in an error.
                port.finish(throwing: RehearsalError.notListening("\(error)"))
            }
        }
        defer { group.cancelAll() }
        for try await number in ports {
            return try await body(RehearsalServer(port: number, ledger: ledger))
        }
        throw RehearsalError.notListening("the server ended at once")
    }
}
