/// Style, script and security policy of the page.
enum HTMLStyle {
    /// Nothing may be loaded, and no other script may run: a value of the file that got through the escaping would still be inert.
    static let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src '\(scriptHash)'; base-uri 'none'; form-action 'none'"

    /// SHA-256 of ``script``, which the policy admits; a test compares them.
    static let scriptHash = "sha256-HBf2iJRqnfP50B2OsZhfuEcY54BFbNpxfuI5QGv+R50="

    static let sheet = """
        :root{--ink:#1c2127;--quiet:#59636e;--paper:#fff;--card:#f6f8fa;--line:#d1d9e0;--error:#b42318;--errorPaper:#fef1f0;--warning:#8a5a00;--warningPaper:#fff8e6;--note:#0b5cad;--notePaper:#eef6ff;--good:#146c37;--goodPaper:#edf9f1}
        @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--quiet:#9aa5b1;--paper:#0f1318;--card:#181e25;--line:#333c46;--error:#ff9a8f;--errorPaper:#2d1614;--warning:#f0c15c;--warningPaper:#2a2110;--note:#8fc1ff;--notePaper:#10233a;--good:#7ddf9f;--goodPaper:#10291a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem}
        h1{font-size:1.5rem;margin:.2rem 0;overflow-wrap:anywhere}
        h2{font-size:1.2rem;margin:2rem 0 .6rem}
        h3{font-size:1rem;margin:0 0 .4rem;overflow-wrap:anywhere}
        h4{font-size:.875rem;margin:.8rem 0 .2rem}
        small,.quiet{color:var(--quiet);font-weight:normal}
        p{margin:.4rem 0;overflow-wrap:anywhere}
        code,pre{font:.875rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
        code{background:var(--card);border:1px solid var(--line);border-radius:4px;padding:0 .25em}
        pre{margin:.3rem 0;padding:.5rem;background:var(--card);border:1px solid var(--line);border-radius:6px}
        mark{background:var(--errorPaper);color:var(--error);outline:1px solid var(--error);border-radius:2px}
        .verdict{border:1px solid var(--line);border-left:.5rem solid;border-radius:8px;padding:1rem 1.2rem}
        .verdict.good{border-left-color:var(--good);background:var(--goodPaper)}
        .verdict.bad{border-left-color:var(--error);background:var(--errorPaper)}
        .state{margin:0;font-weight:700;text-transform:uppercase;letter-spacing:.04em}
        .good .state{color:var(--good)}
        .bad .state{color:var(--error)}
        .sentence{font-size:1.1rem}
        .facts{color:var(--quiet);margin-bottom:0}
        .tiles{list-style:none;display:flex;flex-wrap:wrap;gap:.6rem;padding:0;margin:1rem 0}
        .tiles li{flex:1 1 8rem;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem;color:var(--quiet)}
        .tiles b{display:block;font-size:1.35rem;color:var(--ink)}
        .tiles .error b{color:var(--error)}
        .tiles .warning b{color:var(--warning)}
        .account{margin:.4rem 0 1rem}
        .lane{margin:.5rem 0}
        .lane .label{font-size:.875rem;overflow-wrap:anywhere}
        .lane svg{display:block;width:100%;height:1.25rem;background:var(--card);border:1px solid var(--line);border-radius:4px}
        .lane rect{vector-effect:non-scaling-stroke;stroke-width:1px}
        @media (max-width:40rem){.lane rect{stroke-width:.4px}}
        .e{fill:var(--error);stroke:var(--error)}
        .w{fill:var(--warning);stroke:var(--warning)}
        .n{fill:var(--note);stroke:var(--note)}
        .lane rect.now{fill:var(--ink);stroke:var(--ink)}
        .axis{display:flex;justify-content:space-between;font-size:.875rem;margin:.2rem 0}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%;min-width:36rem}
        th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
        td{overflow-wrap:anywhere;min-width:8rem}
        th{color:var(--quiet);font-weight:600}
        .number{min-width:0;text-align:right;white-space:nowrap;overflow-wrap:normal}
        .cards{columns:22rem;column-gap:.8rem;margin-top:1rem}
        .cards .card{break-inside:avoid}
        .card{border:1px solid var(--line);border-radius:8px;padding:.8rem;margin:0 0 .8rem;min-width:0}
        .bars,.places{list-style:none;padding:0;margin:.4rem 0}
        .bars li{position:relative;padding:.15rem .3rem}
        .bars i{position:absolute;inset:.1rem auto .1rem 0;background:var(--notePaper);border-left:3px solid var(--note);border-radius:3px}
        .bars.all i{background:var(--card);border-left-color:var(--line)}
        .bars p{position:relative;overflow-wrap:anywhere;margin:0}
        .places li{margin:.3rem 0;overflow-wrap:anywhere}
        .place{color:var(--quiet)}
        .finding{border:1px solid var(--line);border-radius:8px;margin:.6rem 0;padding:.5rem .8rem}
        .finding summary{cursor:pointer;overflow-wrap:anywhere}
        .badge{display:inline-block;border-radius:4px;padding:0 .4em;font-weight:600;font-size:.875rem}
        .badge.all{color:var(--quiet);background:var(--card)}
        .error .badge,.badge.error{color:var(--error);background:var(--errorPaper)}
        .warning .badge,.badge.warning{color:var(--warning);background:var(--warningPaper)}
        .note .badge,.badge.note{color:var(--note);background:var(--notePaper)}
        .copied{margin-left:.6rem;font-size:.875rem}
        button{font:inherit;font-size:.875rem;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.15rem .6rem;cursor:pointer}
        :focus-visible{outline:2px solid var(--note);outline-offset:2px}
        footer{max-width:72rem;margin:0 auto;padding:1rem;color:var(--quiet);font-size:.875rem}
        @media print{.finding,.card,.lane{break-inside:avoid}button,.strip [role=status]{display:none}body{font-size:11pt}.bars i,.badge,mark,.verdict,.lane svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}details::details-content{content-visibility:visible;block-size:auto}}
        """

