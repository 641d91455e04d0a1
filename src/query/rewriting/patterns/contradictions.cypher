// Pairs of positions of one actor on one topic that take opposite sides, however far apart.
MATCH (holder:Actor)-[r]->(p:Position)-[:IN]->(article:Article), (p)-[:ABOUT]->(topic:Topic)
WHERE NOT (p)-[:REPEATS]->()
WITH holder.name AS actor, topic.name AS topic, holder, p, CASE p.polarity WHEN 'negated' THEN 'not ' + p.relation ELSE p.relation END AS stance
WHERE stance IN $pro + $contra
WITH actor, topic, {who: holder.name, pro: stance IN $pro, position: stance + ': ' + p.text, date: p.date,
  sentence: p.evidence.sentence, id: p.id} AS step
ORDER BY step.date, step.id
WITH actor, topic, collect(DISTINCT step) AS steps
UNWIND range(0, size(steps) - 2) AS place
UNWIND steps[place + 1..] AS after
WITH steps[place] AS before, after, topic
WHERE before.pro <> after.pro
WITH before, after, collect(topic) AS topics
RETURN CASE WHEN before.who = after.who THEN after.who ELSE before.who + ', then ' + after.who END AS who, topics,
  before.position AS before, before.date AS before_date, after.position AS after, after.date AS date,
  after.sentence AS sentence, before.sentence AS other_sentence, after.id AS id, before.id AS other_id
ORDER BY date, who, id, other_id
