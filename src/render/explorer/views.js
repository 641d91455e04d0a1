// Puts texts into the page. Texts are set as text only: what an article says can be no markup.

const element = id => document.getElementById(id);

function html(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// A text from the graph; its direction does not leak into the text around it.
const told = text => html("bdi", {}, text);

const linkTo = (kind, entry) => html("a", { href: `#${kind}/${entry.index}` }, told(entry.name));

function between(nodes, separator = ", ") {
  return nodes.flatMap((node, index) => index ? [separator, node] : [node]);
}

const actorLinks = indices => between(indices.map(index => linkTo("actor", graph.actors[index])));

// How well a name fits what is searched: the whole name, its beginning, the beginning of a word, somewhere.
function fit(entry) {
  const [name, words] = [entry.name.toLowerCase(), choice.words.toLowerCase()];
  return name === words ? 0 : name.startsWith(words) ? 1 : name.includes(` ${words}`) ? 2 : 3;
}

// The entries that the search finds, those that fit best and have most positions first.
function found(entries) {
  const hits = entries.filter(entry => matches(entry, choice.words)).map(entry => ({ entry, count: entry.held.length }));
  return hits.sort((one, other) => (other.count > 0) - (one.count > 0) || fit(one.entry) - fit(other.entry) || other.count - one.count);
}

function showLists(positions) {
  const fill = (id, kind, entries, members) => {
    const searched = choice.words ? found(entries) : ranked(entries, graph.positions, members);
    const items = searched.slice(0, 200).map(({ entry, count }) => {
      const link = html("a", { href: `#${kind}/${entry.index}` }, told(entry.name), html("span", { "aria-label": `${count} positions` }, String(count)));
      if (choice.kind === kind && choice.index === entry.index) link.setAttribute("aria-current", "page");
      return html("li", {}, link);
    });
    if (searched.length > items.length) items.push(html("li", { class: "quiet" }, `${searched.length - items.length} more: search`));
    element(id).replaceChildren(...(items.length ? items : [html("li", { class: "quiet" }, "none")]));
  };
  fill("actors", "actor", graph.actors, position => position.holders);
  fill("topics", "topic", graph.topics, position => position.topics);
}

function showHead() {
  const head = element("head");
  document.title = "Positions";
  if (!choice.kind) return head.replaceChildren();
  if (choice.kind === "position") return head.replaceChildren(html("p", {}, html("a", { href: "#" }, "All positions")));
  const entry = (choice.kind === "actor" ? graph.actors : graph.topics)[choice.index];
  document.title = `${entry.name} · Positions`;
  const facts = [html("h2", {}, told(entry.name)), html("p", { class: "quiet" }, [choice.kind === "actor" ? entry.kind : "topic", ...(entry.aliases.length ? [`also ${entry.aliases.join(", ")}`] : [])].join(" · "))];
  for (const [role, [self, other]] of [["speaks for", ["who", "whom"]], ["spoken for by", ["whom", "who"]]]) {
    const offices = choice.kind === "actor" ? graph.offices.filter(office => office[self] === choice.index) : [];
    if (offices.length) facts.push(html("p", {}, `${role}: `, ...between(offices.map(office => html("span", {}, linkTo("actor", graph.actors[office[other]]), office.role ? ` (${office.role})` : "")))));
  }
  head.replaceChildren(...facts);
}

function showRelations() {
  const open = chosen().filter(passes);
  element("relations").replaceChildren(...graph.relations.map(relation => {
    const count = open.filter(position => position.relation === relation).length;
    const tick = html("input", { type: "checkbox", value: relation });
    tick.checked = choice.relations.has(relation);
    return html("label", count ? {} : { class: "none" }, tick, `${familyOf.get(relation)?.sign || ""} ${relation} `, html("span", { class: "quiet" }, String(count)));
  }));
}

// The sentence with the words of the position marked. Offsets count code points, as Array.from does.
function markedSentence({ sentence, start, end }) {
  const letters = Array.from(sentence);
  const part = (from, to) => letters.slice(from, to).join("");
  return html("blockquote", { dir: "auto" }, part(0, start), html("mark", {}, part(start, end)), part(end));
}

function evidence(position) {
  const article = position.article === null ? null : graph.articles[position.article];
  const facts = [];
  const fact = (name, ...values) => { if (values.some(value => value !== "")) facts.push(html("dt", {}, name), html("dd", {}, ...values)); };
  if (article) {
    const safe = /^https?:\/\//i.test(article.url);
    fact("article", safe ? html("a", { href: article.url, rel: "noopener noreferrer" }, told(article.title)) : told(article.title));
    fact("outlet", told(article.publisher || "unknown"));
    fact("date", position.date || "unknown");
  }
  fact("cue", told(position.cue));
  if (position.via.length) fact("known via", ...actorLinks(position.via));
  if (position.towards.length) fact("towards", ...actorLinks(position.towards));
  if (position.topics.length) fact("about", ...between(position.topics.map(index => linkTo("topic", graph.topics[index]))));
  if (position.mentions.length) fact("mentions", ...actorLinks(position.mentions));
  position.conditions.forEach(condition => fact("condition", told(condition)));
  fact("modality", [position.modality, position.quote].filter(Boolean).join(", "));
  fact("rule", position.rule);
  fact("id", html("a", { href: `#position/${position.index}` }, told(position.id)));
  return html("div", { class: "evidence" }, markedSentence(position), html("dl", {}, ...facts));
}

function positionItem(position) {
  const family = familyOf.get(position.relation);
  const names = position.holders.map(index => graph.actors[index].name).join(", ") || "nobody named";
  const summary = html("summary", {},
    html("span", { class: "when" }, [position.date, position.outlet].filter(Boolean).join(" · ")),
    html("b", {}, told(names)), ` ${family ? family.sign + " " : ""}${position.stance}: `, told(position.text),
    ...(position.modality && position.modality !== "asserted" ? [html("i", {}, ` (${position.modality})`)] : []));
  const details = html("details", {}, summary);
  if (family) details.style.setProperty("--side", family.color);
  details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(evidence(position)); });
  if (choice.kind === "position") { details.append(evidence(position)); details.open = true; }
  return html("li", {}, details);
}

