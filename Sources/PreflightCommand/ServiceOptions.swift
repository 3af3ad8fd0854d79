import ArgumentParser
import ByteSources
import ByteSpans
import ImportProfiles
import PigmentHTTP
import PigmentImport
import Preflight
import SafeText
import SystemCalls

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The service and the key. There is no option for the key itself, because every user of the machine can read command lines.
struct ServiceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("File with the API key. Default: the variable PIGMENT_API_KEY.", valueName: "file"))
    var apiKeyFile: FilePath?

    @Option(
        name: .customLong("base-url"),
        help: ArgumentHelp("https, or http to this machine. Default: PIGMENT_BASE_URL, else https://pigment.app.", valueName: "url"))
    var baseURL: String?

    @Option(help: ArgumentHelp("Limit for one of up to 5 attempts to connect: DNS, proxy and TLS.", valueName: "duration"))
    var connectTimeout = TimeSpan(.seconds(15))

    @Option(help: ArgumentHelp("Give up sending when the server accepts no byte for this long.", valueName: "duration"))
    var stallTimeout = TimeSpan(.seconds(60))

    @Option(
        help: ArgumentHelp(
            "Limit for the answer once everything is sent; after it the outcome is unknown (exit status 6).", valueName: "duration"))
    var replyTimeout = TimeSpan(.seconds(300))

    @OptionGroup var limits: RequestLimitOptions

    func validate() throws {
        for (name, limit) in [("connect", connectTimeout), ("stall", stallTimeout), ("reply", replyTimeout)] where limit.value == .zero {
            throw ValidationError("--\(name)-timeout must be more than 0.")
        }
    }

    /// The address of the service. Everything except the key has been validated.
    struct Endpoint {
        var url: ServiceURL
        /// The source of its address: `--base-url`, `PIGMENT_BASE_URL` or `the default`.
        var origin: String
        var transport: AsyncHTTPTransport
        /// The proxy on the way, without its password; `nil` for none.
        var proxyWords: String?
    }

    /// A service with its key. Everything has been validated before any connection.
    struct Service {
        var url: ServiceURL
        var key: APIKey
        var transport: any HTTPTransport
        /// The options that select the same service, as words of a command line.
        var words: [ShellCommand.Word]

        var redactor: Redactor { Redactor(key) }

        /// The command that follows an import of this service.
        ///
        /// - Parameters:
        ///   - allowedSkips: The number of skipped rows that is acceptable.
        ///   - ledger: Records the end of the import.
        func followUp(allowedSkips: Int, ledger: LedgerOptions) -> FollowUp {
            FollowUp(options: words + (allowedSkips > 0 ? ["--max-skipped", "\(allowedSkips)"] : []) + ledger.words)
        }
    }

    func endpoint() throws(CommandFailure) -> Endpoint {
        let variable = Program.variable("PIGMENT_BASE_URL")
        let origin = baseURL != nil ? "--base-url" : variable != nil ? "PIGMENT_BASE_URL" : "the default"
        do throws(SettingError) {
            let url = try (baseURL ?? variable).map { text throws(SettingError) in try ServiceURL(text) } ?? .pigment
            let transport = try transport(to: url, environment: Program.environment)
            let proxy = try ProxySettings(environment: Program.environment).proxy(for: url)
            return Endpoint(url: url, origin: origin, transport: transport, proxyWords: proxy?.description)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }

    func service(terminal: Terminal) throws(CommandFailure) -> Service {
        let endpoint = try endpoint()
        terminal.note("target \(endpoint.url) (from \(endpoint.origin)), API key from \(keyOrigin)")
        return Service(
            url: endpoint.url, key: try key(terminal: terminal), transport: limits.limiting(endpoint.transport, to: endpoint.url, terminal),
            words: words(url: endpoint.url))
    }

    /// The options that select the same service in any shell, independent of its environment.
    func words(url: ServiceURL) -> [ShellCommand.Word] {
        var words: [ShellCommand.Word] = []
        if url != .pigment || Program.variable("PIGMENT_BASE_URL") != nil { words += ["--base-url", .init(url.description)] }
        if let apiKeyFile { words += ["--api-key-file", .init(apiKeyFile)] }
        return words
    }

    /// The limits of the two long waits, for the log.
    func waitingLimits(_ follow: FollowOptions) -> WaitingLog.Limits {
        WaitingLog.Limits(reply: replyTimeout.value, follow: follow.timeout.value)
    }

    /// The source of the key; never the key itself.
    var keyOrigin: String {
        apiKeyFile.map(\.description) ?? "PIGMENT_API_KEY"
    }

    /// Whether a key is set.
    var hasKey: Bool { apiKeyFile != nil || Program.variable("PIGMENT_API_KEY") != nil }

    /// The transport with this command's time limits.
    func transport(to url: ServiceURL, environment: [String: String]) throws(SettingError) -> AsyncHTTPTransport {
        let limits = AsyncHTTPTransport.Limits(connect: connectTimeout.value, stall: stallTimeout.value, reply: replyTimeout.value)
        let roots = Program.variable("SSL_CERT_FILE")
        return try AsyncHTTPTransport(service: url, limits: limits, trustRootsPath: roots, environment: environment)
    }

    /// Reads and validates the key.
    func key(terminal: Terminal) throws(CommandFailure) -> APIKey {
        // No core file, because it would contain the key.
        system_forbid_core_files()
        let text = try keyText(terminal: terminal)
        system_remove_variable(FilePath("PIGMENT_API_KEY").terminated.span.view)
        do throws(SettingError) {
            return try APIKey(validating: text)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }

    private func keyText(terminal: Terminal) throws(CommandFailure) -> String {
        guard let apiKeyFile else {
            guard let text = Program.variable("PIGMENT_API_KEY") else {
                throw CommandFailure(.unable, "No API key. Set PIGMENT_API_KEY, or use --api-key-file FILE.")
            }
            return text
        }
        if let attributes = apiKeyFile.attributes(), attributes.mode & 0o077 != 0 {
            let command = ShellCommand(["chmod", "600", .init(apiKeyFile)])
            terminal.say("warning: other users can read the key file. Make it private with: \(command)")
        }
        do throws(SmallFile.Refusal) {
            return String(decoding: try SmallFile.read(path: apiKeyFile, limit: 1 << 16), as: UTF8.self)
        } catch {
            throw CommandFailure(.unable, "Cannot use the API key file. \(error.message)")
        }
    }
}

/// The import configuration.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: [.short, .customLong("configuration")],
        help: ArgumentHelp(
            "ID of the import configuration, a UUID, or its name, Application/Block/Name, once `preflight configurations` has looked it up. "
                + "Default: PIGMENT_CONFIGURATION_ID, else from the profile.", valueName: "id"))
    var configuration: String?

    /// - Throws: If there is no ID, if it is not a UUID, or if the profile is for another configuration.
    func identifier(profile: Profile?) throws(CommandFailure) -> ConfigurationID {
        let asked = configuration ?? Program.variable("PIGMENT_CONFIGURATION_ID")
        guard let text = asked ?? profile?.configuration else {
            throw CommandFailure(.unable, "No configuration ID. Use -c ID, PIGMENT_CONFIGURATION_ID, or \"configuration:\" in the profile.")
        }
        let identifier = try Self.resolved(text)
        if let mirrored = profile?.configuration, try Self.validated(mirrored) != identifier {
            throw CommandFailure(
                .unable,
                "The profile is for configuration \(mirrored), but the push goes to \(identifier). Use the profile of that configuration, "
                    + "or correct \"configuration:\" in it.")
        }
        return identifier
    }

    /// The source of the ID: one of those that ``identifier(profile:)`` reads.
    var origin: String {
        configuration != nil ? "-c" : Program.variable("PIGMENT_CONFIGURATION_ID") != nil ? "PIGMENT_CONFIGURATION_ID" : "the profile"
    }

    /// An ID, or the ID of what has this name.
    private static func resolved(_ text: String) throws(CommandFailure) -> ConfigurationID {
        ConfigurationNames.isName(text) ? try ConfigurationNames.identifier(text) : try validated(text)
    }

    static func validated(_ text: String) throws(CommandFailure) -> ConfigurationID {
        do throws(SettingError) {
            return try ConfigurationID(text)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }
}
