import CSVTokenizer
import Hummingbird
import HummingbirdCore
import NIOCore

/// A loopback server that speaks the import API, for rehearsals without an account and for tests.
///
/// Obtained from ``withRehearsalServer(_:body:)`` and valid inside its body.
public struct RehearsalServer: Sendable {
    /// On 127.0.0.1.
    package let port: Int
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
    package var cutBodyCount: Int { ledger.cutBodyCount }

    /// Requests answered with a status of 400 or above.
    package var refusedCount: Int { ledger.refusedCount }
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
    let registry = ConnectionRegistry()
    let (ports, port) = AsyncThrowingStream.makeStream(of: Int.self)
    let application = application(configuration, ledger: ledger, registry: registry) { channel in
        registry.listen(on: channel)
        if let number = channel.localAddress?.port { port.yield(number) }
    }
    // Awaited below. Not a child task: cancelling it is not a way to end it, see `ConnectionRegistry`.
    let serving = Task {
        defer { registry.serverEnded() }
        do {
            try await application.run()
            port.finish()
        } catch {
            // Heard only by a caller that still waits for the port: a server that was stopped ends in an error too.
            port.finish(throwing: RehearsalError.notListening("\(error)"))
        }
    }
    do {
        for try await number in ports {
            let result = try await body(RehearsalServer(port: number, ledger: ledger))
            await registry.stop()
            await serving.value
            return result
        }
        throw RehearsalError.notListening("stopped before it listened")
    } catch {
        await registry.stop()
        await serving.value
        throw error
    }
}

private func application(
    _ configuration: RehearsalConfiguration, ledger: ImportLedger, registry: ConnectionRegistry,
    onServerRunning: @escaping @Sendable (any Channel) async -> Void
) -> some ApplicationProtocol {
    let router = Router(context: BasicRequestContext.self)
    ImportRoutes(configuration: configuration, ledger: ledger, registry: registry).add(to: router)
    MetadataRoutes(keys: configuration.apiKeys, catalogue: configuration.catalogue).add(to: router)
    return Application(
        router: router,
        server: HTTPServerBuilder { RegisteredChannel(base: HTTP1Channel(responder: $0), registry: registry) },
        configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: configuration.port)),
        onServerRunning: onServerRunning,
        logger: configuration.logger
    )
}
