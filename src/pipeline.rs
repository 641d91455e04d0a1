//! From articles to a graph: each article analysed on its own, in parallel, and the results joined in input order.
