// Agreements and clashes of two or more parties: the last word of each of their speakers on a common topic, pairwise.
MATCH (holder:Actor)-[r]->(p:Position)-[:IN]->(article:Article), (p)-[:ABOUT]->(topic:Topic)
WHERE NOT (p)-[:REPEATS]->()
WITH topic.name AS topic, holder, p, CASE p.polarity WHEN 'negated' THEN 'not ' + p.relation ELSE p.relation END AS stance,
  [place IN range(0, size($parties) - 1) WHERE holder.name IN $parties[place]][0] AS place
WHERE stance IN $pro + $contra
WITH topic, {place: place, who: holder.name, pro: stance IN $pro, position: stance + ': ' + p.text, date: p.date,
  sentence: p.evidence.sentence, id: p.id} AS step
ORDER BY step.date, step.id
WITH topic, step.place AS place, step.who AS who, collect(step)[-1] AS last
WITH topic, collect(last) AS steps
UNWIND steps AS one
UNWIND steps AS other
WITH one, other, topic
WHERE one.place < other.place
WITH one, other, collect(topic) AS topics
RETURN CASE WHEN one.pro = other.pro THEN 'agree' ELSE 'clash' END AS verdict, topics,
  one.who AS one, one.position AS position, one.date AS date,
  other.who AS other, other.position AS other_position, other.date AS other_date,
  one.sentence AS sentence, other.sentence AS other_sentence, one.id AS id, other.id AS other_id
ORDER BY verdict, date, other_date, id, other_id
