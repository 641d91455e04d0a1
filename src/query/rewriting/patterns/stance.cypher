// A matrix: how many positions each actor takes by each relation; negated ones are counted apart.
MATCH (holder:Actor)-[r]->(p:Position)-[:IN]->(article:Article)
WHERE NOT (p)-[:REPEATS]->()
WITH holder.name AS actor, p, CASE p.polarity WHEN 'negated' THEN 'not ' + p.relation ELSE p.relation END AS stance
RETURN actor AS who, count(DISTINCT CASE WHEN stance IN $pro THEN p END) AS pro,
  count(DISTINCT CASE WHEN stance IN $contra THEN p END) AS contra,
  count(DISTINCT CASE stance WHEN 'says' THEN p END) AS says,
  count(DISTINCT CASE stance WHEN 'expects' THEN p END) AS expects,
  count(DISTINCT CASE stance WHEN 'denies' THEN p END) AS denies,
  count(DISTINCT CASE stance WHEN 'plans' THEN p END) AS plans,
  count(DISTINCT CASE stance WHEN 'asks' THEN p END) AS asks,
  count(DISTINCT CASE stance WHEN 'proposes' THEN p END) AS proposes,
  count(DISTINCT CASE stance WHEN 'promises' THEN p END) AS promises,
  count(DISTINCT CASE stance WHEN 'supports' THEN p END) AS supports,
  count(DISTINCT CASE stance WHEN 'agrees' THEN p END) AS agrees,
  count(DISTINCT CASE stance WHEN 'demands' THEN p END) AS demands,
  count(DISTINCT CASE stance WHEN 'accuses' THEN p END) AS accuses,
  count(DISTINCT CASE stance WHEN 'rejects' THEN p END) AS rejects,
  count(DISTINCT CASE stance WHEN 'threatens' THEN p END) AS threatens,
  count(DISTINCT CASE p.polarity WHEN 'negated' THEN p END) AS negated
ORDER BY who
