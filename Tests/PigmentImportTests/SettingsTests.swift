import PigmentImport
import Testing

@testable import Preflight
@testable import SafeText

@Suite struct APIKeyTests {
    static let accepted: [(text: String, sent: String)] = [
        ("abc", "abc"), ("abc\n", "abc"), ("abc\r\n", "abc"), ("pgmt_aBc+/=", "pgmt_aBc+/="),
        (String(repeating: "k", count: 4096), String(repeating: "k", count: 4096)),
        // Not the old format: another grouping.
        ("3jp2e232-9875-42f4-9fcf-63fe2ce568j", "3jp2e232-9875-42f4-9fcf-63fe2ce568j"),
    ]

    @Test(arguments: accepted) func acceptsAKey(_ text: String, sent: String) throws {
        let key = try APIKey(validating: text)
        let header = Credential.bearer(key).header
        #expect(header.name == "Authorization")
        #expect(header.value == "Bearer " + sent)
    }

    static let refused: [(text: String, flaw: SettingError.KeyFlaw)] = [
        ("", .empty), ("\n", .empty), ("\r\n", .empty), ("abc\n\n", .badCharacter), ("abc\r", .badCharacter), ("ab c", .badCharacter),
        (" abc", .badCharacter), ("a\nb", .badCharacter), ("a\rHost: x", .badCharacter), ("clé", .badCharacter), ("a\u{7f}", .badCharacter),
        (String(repeating: "k", count: 4097), .tooLong), ("3jp2e232-9875-42f4-9fcf-63fe2ce568jp", .dashedFormat),
        ("33D0D7D0-6125-47C4-B36A-882F4ED53B33\n", .dashedFormat),
    ]

    @Test(arguments: refused) func refusesWhatIsNoKey(_ text: String, flaw: SettingError.KeyFlaw) {
        #expect(throws: SettingError.apiKey(flaw)) { try APIKey(validating: text) }
        #expect(!SettingError.apiKey(flaw).description.isEmpty)
    }

    @Test func adviceForTheOldFormatIsANewKey() {
        #expect(SettingError.apiKey(.dashedFormat).description.contains("Create a new key"))
    }

    @Test func neverPrintsItself() throws {
        let key = try APIKey(validating: "canary-Key_42")
        let request = TransportRequest(method: .get, url: "https://pigment.app/x", credential: .bearer(key), userAgent: "t")
        var dumped = ""
        dump(key, to: &dumped)
        dump(Credential.bearer(key), to: &dumped)
        dump(request, to: &dumped)
        dump(Redactor(key), to: &dumped)
        let texts = [
            "\(key)", String(describing: key), String(reflecting: key), "\([key])", "\(Credential.legacyHeader(key))", "\(request)", dumped,
        ]
        for text in texts { #expect(!text.contains("canary"), "\(text)") }
        #expect("\(key)" == "***")
    }
}

@Suite struct RedactorTests {
    static let key = "canary+Key/42=="

    static let echoes = [
        "canary+Key/42==", "Bearer canary+Key/42==", "canary%2BKey%2F42%3D%3D", "canary%2bKey%2f42%3d%3d",
        // base64 of the key, of ":key", of "Bearer key" and of "user:key", by the `base64` tool.
        "Y2FuYXJ5K0tleS80Mj09", "OmNhbmFyeStLZXkvNDI9PQ==", "QmVhcmVyIGNhbmFyeStLZXkvNDI9PQ==", "dXNlcjpjYW5hcnkrS2V5LzQyPT0=",
        // As JSON encoders write it: some escape the slash, some all but letters and digits, some everything.
        #"canary\u002BKey\u002F42\u003D\u003D"#, #"canary\u002bKey\u002f42\u003d\u003d"#, #"canary+Key\/42=="#,
        #"\u0063\u0061\u006e\u0061\u0072\u0079\u002b\u004B\u0065\u0079\u002F\u0034\u0032\u003d\u003D"#,
        #"Y2FuYXJ5K0tleS80Mj09"#, #"\u0059\u0032FuYXJ5K0tleS80Mj09"#,
        // As HTML encoders do.
        "canary&#x2B;Key&#x2F;42&#x3D;&#x3D;", "canary&#43;Key&#47;42&#61;&#61;", "canary&#X2b;Key&#x2f;42&#061;&#x003d;",
        // Two of them mixed.
        #"canary%2BKey\/42&#61;="#,
    ]

