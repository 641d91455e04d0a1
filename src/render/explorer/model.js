// What the page knows, what is asked of it, and which positions answer.

const graph = JSON.parse(document.getElementById("data").textContent);

// What the reader chose: one actor, topic or position, words, and filters. Empty filters let everything pass.
const choice = { kind: "", index: -1, words: "", relations: new Set(), since: "", until: "", outlet: "" };

const pro = new Set(graph.pro), contra = new Set(graph.contra);
const familyOf = new Map(graph.families.flatMap(family => family.relations.map(relation => [relation, family])));

// A sign for each family, so that no colour has to be told from another.
const SIGNS = ["+", "−", "!", "?", "→", "“"];
graph.families.forEach((family, index) => { family.sign = SIGNS[index] || "·"; });

graph.positions.forEach((position, index) => {
  position.index = index;
  position.outlet = position.article === null ? "" : graph.articles[position.article].publisher;
  position.stance = (position.negated ? "not " : "") + position.relation;
  position.haystack = [position.text, position.sentence, ...position.holders.map(actor => graph.actors[actor].name)].join("\n").toLowerCase();
});
for (const kind of ["actors", "topics"]) {
  graph[kind].forEach((entry, index) => { entry.index = index; entry.held = []; entry.haystack = [entry.name, ...entry.aliases].join("\n").toLowerCase(); });
}
for (const position of graph.positions) {
  new Set(position.holders).forEach(actor => graph.actors[actor].held.push(position));
  new Set(position.topics).forEach(topic => graph.topics[topic].held.push(position));
}

// "for", "against", or "" for a position that takes no side.
function sideOf(position) {
  return pro.has(position.stance) ? "for" : contra.has(position.stance) ? "against" : "";
}

// Whether a position passes every filter but that of the relations.
function passes(position) {
  return (!choice.since || position.date >= choice.since)
    && (!choice.until || (position.date && position.date <= choice.until))
    && (!choice.outlet || position.outlet === choice.outlet)
    && (!choice.words || choice.kind || matches(position, choice.words));
}

// Whether every word of the search stands in an entry.
function matches(entry, words) {
  return words.toLowerCase().split(/\s+/).every(word => entry.haystack.includes(word));
}

// The positions of what was chosen, before filters.
function chosen() {
  if (choice.kind === "actor") return graph.actors[choice.index].held;
  if (choice.kind === "topic") return graph.topics[choice.index].held;
  if (choice.kind === "position") return [graph.positions[choice.index]];
  return graph.positions;
}

// The positions that answer, in order of time; those without a date come last.
function answer() {
  const kept = chosen().filter(position => passes(position) && (!choice.relations.size || choice.relations.has(position.relation)));
  return kept.slice().sort((one, other) => (one.date || "9") < (other.date || "9") ? -1 : (one.date || "9") > (other.date || "9") ? 1 : one.index - other.index);
}

// Entries by how many of the positions they have, most first; those with none are left out.
function ranked(entries, positions, members) {
  const counts = new Map();
  positions.forEach(position => new Set(members(position)).forEach(index => counts.set(index, (counts.get(index) || 0) + 1)));
  const order = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  return order.map(([index, count]) => ({ entry: entries[index], count }));
}
