// Through whom one position is known, outermost first: the outlet, the reporters, the holder.
MATCH (holder:Actor)-[r]->(p:Position)-[:IN]->(article:Article)
WITH DISTINCT p, [{place: 0, name: article.publisher, kind: 'Article', role: 'outlet'}]
  + [(p)-[link:REPORTED_BY]->(reporter)
    | {place: link.order + 1, name: reporter.name, kind: labels(reporter)[-1], role: 'reporter'}]
  + [(party:Actor)-[relation]->(p) | {place: 1000, name: party.name, kind: labels(party)[-1], role: type(relation)}] AS chain
UNWIND chain AS link
WITH p, link
ORDER BY link.place, link.name
WITH p, collect(link) AS chain
UNWIND range(0, size(chain) - 1) AS place
RETURN place + 1 AS place, chain[place].role AS role, chain[place].name AS source, chain[place].kind AS kind,
  p.text AS position, p.id AS id
ORDER BY place
