extension HTMLTemplates {
    static let diagnosis = """
        <main>
        <header class="verdict {{stateClass}}">
        <p class="state">{{state}}</p>
        <h1>{{path}}</h1>
        <p class="sentence">{{verdict}}</p>
        <p class="facts">{{facts}}</p>
        {{#signs}}<p class="facts">Possibly another file or configuration: {{text}}.</p>
        {{/signs}}
        </header>
        <ul class="tiles" aria-label="Totals">
        {{#tiles}}<li><b>{{number}}</b> {{label}}</li>
        {{/tiles}}</ul>
        <section aria-labelledby="compared"><h2 id="compared">Predicted against reported</h2>
        {{^hasRows}}<p>The report names no skipped cells.</p>{{/hasRows}}
        {{#hasRows}}<div class="wide" role="region" aria-labelledby="compared" tabindex="0"><table><thead><tr><th scope="col">column</th><th scope="col">reason</th><th scope="col" class="number">predicted</th><th scope="col" class="number">reported</th><th scope="col">verdict</th></tr></thead><tbody>
        {{{rows}}}</tbody></table></div>{{/hasRows}}
        </section>
        {{#hasRows}}<section aria-labelledby="why"><h2 id="why">Why, and which cells</h2>
        <p class="quiet">Each explanation is counted on the file. What Pigment does is assumed where it is not published.</p>
        {{{causes}}}
        {{#left}}<p>and {{left}}: the JSON of the diagnosis has all.</p>{{/left}}
        </section>{{/hasRows}}
        {{#skippedRows}}<section aria-labelledby="skipped"><h2 id="skipped">The skipped rows</h2>
        {{^refusals}}<p>They are known: <code>--retry-file FILE</code> writes exactly them.</p>{{/refusals}}
        {{#refusals}}<p>Not known exactly: {{text}}.</p>
        {{/refusals}}{{#written}}<p>{{text}}.</p>
        {{/written}}
        </section>{{/skippedRows}}
        </main>

        """

    static let diagnosisRow = """
        <tr><td>{{column}}</td><td>{{reason}}</td><td class="number">{{predicted}}</td><td class="number">{{reported}}</td><td>{{verdict}}</td></tr>

        """

    static let cause = """
        <article class="card" aria-label="{{column}}, {{reason}}">
        <h3>{{column}} <small>{{reason}}</small></h3>
        {{#nothing}}<p>{{nothing}}</p>{{/nothing}}
        {{#explanations}}<p><span class="badge note">{{certainty}}</span> {{words}}</p>
        {{#line}}<pre class="copy" tabindex="0">{{line}}</pre>{{/line}}
        {{#equal}}<p class="quiet">{{equal}}</p>{{/equal}}
        {{/explanations}}
        {{#hasSamples}}<h4>Samples of the import, and where they are</h4>
        <ul class="places">{{#samples}}<li><code>{{value}}</code> <span class="place">{{found}}</span></li>{{/samples}}{{#moreSamples}}<li class="quiet">{{moreSamples}}</li>{{/moreSamples}}</ul>{{/hasSamples}}
        {{#hasCells}}<h4>{{cellsTitle}}</h4>
        <ul class="places">{{#cells}}<li><span class="place">{{place}}</span> <code>{{value}}</code></li>{{/cells}}{{#moreCells}}<li class="quiet">{{moreCells}}</li>{{/moreCells}}</ul>{{/hasCells}}
        </article>

        """
}
