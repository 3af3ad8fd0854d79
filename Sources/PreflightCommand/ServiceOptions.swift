import ArgumentParser
import PigmentImport
import Preflight

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where to send to, and with which key. There is no option for the key itself: command lines are seen by everybody on the machine.
struct ServiceOptions: ParsableArguments {
    @Option(help: "File that holds the API key. Default: the environment variable PIGMENT_API_KEY.")
    var apiKeyFile: FilePath?

    @Option(
        name: .customLong("base-url"),
        help: "Base URL; https, or http to this machine. Default: PIGMENT_BASE_URL, else https://pigment.app.")
    var baseURL: String?

    @Option(help: .hidden)
    var connectTimeout = TimeSpan(.seconds(15))

    @Option(help: .hidden)
    var stallTimeout = TimeSpan(.seconds(60))

    @Option(help: .hidden)
    var replyTimeout = TimeSpan(.seconds(300))

    /// A service that can be asked: everything was looked at before any connection.
    struct Service {
        var url: ServiceURL
        var key: APIKey
        var transport: AsyncHTTPTransport

        var redactor: Redactor { Redactor(key) }
    }

    func service(terminal: Terminal) throws(CommandFailure) -> Service {
        let key = try key(terminal: terminal)
        let environment = Program.environment
        do throws(SettingError) {
            let given = baseURL ?? Program.variable("PIGMENT_BASE_URL")
            let url = try given.map { text throws(SettingError) in try ServiceURL(text) } ?? .pigment
            let transport = try transport(to: url, proxy: ProxySettings(environment: environment))
            return Service(url: url, key: key, transport: transport)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }

    /// The transport with this command's time limits.
    func transport(to url: ServiceURL, proxy: ProxySettings) throws(SettingError) -> AsyncHTTPTransport {
        let limits = AsyncHTTPTransport.Limits(connect: connectTimeout.value, stall: stallTimeout.value, reply: replyTimeout.value)
        let roots = Program.variable("SSL_CERT_FILE")
        return try AsyncHTTPTransport(service: url, limits: limits, trustRootsPath: roots, proxy: proxy)
    }

    private func key(terminal: Terminal) throws(CommandFailure) -> APIKey {
        // No core file: the key would be in it.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        #if canImport(Glibc)
            setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        #else
            setrlimit(RLIMIT_CORE, &none)
        #endif
        let text = try keyText(terminal: terminal)
        unsetenv("PIGMENT_API_KEY")
        do throws(SettingError) {
            return try APIKey(validating: text)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }

    private func keyText(terminal: Terminal) throws(CommandFailure) -> String {
        guard let apiKeyFile else {
            guard let text = Program.variable("PIGMENT_API_KEY") else {
                throw CommandFailure(.unable, "No API key: set PIGMENT_API_KEY, or name a file with --api-key-file.")
            }
            return text
        }
        var attributes = stat()
        if apiKeyFile.withCString({ stat($0, &attributes) }) == 0, attributes.st_mode & 0o077 != 0 {
            terminal.say("warning: others on this machine can read the key file; make it private with: chmod 600 \(apiKeyFile)")
        }
        do throws(SmallFile.Refusal) {
            return String(decoding: try SmallFile.read(path: apiKeyFile, limit: 1 << 16), as: UTF8.self)
        } catch {
            throw CommandFailure(.unable, "The API key file: \(error.message)")
        }
    }
}

/// Which import configuration.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: [.short, .customLong("configuration")],
        help: "Id of the import configuration, a UUID. Default: PIGMENT_CONFIGURATION_ID, else the profile's.")
    var configuration: String?

    /// - Throws: when there is none, when it is no UUID, and when the profile is the mirror of another configuration.
    func identifier(profile: Profile?) throws(CommandFailure) -> ConfigurationID {
        let asked = configuration ?? Program.variable("PIGMENT_CONFIGURATION_ID")
        guard let text = asked ?? profile?.configuration else {
            throw CommandFailure(.unable, "No configuration id: give it with -c, in PIGMENT_CONFIGURATION_ID, or in the profile.")
        }
        let identifier = try Self.validated(text)
        if let mirrored = profile?.configuration, try Self.validated(mirrored) != identifier {
            throw CommandFailure(
                .unable,
                "The profile mirrors configuration \(mirrored), but the push is to go to \(identifier): the check would say nothing about "
                    + "it. Use the profile of that configuration, or correct its \"configuration:\".")
        }
        return identifier
    }

    private static func validated(_ text: String) throws(CommandFailure) -> ConfigurationID {
        do throws(SettingError) {
            return try ConfigurationID(text)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }
}
