// Draws who stands where around an actor or a topic: columns of boxes, lines between them, nothing on top of a word.

const ROW = 30, BOX = 24, WIDTH = 1000, CHARACTERS = 30;
const LIMIT = { topics: 12, others: 16 };

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function shortened(text, length = CHARACTERS) {
  const letters = Array.from(text);
  return letters.length > length ? letters.slice(0, length - 1).join("") + "…" : text;
}

// What a line between two boxes stands for: how often each family of relations, the most frequent first. Saying comes
// last, because it says least of where somebody stands.
function familiesOf(positions) {
  const counts = new Map();
  positions.forEach(position => { const family = familyOf.get(position.relation); if (family) counts.set(family, (counts.get(family) || 0) + 1); });
  const isSaying = family => family.relations.includes("says");
  return [...counts].sort((one, other) => isSaying(one[0]) - isSaying(other[0]) || other[1] - one[1]);
}

// The columns around an actor: the actor, its topics, who else speaks of them.
function aroundActor(positions) {
  const held = new Set(positions);
  const topics = ranked(graph.topics, positions, position => position.topics).slice(0, LIMIT.topics);
  const centre = box("actor", graph.actors[choice.index], "");
  const middle = topics.map(({ entry }) => box("topic", entry, ""));
  const others = topics.flatMap(({ entry }) => entry.held.filter(position => !held.has(position) && passes(position) && allowed(position)));
  const right = ranked(graph.actors, others, position => position.holders).filter(({ entry }) => entry.index !== choice.index)
    .slice(0, LIMIT.others).map(({ entry }) => box("actor", entry, ""));
  const lines = [];
  for (const topic of middle) {
    lines.push(line(centre, topic, positions.filter(position => position.topics.includes(topic.entry.index))));
    for (const actor of right) {
      lines.push(line(topic, actor, topic.entry.held.filter(position => position.holders.includes(actor.entry.index) && passes(position) && allowed(position))));
    }
  }
  return { columns: [[centre], middle, right], lines: lines.filter(line => line.positions.length), heads: ["", "speaks of", "so do"] };
}

// The columns around a topic: who is for it, the topic, who is against it or takes no side.
function aroundTopic(positions) {
  const centre = box("topic", graph.topics[choice.index], "");
  const groups = { for: [], against: [], "": [] };
  for (const { entry } of ranked(graph.actors, positions, position => position.holders).slice(0, 2 * LIMIT.others)) {
    const held = positions.filter(position => position.holders.includes(entry.index));
    const sides = held.map(sideOf);
    const [inFavour, opposed] = ["for", "against"].map(side => sides.filter(found => found === side).length);
    groups[inFavour > opposed ? "for" : opposed > inFavour ? "against" : ""].push({ ...box("actor", entry, ""), held });
  }
  const right = [...heading("against", groups.against), ...heading("both or neither", groups[""])];
  const left = heading("for", groups.for);
  const ends = [...groups.for.map(end => line(end, centre, end.held)), ...groups.against.map(end => line(centre, end, end.held)), ...groups[""].map(end => line(centre, end, end.held))];
  return { columns: [left, [centre], right], lines: ends, heads: ["", "", ""] };
}

const allowed = position => !choice.relations.size || choice.relations.has(position.relation);
const box = (kind, entry, head) => ({ kind, entry, head });
const line = (from, to, positions) => ({ from, to, positions });
const heading = (head, boxes) => boxes.length ? [{ head }, ...boxes] : [];

// Puts a column in the order of the middle of what its boxes are tied to, so that fewer lines cross.
function uncross(column, lines) {
  const middle = end => {
    const places = lines.filter(line => line.to === end).map(line => line.from.y);
    return places.length ? places.reduce((sum, y) => sum + y, 0) / places.length : 0;
  };
  return column.map(end => [middle(end), end]).sort((one, other) => one[0] - other[0]).map(([, end]) => end);
}

// Gives each box its place; columns are centred.
function place({ columns, lines, heads }) {
  const height = Math.max(3, ...columns.map(column => column.length)) * ROW + 50;
  const gap = WIDTH / columns.length;
  columns.forEach((column, number) => {
    const ordered = number > 1 && !column.some(end => end.head) ? uncross(column, lines) : column;
    const top = (height + 20 - ordered.length * ROW) / 2;
    ordered.forEach((end, row) => Object.assign(end, { x: gap * (number + .5), y: top + row * ROW + ROW / 2, width: gap * .72 }));
  });
  return { columns, lines, heads, height, gap };
}

