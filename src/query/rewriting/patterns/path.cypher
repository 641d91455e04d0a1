// The shortest chain between two actors or topics, six hops at most; reporters and articles join everything and are left out.
MATCH (one:Actor), (other:Actor)
WHERE one.name = $from AND other.name = $to
MATCH path = shortestPath((one)-[:SAYS|EXPECTS|DENIES|PLANS|ASKS|PROPOSES|PROMISES|SUPPORTS|AGREES|DEMANDS|ACCUSES|REJECTS|THREATENS|ABOUT|TARGETS|CONDITIONS_ON|CONTAINS*..6]-(other))
UNWIND range(0, length(path) - 1) AS place
WITH path, place, nodes(path)[place] AS here, relationships(path)[place] AS link, nodes(path)[place + 1] AS next
RETURN place + 1 AS step, coalesce(here.name, here.text) AS from,
  CASE WHEN startNode(link) = here THEN '-[' + type(link) + ']->' ELSE '<-[' + type(link) + ']-' END AS link,
  coalesce(next.name, next.text) AS to, coalesce(here.date, next.date) AS date, coalesce(here.id, next.id) AS id
ORDER BY step
