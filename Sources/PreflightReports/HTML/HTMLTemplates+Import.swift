extension HTMLTemplates {
    static let imported = """
        <main>
        <header class="verdict {{stateClass}}">
        <p class="state">{{state}}</p>
        <h1>import {{name}}</h1>
        <p class="sentence">{{verdict}}</p>
        </header>
        {{#hasTiles}}<ul class="tiles" aria-label="Totals">
        {{#tiles}}<li><b>{{number}}</b> {{label}}</li>
        {{/tiles}}</ul>{{/hasTiles}}
        {{#hasSkips}}<section aria-labelledby="skipped"><h2 id="skipped">{{title}}</h2>
        <div class="wide" role="region" aria-labelledby="skipped" tabindex="0"><table><thead><tr><th scope="col">column</th><th scope="col">reason</th>{{#isCompared}}<th scope="col" class="number">predicted</th>{{/isCompared}}<th scope="col" class="number">reported</th>{{#isCompared}}<th scope="col">verdict</th>{{/isCompared}}<th scope="col">samples</th></tr></thead><tbody>
        {{#skips}}<tr><td>{{column}}</td><td>{{reason}}</td>{{#isCompared}}<td class="number">{{predicted}}</td>{{/isCompared}}<td class="number">{{reported}}</td>{{#isCompared}}<td>{{verdict}}</td>{{/isCompared}}<td>{{#samples}}<code>{{text}}</code> {{/samples}}</td></tr>
        {{/skips}}</tbody></table></div>
        {{#left}}<p>and {{left}}: the JSON report has all.</p>{{/left}}
        </section>{{/hasSkips}}
        {{#hasLines}}<section aria-labelledby="known"><h2 id="known">What is known</h2>
        <ul class="places">{{#lines}}<li>{{text}}</li>
        {{/lines}}</ul></section>{{/hasLines}}
        </main>

        """
}