function showPositions(positions, count) {
  element("positions").replaceChildren(...positions.slice(0, count).map(positionItem));
  element("more").hidden = positions.length <= count;
  element("status").textContent = positions.length === 1 ? "1 position" : `${positions.length} positions`;
}

// Who stands where on what, as a table: the actors and topics with most positions.
function stanceTable(positions) {
  const actors = ranked(graph.actors, positions, position => position.holders).slice(0, 12).map(found => found.entry);
  const topics = ranked(graph.topics, positions, position => position.topics).slice(0, 10).map(found => found.entry);
  if (!actors.length || !topics.length) return null;
  const cell = (actor, topic) => {
    const held = positions.filter(position => position.holders.includes(actor.index) && position.topics.includes(topic.index));
    const [inFavour, opposed] = ["for", "against"].map(side => held.filter(position => sideOf(position) === side).length);
    const side = inFavour && opposed ? "both" : inFavour ? "pro" : opposed ? "contra" : "";
    const sign = { both: "±", pro: "+", contra: "−" }[side] || (held.length ? "·" : "");
    const words = { both: "both", pro: "for", contra: "against" }[side] || (held.length ? "no side" : "nothing");
    return html("td", { class: side || "no", "aria-label": `${words}, ${held.length} positions` }, held.length > 1 ? `${sign} ${held.length}` : sign);
  };
  const head = html("tr", {}, html("td", {}), ...topics.map(topic => html("th", { scope: "col" }, linkTo("topic", topic))));
  const rows = actors.map(actor => html("tr", {}, html("th", { scope: "row" }, linkTo("actor", actor)), ...topics.map(topic => cell(actor, topic))));
  const caption = html("caption", { class: "quiet" }, "Who stands where: + for, − against, ± both, · speaks of it without a side");
  return html("div", { class: "wide" }, html("table", {}, caption, html("thead", {}, head), html("tbody", {}, ...rows)));
}
