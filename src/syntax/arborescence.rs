//! The heaviest tree over a sentence's words: every word picks a head, exactly one hangs on the root, no cycle.
//!
//! Chu-Liu-Edmonds in the path-growing form of Gabow, Galil, Spencer and Tarjan (Combinatorica 6, 1986): follow the best
//! incoming arc backwards, contract each cycle that closes, open the contractions again at the end. Ties go to the
//! lower-numbered head, so that the answer depends on the scores alone.

/// What an arc from the root costs, so that the heaviest tree has one such arc and no more. Scores are far smaller, and
/// `f64` leaves them 30 bits beside it.
const ROOT_TOLL: f64 = 1e6;

/// The head of each word in the heaviest tree with a single root word, where `score(word, head)` weighs the arc to
/// `word` from `head`, `head` 0 being the root and `head` k being word k - 1. `None` marks the root word.
///
/// Quadratic in `count`, in time and in memory.
pub(super) fn heaviest_tree(count: usize, score: impl Fn(usize, usize) -> f32) -> Vec<Option<usize>> {
    let mut forest = Forest::new(count, score);
    for word in 1..=count {
        forest.connect(word);
    }
    forest.expand()
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
    /// For each original source, the best arc from there into this node; minus infinity from inside it.
    incoming: Vec<Arc>,
    /// The arc this node chose.
    chosen: Option<Arc>,
    /// The cycle it was contracted into.
    parent: Option<usize>,
    /// Whether the root reaches it.
    connected: bool,
}

/// The state of the search.
struct Forest {
    count: usize,
    nodes: Vec<Node>,
}

impl Forest {
    /// The uncontracted graph.
    fn new(count: usize, score: impl Fn(usize, usize) -> f32) -> Self {
        let arc = |source: usize, target: usize| {
            let weight = match source {
                _ if source == target || target == 0 => f64::NEG_INFINITY,
                0 => f64::from(score(target - 1, 0)) - ROOT_TOLL,
                _ => f64::from(score(target - 1, source)),
            };
            Arc { source, target, score: weight }
        };
        let node = |target: usize| Node {
            incoming: (0..=count).map(|source| arc(source, target)).collect(),
            chosen: None,
            parent: None,
            connected: target == 0,
        };
        Self { count, nodes: (0..=count).map(node).collect() }
    }

    /// The outermost node around an original one.
    fn outermost(&self, mut node: usize) -> usize {
        while let Some(parent) = self.nodes[node].parent {
            node = parent;
        }
        node
    }

    /// Grows a path backwards from `word` until it meets what the root reaches.
    fn connect(&mut self, word: usize) {
        let mut path = vec![self.outermost(word)];
        while let Some(&current) = path.last() {
            if self.nodes[current].connected {
                break;
            }
            let arc = best(&self.nodes[current].incoming);
            self.nodes[current].chosen = Some(arc);
            let source = self.outermost(arc.source);
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
            let gains = std::mem::take(&mut self.nodes[member].incoming);
            let gains = gains.into_iter().map(|arc| Arc { score: arc.score - lost, ..arc });
            if incoming.is_empty() {
                incoming = gains.collect();
            } else {
                incoming.iter_mut().zip(gains).for_each(|(old, new)| {
                    if new.score > old.score {
                        *old = new;
                    }
                });
            }
            self.nodes[member].parent = Some(id);
        }
        for (source, arc) in incoming.iter_mut().enumerate() {
            if self.outermost_is(source, id) {
                arc.score = f64::NEG_INFINITY;
            }
        }
        self.nodes.push(Node { incoming, chosen: None, parent: None, connected: false });
        id
    }

    /// Whether an original node lies in the freshly contracted node `id`.
    fn outermost_is(&self, source: usize, id: usize) -> bool {
        let mut node = source;
        while let Some(parent) = self.nodes[node].parent {
            if parent == id {
                return true;
            }
            node = parent;
        }
        false
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
fn best(arcs: &[Arc]) -> Arc {
    arcs.iter().skip(1).fold(arcs[0], |best, &arc| if arc.score > best.score { arc } else { best })
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
            .filter(|heads| is_tree(heads))
            .map(|heads| weigh(&heads))
            .fold(f32::NEG_INFINITY, f32::max)
    }

    /// Whether one word hangs on the root and all words reach it.
    fn is_tree(heads: &[usize]) -> bool {
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
            let heads = heaviest_tree(count, |word, head| scores[word * (count + 1) + head]);
            let heads: Vec<usize> = heads.into_iter().map(|head| head.map_or(0, |head| head + 1)).collect();
            assert!(is_tree(&heads), "{heads:?}");
            let weight: f32 = (0..count).map(|word| scores[word * (count + 1) + heads[word]]).sum();
            assert_eq!(weight, brute_force(count, &scores), "{scores:?}");
        }
    }

    #[test]
    fn no_words_make_no_tree() {
        assert_eq!(heaviest_tree(0, |_, _| 0.0), []);
    }
}
