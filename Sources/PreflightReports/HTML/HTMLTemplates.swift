/// The templates of the page, in Mustache. `{{name}}` is escaped; `{{{name}}}` occurs only for parts that were made from templates themselves.
enum HTMLTemplates {
    static let texts: [String: String] = [
        "beginning": beginning, "end": end, "file": file, "unreadable": unreadable, "finding": finding, "column": column,
        "example": example, "strip": strip, "diagnosis": diagnosis, "diagnosis-row": diagnosisRow, "cause": cause,
        "import": imported, "columns": columns,
    ]

    private static let beginning = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{{policy}}">
        <meta name="color-scheme" content="light dark">
        <title>Preflight report</title>
        <style>{{{style}}}</style>
        </head>
        <body>

        """

    private static let end = """
        <footer>Written by preflight {{version}}. Nothing on this page is loaded from anywhere.</footer>
        <script>{{{script}}}</script>
        </body>
        </html>

        """

    private static let unreadable = """
        <main>
        <header class="verdict bad"><p class="state">unreadable</p><h1>{{path}}</h1><p>{{message}}</p></header>
        </main>

        """

    private static let file = """
        <main>
        <header class="verdict {{stateClass}}">
        <p class="state">{{state}}</p>
        <h1>{{path}}</h1>
        <p class="sentence">{{verdict}}</p>
        <p class="facts">{{facts}}</p>
        {{#incomplete}}<p class="facts"><strong>Not all of the file was checked: the numbers are about the part that was.</strong></p>
        {{/incomplete}}
        </header>
        <ul class="tiles" aria-label="Totals">
        {{#tiles}}<li class="{{style}}"><b>{{number}}</b> {{label}}</li>
        {{/tiles}}</ul>
        {{#account}}<p class="account">{{account}}</p>{{/account}}
        {{{strip}}}
        {{#hasReconciliation}}<section aria-label="Predicted against reported"><h2>Predicted against reported</h2>
        <div class="wide" role="region" aria-label="Predicted against reported" tabindex="0"><table><thead><tr><th scope="col">column</th><th scope="col">reason</th><th scope="col" class="number">predicted</th><th scope="col" class="number">reported</th><th scope="col">verdict</th></tr></thead><tbody>
        {{#reconciliation}}<tr><td>{{column}}</td><td>{{reason}}</td><td class="number">{{predicted}}</td><td class="number">{{reported}}</td><td>{{verdict}}</td></tr>
        {{/reconciliation}}</tbody></table></div>
        {{#hasSamples}}<h3>Samples of the import, and where they are</h3>
        <ul class="places">{{#samples}}<li>{{column}} <code>{{value}}</code> <span class="place">{{found}}</span></li>
        {{/samples}}</ul>{{/hasSamples}}</section>
        {{/hasReconciliation}}
        {{#hasSkips}}<section aria-label="{{skipsTitle}}"><h2>{{skipsTitle}}</h2>
        <p>{{basis}}</p>
        <div class="wide" role="region" aria-label="{{skipsTitle}}" tabindex="0"><table><thead><tr><th scope="col">column</th><th scope="col" class="number">cells</th><th scope="col">reason</th><th scope="col">for example</th></tr></thead><tbody>
        {{#skips}}<tr><td>{{column}}</td><td class="number">{{cells}}</td><td>{{reason}}</td><td>{{#samples}}<code>{{text}}</code> {{/samples}}</td></tr>
        {{/skips}}</tbody></table></div></section>
        {{/hasSkips}}
        {{#hasColumns}}<section aria-label="Columns"><h2>Columns</h2>
        {{#columnsNote}}<p class="quiet">{{columnsNote}}</p>{{/columnsNote}}
        <div class="cards">
        {{{columns}}}</div>
        {{#columnsMore}}<p>and {{columnsMore}}: see the JSON report and <code>preflight columns</code>.</p>{{/columnsMore}}
        </section>
        {{/hasColumns}}
        <section aria-label="Findings"><h2>Findings</h2>
        {{^hasFindings}}<p>None.</p>{{/hasFindings}}
        {{{findings}}}
        {{#findingsMore}}<p>and {{findingsMore}}: the JSON report has all.</p>{{/findingsMore}}
        </section>
        </main>

        """

    private static let strip = """
        <section class="strip" aria-labelledby="where"><h2 id="where">Where in the file</h2>
        <p class="quiet">All {{bytes}}, from the first to the last, in {{cells}} of {{cell}}. A mark is where rows with a finding begin; it is higher where more of them do.</p>
        {{#lanes}}<div class="lane"><div class="label"><span class="badge {{severity}}">{{code}}</span> {{title}}{{#summary}} <span class="quiet">{{summary}}</span>{{/summary}}</div>
        <svg viewBox="0 0 {{count}} 10" preserveAspectRatio="none" role="img" aria-label="{{label}}">{{{marks}}}</svg></div>
        {{/lanes}}
        <p class="axis quiet" aria-hidden="true"><span>byte 0</span><span>{{last}}</span></p>
        </section>

        """

    private static let finding = """
        <details class="finding {{severity}}"{{#isOpen}} open{{/isOpen}}>
        <summary><span class="badge">{{severity}} {{code}}</span> {{#column}}<b>{{column}}</b>: {{/column}}{{message}}{{#twins}}, {{twins}}{{/twins}}</summary>
        <p class="quiet">{{slug}}: {{count}}{{#rows}} {{rows}}{{/rows}}</p>
        {{#hasExamples}}<ul class="places">
        {{#examples}}{{> example}}{{/examples}}
        {{#more}}<li class="quiet">{{more}}</li>{{/more}}
        </ul>{{/hasExamples}}
        <p>{{why}}</p>
        {{#help}}<p><b>What to do:</b> {{help}}</p>{{/help}}
        </details>

        """

    private static let example = """
        <li><span class="place">{{place}}</span>{{#hasValue}} <code>{{value}}</code>{{/hasValue}}{{#reason}} <span class="quiet">{{reason}}</span>{{/reason}}{{#hasExcerpt}}<pre>{{before}}<mark>{{marked}}</mark>{{after}}</pre>{{/hasExcerpt}}</li>

        """

    private static let column = """
        <article class="card" aria-label="Column {{index}}">
        <h3>{{#hasName}}{{name}}{{/hasName}}{{^hasName}}without a name{{/hasName}} <small>column {{index}}{{#type}}, {{type}}{{/type}}{{#empty}}, {{empty}}{{/empty}}</small></h3>
        {{#skips}}<p><b>{{cells}}</b> {{noun}} skipped as {{reason}}</p>{{/skips}}
        {{#facts}}<p>{{facts}}</p>{{/facts}}
        {{#shapesTitle}}<p class="quiet">{{shapesTitle}}:</p>{{/shapesTitle}}
        {{#hasShapes}}<ul class="bars">{{#shapes}}<li><i style="width:{{percent}}%"></i><p><code>{{label}}</code> <b>{{count}}</b>{{#note}} <small>{{note}}</small>{{/note}}</p></li>{{/shapes}}</ul>{{/hasShapes}}
        {{#hasLooks}}{{#shapesTitle}}<p class="quiet">What all values look like:</p>
        {{/shapesTitle}}        <ul class="bars all">{{#looks}}<li><i style="width:{{percent}}%"></i><p><code>{{label}}</code> <b>{{count}}</b>{{#note}} <small>{{note}}</small>{{/note}}</p></li>{{/looks}}</ul>{{/hasLooks}}
        {{#slice}}<p>{{slice}}</p>{{/slice}}
        {{#settingsTitle}}<p class="quiet">{{settingsTitle}}:</p>{{/settingsTitle}}
        {{#settings}}<p>{{words}}: {{change}}</p>
        {{#line}}<pre class="copy" tabindex="0">{{line}}</pre>{{/line}}{{#isLong}}<p class="quiet">The line of the profile is long: see the JSON report.</p>{{/isLong}}
        {{/settings}}
        </article>

        """
}
