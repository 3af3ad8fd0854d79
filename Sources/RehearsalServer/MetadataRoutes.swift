import HTTPTypes
import Hummingbird
import NIOCore
import SafeText

/// The endpoints that tell names and ids. Source of paths and answers: the published OpenAPI document "Pigment External API".
struct MetadataRoutes: Sendable {
    let keys: Set<String>
    let catalogue: RehearsalCatalogue

    func add(to router: Router<BasicRequestContext>) {
        router.get("api/v1/applications") { request, _ in
            answer(request) { .array(catalogue.applications.map { Self.named($0.id, $0.name) }) }
        }
        router.get("api/v1/blocks") { request, _ in
            answer(request) {
                application(request).map { application in
                    .array(application.blocks.map { Self.named($0.id, $0.name).adding([.init("type", .string($0.type))]) })
                }
            }
        }
        router.get("api/v1/importConfigurations") { request, _ in
            answer(request) {
                let id = Self.parameter("blockId", of: request)
                return application(request)?.blocks.first { $0.id == id }.map { block in
                    .array(block.configurations.map { Self.named($0.id, $0.name) })
                }
            }
        }
    }

    private func application(_ request: Request) -> RehearsalCatalogue.Application? {
        let id = Self.parameter("applicationId", of: request)
        return catalogue.applications.first { $0.id == id }
    }

    private static func parameter(_ name: String, of request: Request) -> String? {
        request.uri.queryParameters[Substring(name)].map { $0.lowercased() }
    }

    private static func named(_ id: String, _ name: String) -> JSONValue {
        .members(["id": .string(id), "name": .string(name)])
    }

    /// - Parameter document: `nil` for something that does not exist.
    private func answer(_ request: Request, _ document: () -> JSONValue?) -> Response {
        let scheme = "Bearer "
        guard let value = request.headers[.authorization], value.hasPrefix(scheme), keys.contains(String(value.dropFirst(scheme.count)))
        else { return Response(status: .unauthorized) }
        guard let document = document() else { return Response(status: .notFound) }
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: document.text(isPretty: false))))
    }
}
