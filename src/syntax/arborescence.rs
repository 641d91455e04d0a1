//! The heaviest tree over a sentence's words: every word picks a head, exactly one hangs on the root, no cycle.
//!
//! Chu-Liu-Edmonds in the path-growing form of Gabow, Galil, Spencer and Tarjan (Combinatorica 6, 1986): follow the best
//! incoming arc backwards, contract each cycle that closes, open the contractions again at the end. Most sentences need
//! none of it: where the best head of each word already makes a tree, no other is heavier. Ties go to the lower-numbered
//! head, so that the answer depends on the scores alone.

use super::highest::highest_off_diagonal;

/// What an arc from the root costs, so that the heaviest tree has one such arc and no more. Scores are far smaller, and
/// `f64` leaves them 30 bits beside it.
const ROOT_TOLL: f64 = 1e6;

/// The head of each word in the heaviest tree with a single root word. `scores` has a row for each of `count` words, in it
/// the weight of the arc from the root and then from each word; a word's arc to itself is never taken. `None` marks the
/// root word.
///
/// Quadratic in `count`, in time and, unless the best head of each word already makes a tree, in memory.
pub(super) fn heaviest_tree(count: usize, scores: &[f32]) -> Vec<Option<usize>> {
    let mut heads = vec![0; count];
    highest_off_diagonal(scores, count + 1, &mut heads);
    if is_tree(&heads) {
        return heads.into_iter().map(|head| head.checked_sub(1)).collect();
    }
    let mut forest = Forest::new(count, scores);
    for word in 1..=count {
        forest.connect(word);
    }
    forest.expand()
}

/// Whether one word hangs on the root and all words hang on it at some remove.
fn is_tree(heads: &[usize]) -> bool {
    let mut reached = vec![false; heads.len()];
    let mut path = Vec::new();
    for word in 0..heads.len() {
        let mut current = word;
        while !reached[current] {
            if path.len() > heads.len() {
                return false;
            }
            path.push(current);
            match heads[current].checked_sub(1) {
                Some(head) => current = head,
                None => break,
            }
        }
        path.drain(..).for_each(|word| reached[word] = true);
    }
    heads.iter().filter(|&&head| head == 0).count() == 1
}

/// An arc between original nodes: from `source` to `target`.
#[derive(Clone, Copy)]
struct Arc {
    source: usize,
    target: usize,
    score: f64,
}

/// A node of the contracted graph: the root (0), a word (1..=count) or a contracted cycle (above).
struct Node {
    /// For each original source, the best arc from there into this node; minus infinity from inside it. A word's arcs
    /// stand in the scores.
    incoming: Vec<Arc>,
    /// The arc this node chose.
    chosen: Option<Arc>,
    /// The cycle it was contracted into.
    parent: Option<usize>,
    /// Whether the root reaches it.
    connected: bool,
}

/// The state of the search.
struct Forest<'a> {
    count: usize,
    scores: &'a [f32],
    nodes: Vec<Node>,
    /// The outermost node around each original one.
    outermost: Vec<usize>,
}

impl<'a> Forest<'a> {
    /// The uncontracted graph.
    fn new(count: usize, scores: &'a [f32]) -> Self {
        let node = |target: usize| Node { incoming: Vec::new(), chosen: None, parent: None, connected: target == 0 };
        Self { count, scores, nodes: (0..=count).map(node).collect(), outermost: (0..=count).collect() }
    }

    /// The arc to a word from an original node.
    fn arc(&self, source: usize, target: usize) -> Arc {
        let score = f64::from(self.scores[(target - 1) * (self.count + 1) + source]);
        let score = match source {
            _ if source == target => f64::NEG_INFINITY,
            0 => score - ROOT_TOLL,
            _ => score,
        };
        Arc { source, target, score }
    }

