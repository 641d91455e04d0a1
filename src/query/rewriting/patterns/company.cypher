// Who takes the same side as an actor, or the other one: by common topics, each actor with its last word on a topic.
MATCH (holder:Actor)-[r]->(p:Position)-[:IN]->(article:Article), (p)-[:ABOUT]->(topic:Topic)
WHERE NOT (p)-[:REPEATS]->()
WITH topic.name AS topic, holder, p, CASE p.polarity WHEN 'negated' THEN 'not ' + p.relation ELSE p.relation END AS stance
WHERE stance IN $pro + $contra AND (holder.name IN $holders OR NOT holder:Unnamed)
WITH topic, CASE WHEN holder.name IN $holders THEN '' ELSE holder.name END AS who,
  {pro: stance IN $pro, position: stance + ': ' + p.text, date: p.date, id: p.id} AS step
ORDER BY step.date, step.id
WITH topic, who, collect(step)[-1] AS last
WITH topic, collect({who: who, last: last}) AS sides
UNWIND [side IN sides WHERE side.who = '' | side.last] AS ours
UNWIND [side IN sides WHERE side.who <> ''] AS other
WITH other.who AS who, collect({topic: topic, agrees: other.last.pro = ours.pro, step: other.last}) AS common
WITH who, [each IN common WHERE each.agrees] AS agreed, [each IN common WHERE NOT each.agrees] AS disputed
WHERE size(CASE WHEN $agreeing THEN agreed ELSE disputed END) > 0
WITH who, agreed, disputed, CASE WHEN $agreeing THEN agreed ELSE disputed END AS asked
RETURN who, size(agreed) AS agrees, size(disputed) AS clashes, [each IN agreed | each.topic] AS agreed,
  [each IN disputed | each.topic] AS disputed, asked[0].step.position AS position, asked[0].step.date AS date,
  asked[0].step.id AS id
ORDER BY size(asked) - (agrees + clashes - size(asked)) DESC, who
