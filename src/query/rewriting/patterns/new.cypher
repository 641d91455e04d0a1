NOT (p)-[:REPEATS]->() AND NOT EXISTS { (holder)-->(before:Position)-[:ABOUT]->(:Topic)<-[:ABOUT]-(p) WHERE before.date < $since AND before.relation = p.relation AND before.polarity = p.polarity }