    /// The arcs into a node, a contracted one's its own.
    fn incoming(&self, node: usize) -> impl Iterator<Item = Arc> + '_ {
        let sources = if node <= self.count { self.count + 1 } else { 0 };
        let stored = self.nodes[node].incoming.iter().copied();
        (0..sources).map(move |source| self.arc(source, node)).chain(stored)
    }

    /// Grows a path backwards from `word` until it meets what the root reaches.
    fn connect(&mut self, word: usize) {
        let mut path = vec![self.outermost[word]];
        while let Some(&current) = path.last() {
            if self.nodes[current].connected {
                break;
            }
            let arc = best(self.incoming(current));
            self.nodes[current].chosen = Some(arc);
            let source = self.outermost[arc.source];
            match path.iter().position(|&node| node == source) {
                Some(start) => {
                    let cycle = path.split_off(start);
                    path.push(self.contract(&cycle));
                }
                None => path.push(source),
            }
        }
        for node in path {
            self.nodes[node].connected = true;
        }
    }

    /// Makes one node of a cycle. Entering it at a member gives up the arc which that member chose.
    fn contract(&mut self, cycle: &[usize]) -> usize {
        let id = self.nodes.len();
        let mut incoming: Vec<Arc> = Vec::new();
        for &member in cycle {
            let lost = self.nodes[member].chosen.map_or(0.0, |arc| arc.score);
            let gains = self.incoming(member).map(|arc| Arc { score: arc.score - lost, ..arc });
            if incoming.is_empty() {
                incoming = gains.collect();
            } else {
                incoming
                    .iter_mut()
                    .zip(gains)
                    .filter(|(old, new)| new.score > old.score)
                    .for_each(|(old, new)| *old = new);
            }
            self.nodes[member].incoming = Vec::new();
            self.nodes[member].parent = Some(id);
        }
        for (outermost, arc) in self.outermost.iter_mut().zip(&mut incoming) {
            if self.nodes[*outermost].parent == Some(id) {
                *outermost = id;
                arc.score = f64::NEG_INFINITY;
            }
        }
        self.nodes.push(Node { incoming, chosen: None, parent: None, connected: false });
        id
    }

    /// Opens the contractions from the outside in: the arc into a cycle replaces the one its target had chosen.
    fn expand(mut self) -> Vec<Option<usize>> {
        for id in (self.count + 1..self.nodes.len()).rev() {
            let Some(arc) = self.nodes[id].chosen else { continue };
            let mut member = arc.target;
            while let Some(parent) = self.nodes[member].parent
                && parent != id
            {
                member = parent;
            }
            self.nodes[member].chosen = Some(arc);
        }
        let head = |node: &Node| node.chosen.and_then(|arc| arc.source.checked_sub(1));
        self.nodes.iter().take(self.count + 1).skip(1).map(head).collect()
    }
}

/// The heaviest arc, the first of equals.
fn best(mut arcs: impl Iterator<Item = Arc>) -> Arc {
    let first = arcs.next().unwrap_or(Arc { source: 0, target: 0, score: 0.0 });
    arcs.fold(first, |best, arc| if arc.score > best.score { arc } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All assignments of heads tried in turn.
    fn brute_force(count: usize, scores: &[f32]) -> f32 {
        let weigh = |heads: &[usize]| (0..count).map(|word| scores[word * (count + 1) + heads[word]]).sum::<f32>();
        let total = (count + 1).pow(count as u32);
        (0..total)
            .map(|code| (0..count).map(|word| code / (count + 1).pow(word as u32) % (count + 1)).collect::<Vec<_>>())
            .filter(|heads| spans(heads))
            .map(|heads| weigh(&heads))
            .fold(f32::NEG_INFINITY, f32::max)
    }

    /// Whether one word hangs on the root and all words reach it.
    fn spans(heads: &[usize]) -> bool {
        let reaches = |word: usize| {
            let mut node = word + 1;
            (0..=heads.len()).any(|_| {
                node = if node == 0 { 0 } else { heads[node - 1] };
                node == 0
            })
        };
        heads.iter().filter(|&&head| head == 0).count() == 1 && (0..heads.len()).all(reaches)
    }

    #[test]
    fn random_matrices_agree_with_brute_force() {
        let mut state = 7_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 40) % 64) as f32
        };
        for round in 0..400 {
            let count = 1 + round % 5;
            let scores: Vec<f32> = (0..count * (count + 1)).map(|_| random()).collect();
            let heads = heaviest_tree(count, &scores);
            let heads: Vec<usize> = heads.into_iter().map(|head| head.map_or(0, |head| head + 1)).collect();
            assert!(spans(&heads), "{heads:?}");
            let weight: f32 = (0..count).map(|word| scores[word * (count + 1) + heads[word]]).sum();
            assert_eq!(weight, brute_force(count, &scores), "{scores:?}");
        }
    }

    #[test]
    fn no_words_make_no_tree() {
        assert_eq!(heaviest_tree(0, &[]), []);
    }
}
