import ByteSources
import ImportProfiles
import Mustache
import Preflight
import SafeText

/// The report as one page to look at: nothing is loaded from anywhere, and it reads well without a script and on paper.
///
/// Of any input the page stays under ``mostBytes``: cards that no longer fit are counted.
enum HTMLReport {
    /// Bytes of a page about one file.
    static let mostBytes = 300_000
    /// What is kept for the frame of the page: head, styles, verdict, and the sentences about what was left out.
    private static let frameBytes = 60_000

    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        defer { progress.isFirst = false }
        switch result {
        case .judged(let file): return render("file", FilePage(file, budget: mostBytes - frameBytes).context)
        case .unreadable(let path, let message, _):
            return render("unreadable", ["path": ReportWords.name(path), "message": message])
        }
    }

    static let beginning = render("beginning", ["style": HTMLStyle.sheet, "policy": HTMLStyle.policy])
    static let end = render("end", ["version": ToolVersion.current, "script": HTMLStyle.script])

    /// - Parameter context: What the template names. Empty texts and lists are left out, so that their sections are not rendered.
    static func render(_ name: String, _ context: [String: Any]) -> String {
        templates.render(present(context), withTemplate: name) ?? ""
    }

    /// Parts in their order, as long as they fit.
    static func fitting(_ parts: some Sequence<String>, _ budget: Int) -> (html: String, count: Int) {
        var (html, count) = ("", 0)
        for part in parts {
            if html.utf8.count + part.utf8.count > budget { break }
            html += part
            count += 1
        }
        return (html, count)
    }

    private static func present(_ context: [String: Any]) -> [String: Any] {
        context.compactMapValues { value in
            switch value {
            case let text as String: text.isEmpty ? nil : text
            case let list as [[String: Any]]: list.isEmpty ? nil : list.map(present)
            default: value
            }
        }
    }

    private static let templates: MustacheLibrary = {
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        do {
            let pragma = "{{% CONTENT_TYPE:\(HTMLText.name)}}"
            return MustacheLibrary(templates: try HTMLTemplates.texts.mapValues { try MustacheTemplate(string: pragma + $0) })
        } catch {
            preconditionFailure("a template of the page is not well-formed: \(error)")
        }
    }()
}

/// Escapes each code point by itself. The library's own HTML type goes by characters: a quote with a combining mark would not be one of those it knows,
/// and would end an attribute.
private struct HTMLText: MustacheContentType {
    static let name = "PREFLIGHT_HTML"

    func escapeText(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension ReportFormat {
    /// A page for browsers.
    public static let html = ReportFormat(
        name: "html", summary: "One self-contained page to look at, at most 300 kB for a file, without anything loaded from elsewhere.",
        importText: ImportPage.text, beginning: HTMLReport.beginning, end: HTMLReport.end, entry: HTMLReport.entry)
}