function drawLine({ from, to, positions }) {
  const [[family, count], ...rest] = familiesOf(positions);
  const [x1, x2] = [from.x + from.width / 2, to.x - to.width / 2], bend = (x2 - x1) / 2;
  const path = svg("path", { d: `M${x1},${from.y} C${x1 + bend},${from.y} ${x2 - bend},${to.y} ${x2},${to.y}`, fill: "none", stroke: family.color, "stroke-width": Math.min(1.2 + count * .5, 5), "stroke-opacity": .75 });
  if (family.sign === "−") path.setAttribute("stroke-dasharray", "7 4");
  path.append(svg("title", {}, [[family, count], ...rest].map(([family, count]) => `${family.legend}: ${count}`).join("; ")));
  return path;
}

// The signs of all lines that reach a box, in front of it, on a white ground; the centre has none.
function drawSigns(end, lines) {
  const reaching = lines.filter(line => !isChosen(end) && (line.to === end || (line.from === end && isChosen(line.to))));
  if (!reaching.length) return [];
  const before = reaching[0].to === end, side = before ? -1 : 1;
  const label = svg("text", { x: end.x + side * (end.width / 2 + 7), y: end.y + 4.5, "text-anchor": before ? "end" : "start", stroke: "#fff", "stroke-width": 4, "paint-order": "stroke", "font-weight": 700, "aria-hidden": "true" });
  for (const [family, count] of familiesOf(reaching.flatMap(line => line.positions))) label.append(svg("tspan", { fill: family.color }, `${family.sign}${count > 1 ? count : ""} `));
  label.lastChild.textContent = label.lastChild.textContent.trimEnd();
  return [label];
}

const isChosen = end => end.kind === choice.kind && end.entry.index === choice.index;

function drawBox(end) {
  if (end.head) return svg("text", { x: end.x, y: end.y + 4, "text-anchor": "middle", class: "heading" }, end.head);
  const { kind, entry, x, y, width } = end;
  const here = isChosen(end);
  const look = kind === "topic" ? { fill: "#eef0f2", stroke: "#8a8f98", rx: 12 } : { fill: "#dbe8fb", stroke: "#4a78b5", rx: 3 };
  const shape = svg("rect", { x: x - width / 2, y: y - BOX / 2, width, height: BOX, "stroke-width": here ? 2.5 : 1, ...look });
  const name = svg("text", { x, y: y + 4.5, "text-anchor": "middle", fill: "#1c2330", direction: "ltr", "unicode-bidi": "isolate" }, shortened(entry.name));
  const link = svg("a", { href: `#${kind}/${entry.index}`, "aria-label": `${kind} ${entry.name}` }, svg("title", {}, entry.name), shape, name);
  if (here) link.setAttribute("aria-current", "page");
  return link;
}

// The drawing for what is chosen; nothing where there is nothing to draw.
function drawing(positions) {
  if (!positions.length || !["actor", "topic"].includes(choice.kind)) return null;
  const { columns, lines, heads, height, gap } = place(choice.kind === "actor" ? aroundActor(positions) : aroundTopic(positions));
  if (!lines.length) return null;
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "group", "aria-label": "Who stands where; the positions below say the same in words" });
  heads.forEach((head, number) => { if (head && columns[number].length) picture.append(svg("text", { x: gap * (number + .5), y: 20, "text-anchor": "middle", class: "heading" }, head)); });
  const told = lines.filter(line => familiesOf(line.positions).length);
  picture.append(...told.map(drawLine), ...columns.flat().filter(end => !end.head).flatMap(end => drawSigns(end, told)), ...columns.flat().map(drawBox));
  const families = graph.families.filter(family => told.some(line => familiesOf(line.positions)[0][0] === family));
  const figure = document.createElement("figure"), legend = document.createElement("figcaption");
  for (const family of families) {
    const item = document.createElement("span");
    item.style.color = family.color;
    item.append(`${family.sign} ${family.legend}`);
    legend.append(item);
  }
  figure.append(picture, legend);
  return figure;
}