    @Test(arguments: echoes) func removesEachSpelling(_ echo: String) throws {
        let redactor = Redactor(try APIKey(validating: Self.key))
        let shown = redactor.shown("before \(echo) after")
        #expect(shown.contains("***"))
        #expect(shown.hasPrefix("before "))
        for rest in ["canary", "Y2FuYXJ5", "NhbmFyeS", "5hcnkrS2", "Key"] { #expect(!shown.contains(rest), "\(shown)") }
    }

    @Test func removesTheKeyBeforeCutting() throws {
        let redactor = Redactor(try APIKey(validating: Self.key))
        let shown = redactor.shown(String(repeating: "x", count: 75) + Self.key, limit: 80)
        #expect(shown == String(repeating: "x", count: 75) + "***")
    }

    @Test(arguments: [#"\"#, "%", "&", #"a\\b"#, "%41", "&amp;", #"\u0041"#, #"\\\\\\\\"#, "a\"b<c>&'d"]) func removesAKeyThatLooksEscaped(
        _ text: String
    ) throws {
        let shown = Redactor(try APIKey(validating: text)).shown("before \(text) after")
        #expect(shown == "before *** after")
    }

    @Test(arguments: ["canary+Kex/42==", "canary", "anary+Key/42==", #"canary\u002CKey/42=="#, "canary&#44;Key/42==", "canary%2CKey/42=="])
    func leavesWhatIsNotTheKey(_ text: String) throws {
        let redactor = Redactor(try APIKey(validating: Self.key))
        #expect(redactor.scrubbed(Array("before \(text) after".utf8)) == Array("before \(text) after".utf8))
    }

    @Test func overlappingSpellingsLeaveNoRest() throws {
        #expect(Redactor(try APIKey(validating: "abab")).shown("x abababa b") == "x ***a b")
        #expect(Redactor(try APIKey(validating: "abab")).shown("x ababab b") == "x *** b")
    }

    @Test func escapesWhatItShows() {
        #expect(Redactor(nil).shown("a\u{1b}[31m\u{202e}b") == "a\\u{1b}[31m\\u{202e}b")
    }
}

@Suite struct IdentifierTests {
    static let uuid = "33D0d7d0-6125-47c4-b36a-882f4ed53b33"

    @Test func acceptsAnyUUID() throws {
        #expect(try ConfigurationID(Self.uuid).text == "33d0d7d0-6125-47c4-b36a-882f4ed53b33")
        #expect(try ImportID(Self.uuid).text == "33d0d7d0-6125-47c4-b36a-882f4ed53b33")
        #expect(try ImportID("00000000-0000-0000-0000-000000000000").text == "00000000-0000-0000-0000-000000000000")
    }

    @Test(arguments: [
        "", "33d0d7d0", "33d0d7d0612547c4b36a882f4ed53b33", "33d0d7d0-6125-47c4-b36a-882f4ed53b3g",
        "{33d0d7d0-6125-47c4-b36a-882f4ed53b33}",
        "33d0d7d0-6125-47c4-b36a-882f4ed53b33/../x", "../../etc/passwd-0000-0000-0000-00000", "33d0d7d0-6125-47c4-b36a-882f4ed53b3?",
        "33d0d7d0-6125-47c4-b36a-882f4ed53b3\n", "３３d0d7d0-6125-47c4-b36a-882f4ed53b",
    ]) func refusesAllElse(_ text: String) {
        #expect(throws: SettingError.self) { try ConfigurationID(text) }
        #expect(throws: SettingError.self) { try ImportID(text) }
    }

    @Test func aConfigurationIDThatIsNoneShowsOneThatIs() {
        #expect { try ConfigurationID("x") } throws: {
            "\($0)" == "The configuration ID is not a UUID: x. A UUID looks like 33d0d7d0-6125-47c4-b36a-882f4ed53b33."
        }
    }

    @Test func showsWhatItRefusesEscaped() {
        #expect { try ImportID("\u{1b}[2J") } throws: { "\($0)".contains("\\u{1b}[2J") }
    }
}

@Suite struct ServiceURLTests {
    static let accepted: [(text: String, shown: String)] = [
        ("https://pigment.app", "https://pigment.app"), ("HTTPS://Pigment.App/", "https://pigment.app"),
        ("https://pigment.app:8443", "https://pigment.app:8443"), ("https://gate.example/pigment/", "https://gate.example/pigment"),
        ("http://localhost:8080", "http://localhost:8080"), ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://127.255.3.4:1", "http://127.255.3.4:1"), ("http://[::1]:9", "http://[::1]:9"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ]

    @Test(arguments: accepted) func accepts(_ text: String, shown: String) throws {
        #expect(try ServiceURL(text).description == shown)
    }

    static let refused: [(text: String, flaw: SettingError.URLFlaw)] = [
        ("", .scheme), ("pigment.app", .scheme), ("ftp://pigment.app", .scheme), ("file:///etc/passwd", .scheme),
        ("http://pigment.app", .plainHTTP), ("http://127.0.0.1.example.com", .plainHTTP), ("http://127.1", .plainHTTP),
        ("http://localhost.example.com", .plainHTTP), ("http://128.0.0.1", .plainHTTP), ("http://127.0.0.256", .plainHTTP),
        ("http://[::2]", .plainHTTP), ("http://0.0.0.0", .plainHTTP), ("https://user@pigment.app", .userInfo),
        ("https://user:pass@pigment.app", .userInfo), ("http://localhost@evil.example", .userInfo), ("https://pigment.app?x=1", .query),
        ("https://pigment.app/#x", .fragment), ("https://", .unreadable), ("https://:80", .unreadable), ("https://a:0", .unreadable),
        ("https://a:65536", .unreadable), ("https://a:b", .unreadable), ("https://a/../b", .unreadable), ("https://a b", .unreadable),
        ("https://pigmént.app", .unreadable), ("https://a\r\nHost: b", .unreadable), ("https://a/%2e%2e", .unreadable),
        ("https://[::1", .unreadable),
    ]

    @Test(arguments: refused) func refuses(_ text: String, flaw: SettingError.URLFlaw) {
        #expect(throws: SettingError.serviceURL(flaw)) { try ServiceURL(text) }
        #expect(!SettingError.serviceURL(flaw).description.isEmpty)
    }
}

@Suite struct ProxySettingsTests {
    static let chosen: [(proxy: String, exceptions: String?, service: String, expected: String?)] = [
        ("http://proxy.example:3128", nil, "https://pigment.app", "proxy.example:3128"),
        ("proxy.example:3128", nil, "https://pigment.app", "proxy.example:3128"),
        ("http://proxy.example", nil, "https://pigment.app", "proxy.example:80"),
        ("http://proxy.example:3128/", "", "https://pigment.app", "proxy.example:3128"),
        ("http://proxy.example:3128", "example.org,pigment.app", "https://pigment.app", nil),
        ("http://proxy.example:3128", "example.org , .pigment.app", "https://eu.pigment.app", nil),
        ("http://proxy.example:3128", "app", "https://pigment.app", nil),
        ("http://proxy.example:3128", "ment.app", "https://pigment.app", "proxy.example:3128"),
        ("http://proxy.example:3128", "*", "https://pigment.app", nil),
        ("http://proxy.example:3128", "*.pigment.app", "https://eu.pigment.app", nil),
        ("http://proxy.example:3128", "PIGMENT.APP", "https://pigment.app", nil),
        ("http://proxy.example:3128", "pigment.app:8443", "https://pigment.app", "proxy.example:3128"),
        ("http://proxy.example:3128", "pigment.app:443", "https://pigment.app", nil),
        ("http://proxy.example:3128", nil, "http://localhost:8080", nil),
        ("http://proxy.example:3128", nil, "https://127.0.0.1:8443", nil),
        ("http://proxy.example:3128", nil, "https://[::1]:8443", nil),
        ("", nil, "https://pigment.app", nil),
    ]

    @Test(arguments: chosen) func choosesTheProxy(_ proxy: String, exceptions: String?, service: String, expected: String?) throws {
        var environment = ["HTTPS_PROXY": proxy]
        environment["NO_PROXY"] = exceptions
        let settings = try ProxySettings(environment: environment)
        let found = settings.proxy(for: try ServiceURL(service))
        #expect(found.map { "\($0.host):\($0.port)" } == expected)
    }

    @Test func theLowerCaseVariableWins() throws {
        let settings = try ProxySettings(environment: ["HTTPS_PROXY": "http://upper:1", "https_proxy": "http://lower:2", "no_proxy": "x"])
        #expect(settings.proxy(for: .pigment)?.host == "lower")
    }

    @Test func neverPrintsItsLogin() throws {
        let settings = try ProxySettings(environment: ["HTTPS_PROXY": "http://canaryUser:canary%40Pass@proxy.example:3128"])
        let proxy = try #require(settings.proxy(for: .pigment))
        var dumped = ""
        dump(settings, to: &dumped)
        dump(proxy, to: &dumped)
        for text in ["\(settings)", "\(proxy)", String(reflecting: proxy), dumped] { #expect(!text.contains("canary"), "\(text)") }
        #expect("\(proxy)" == "***@proxy.example:3128")
    }

    @Test(arguments: [
        "socks5://canary:canary@proxy.example:1080", "https://canary@proxy.example", "http://canary:pa%zz@proxy.example", "http://canary@",
        "http://a:b:c", "http://canary%0d%0aX:y@proxy.example", "http://canary:%+5@p",
    ]) func refusesWhatItCannotUse(_ value: String) {
        #expect {
            try ProxySettings(environment: ["https_proxy": value])
        } throws: { error in
            let text = "\(error)"
            return text.hasPrefix("https_proxy cannot be used") && !text.contains("canary")
        }
    }
}
