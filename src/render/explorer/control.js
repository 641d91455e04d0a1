// Follows the address (#actor/3), the search field and the filters, and shows the answer.

const PAGE_LENGTH = 60;
let shown = PAGE_LENGTH;

function show() {
  const positions = answer();
  showLists(positions);
  showHead();
  showRelations();
  const picture = choice.kind === "" ? stanceTable(positions) : drawing(positions);
  element("picture").replaceChildren(...(picture ? [picture] : []));
  element("filters").hidden = choice.kind === "position";
  showPositions(positions, shown);
}

// Reads "#topic/4"; whatever names nothing chooses nothing.
function readAddress() {
  const [, kind, number] = location.hash.match(/^#(actor|topic|position)\/(\d+)$/) || [];
  const entry = kind && graph[`${kind}s`][Number(number)];
  Object.assign(choice, entry ? { kind, index: Number(number) } : { kind: "", index: -1 });
  shown = PAGE_LENGTH;
}

function readFilters() {
  choice.relations = new Set([...element("relations").querySelectorAll("input:checked")].map(tick => tick.value));
  [choice.since, choice.until, choice.outlet] = ["since", "until", "outlet"].map(id => element(id).value);
  shown = PAGE_LENGTH;
}

addEventListener("hashchange", () => {
  if (location.hash === "#main") return;
  readAddress();
  show();
  scrollTo(0, 0);
  element("main").focus({ preventScroll: true });
});

element("query").addEventListener("input", event => {
  choice.words = event.target.value.trim();
  if (choice.kind) { history.replaceState(null, "", "#"); readAddress(); }
  shown = PAGE_LENGTH;
  show();
});

element("find").addEventListener("submit", event => {
  event.preventDefault();
  if (!choice.words) return;
  const best = [["actor", graph.actors], ["topic", graph.topics]].map(([kind, entries]) => ({ kind, ...found(entries)[0] })).filter(hit => hit.entry);
  best.sort((one, other) => fit(one.entry) - fit(other.entry) || other.count - one.count);
  if (best.length) location.hash = `#${best[0].kind}/${best[0].entry.index}`;
});

element("filters").addEventListener("submit", event => event.preventDefault());
element("filters").addEventListener("change", event => {
  const value = event.target.type === "checkbox" ? event.target.value : "";
  readFilters();
  show();
  if (value) element("relations").querySelector(`input[value="${CSS.escape(value)}"]`).focus();
});
element("filters").addEventListener("reset", () => setTimeout(() => { choice.relations.clear(); [choice.since, choice.until, choice.outlet] = ["", "", ""]; show(); }));
element("more").addEventListener("click", () => { shown += PAGE_LENGTH; show(); });

addEventListener("keydown", event => {
  const typing = ["INPUT", "SELECT"].includes(document.activeElement.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); element("query").focus(); }
});

const outlets = [...new Set(graph.articles.map(article => article.publisher).filter(Boolean))].sort();
element("outlet").append(...outlets.map(outlet => html("option", { value: outlet }, outlet)));
element("counts").textContent = `${graph.articles.length} articles, ${graph.actors.length} actors, ${graph.positions.length} positions`;
readAddress();
show();
