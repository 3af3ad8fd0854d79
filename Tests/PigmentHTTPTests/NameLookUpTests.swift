import Testing

@testable import ByteSources
@testable import PigmentHTTP
@testable import PigmentImport
@testable import Preflight

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A name that does not exist is distinguished from a resolver that does not answer.
@Suite(.timeLimit(.minutes(30))) struct NameLookUpTests {
    static let codes: [(code: Int32, answer: NameLookUp.Answer)] = [
        (0, .found), (EAI_NONAME, .unknown), (EAI_AGAIN, .unanswered), (EAI_FAIL, .unanswered), (EAI_SYSTEM, .unanswered),
        (EAI_MEMORY, .unanswered),
    ]

    @Test(arguments: codes) func readsTheSystemsCodes(_ code: Int32, answer: NameLookUp.Answer) {
        #expect(NameLookUp.reading(of: code) == answer)
    }

    @Test func thisMachineHasAName() async {
        #expect(await NameLookUp.system.answer("localhost") == .found)
    }

    /// A label of 64 letters is more than DNS can ask for: the look-up fails at once, without a name server.
    static let impossible = String(repeating: "a", count: 64) + ".example"

    static let answers: [(answer: NameLookUp.Answer, kind: TransportFailure.Kind, text: String)] = [
        (.unknown, .unknownHost, "the host name \(impossible) does not exist"), (.unanswered, .dns, "could not be looked up"),
        (.found, .dns, "could not be looked up"),
    ]

    @Test(arguments: answers) func aFailedConnectIsClassified(
        _ answer: NameLookUp.Answer, kind: TransportFailure.Kind, text: String
    ) async throws {
        let service = try ServiceURL("https://\(Self.impossible)")
        let transport = try AsyncHTTPTransport(
            service: service, limits: .init(), trustRootsPath: nil, proxy: .none, lookUp: NameLookUp { _ in answer })
        let request = TransportRequest(
            method: .get, url: service.url("/x"), credential: .bearer(try APIKey(validating: "key")), userAgent: "test")
        let failure = await #expect(throws: TransportFailure.self) { _ = try await transport.send(request) }
        #expect(failure?.kind == kind)
        #expect(failure?.phase == .connecting)
        #expect(failure?.text.contains(text) == true)
    }
}