    /// Adds what a page without a script lacks: buttons that copy a line of the profile, marks of the strip that can be chosen with the pointer or the
    /// arrow keys, and all findings open on paper.
    static let script = """
        "use strict";
        for (const block of document.querySelectorAll("pre.copy")) {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = "Copy";
          const said = document.createElement("span");
          said.className = "copied quiet";
          said.setAttribute("role", "status");
          button.addEventListener("click", () => {
            const done = () => { said.textContent = "Copied."; };
            const select = () => { getSelection().selectAllChildren(block); said.textContent = "Selected: copy it with the keyboard."; };
            if (navigator.clipboard) navigator.clipboard.writeText(block.textContent).then(done, select); else select();
          });
          block.after(button, said);
        }
        const strip = document.querySelector(".strip");
        if (strip) {
          const said = document.createElement("p");
          said.setAttribute("role", "status");
          said.textContent = "Choose a mark: click it, or use the arrow keys on a lane.";
          strip.append(said);
          let now = null;
          for (const lane of strip.querySelectorAll("svg")) {
            const marks = [...lane.querySelectorAll("rect")];
            const name = lane.getAttribute("aria-label");
            let place = -1;
            const choose = (next) => {
              place = next;
              if (now) now.classList.remove("now");
              now = marks[place];
              now.classList.add("now");
              const text = now.querySelector("title").textContent;
              lane.setAttribute("aria-valuenow", place + 1);
              lane.setAttribute("aria-valuetext", text);
              said.textContent = name.split(/[,:]/)[0] + ": " + text + ".";
            };
            lane.setAttribute("tabindex", "0");
            lane.setAttribute("role", "slider");
            lane.setAttribute("aria-valuemin", 1);
            lane.setAttribute("aria-valuemax", marks.length);
            lane.setAttribute("aria-valuenow", 1);
            lane.addEventListener("click", (event) => {
              const x = event.offsetX / lane.clientWidth * lane.viewBox.baseVal.width;
              const distance = (mark) => Math.max(mark.x.baseVal.value - x, x - mark.x.baseVal.value - mark.width.baseVal.value, 0);
              let best = 0;
              marks.forEach((mark, index) => { if (distance(mark) < distance(marks[best])) best = index; });
              choose(best);
            });
            lane.addEventListener("keydown", (event) => {
              const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10, Home: -1e9, End: 1e9 }[event.key];
              if (!step) return;
              event.preventDefault();
              choose(Math.min(marks.length - 1, Math.max(0, place + step)));
            });
          }
        }
        addEventListener("beforeprint", () => { for (const each of document.querySelectorAll("details")) each.open = true; });
        """
}
