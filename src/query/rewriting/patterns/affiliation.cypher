// The affiliation network: each actor with the topics on which it takes a side, and how often.
MATCH (holder:Actor)-[r]->(p:Position)-[:IN]->(article:Article), (p)-[:ABOUT]->(topic:Topic)
WHERE NOT (p)-[:REPEATS]->() AND NOT holder:Unnamed
WITH holder.name AS actor, topic.name AS topic, p, CASE p.polarity WHEN 'negated' THEN 'not ' + p.relation ELSE p.relation END AS stance
WHERE stance IN $pro + $contra
RETURN actor, topic, count(DISTINCT CASE WHEN stance IN $pro THEN p END) AS pro,
  count(DISTINCT CASE WHEN stance IN $contra THEN p END) AS contra
ORDER BY actor, topic
