// Through whom positions are known: the chain of reporters, or who says it.
MATCH (holder:Actor)-[r]->(p:Position)-[:IN]->(article:Article)
WITH holder, p, article, [(p)-[:REPORTED_BY]->(reporter) | reporter.name] AS chain
WHERE size(chain) > 0 OR p.relation = 'says' AND NOT (p)-[:CONTAINS]->()
RETURN CASE WHEN size(chain) > 0 THEN chain ELSE [holder.name] END AS reported_by, holder.name AS who,
  CASE p.polarity WHEN 'negated' THEN 'not ' + p.relation ELSE p.relation END AS relation, p.text AS position,
  p.date AS date, article.publisher AS source, p.evidence.sentence AS sentence, p.id AS id
ORDER BY date, id
