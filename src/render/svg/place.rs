//! Where the boxes of a drawing stand: in columns, none on top of another, each as near as can be to what it is tied to.
//!
//! The boxes of one column keep an order; each has a height at which it would like to stand. Boxes that would overlap
//! form a pile, and a pile stands where its members want it on average: the least sum of squared moves that keeps the
//! order.

/// Room between two boxes of a column.
const GAP: f64 = 8.0;

/// Boxes that touch, with how far their wishes for the pile's top add up.
struct Pile {
    members: usize,
    wishes: f64,
    height: f64,
}

impl Pile {
    fn top(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a column has fewer boxes than a float has digits")]
        let members = self.members as f64;
        (self.wishes / members).max(0.0)
    }
}

/// The tops of the boxes of a column, from the wished middle and the height of each, in order; wishes must rise. No
/// top is above 0.
pub(super) fn tops(boxes: &[(f64, f64)]) -> Vec<f64> {
    let mut piles: Vec<Pile> = Vec::new();
    for &(middle, height) in boxes {
        let mut pile = Pile { members: 1, wishes: middle - height / 2.0, height: height + GAP };
        while let Some(above) = piles.pop_if(|above| above.top() + above.height > pile.top()) {
            #[expect(clippy::cast_precision_loss, reason = "a column has fewer boxes than a float has digits")]
            let moved = above.height * pile.members as f64;
            pile.wishes += above.wishes - moved;
            pile.members += above.members;
            pile.height += above.height;
        }
        piles.push(pile);
    }
    let mut found = Vec::new();
    for pile in piles {
        let mut top = pile.top();
        for _ in 0..pile.members {
            found.push(top);
            top += boxes[found.len() - 1].1 + GAP;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_where_they_wish_or_in_piles_around_it() {
        for (boxes, expected) in [
            (vec![(50.0, 20.0), (150.0, 20.0)], vec![40.0, 140.0]),
            (vec![(50.0, 20.0), (50.0, 20.0)], vec![26.0, 54.0]),
            (vec![(0.0, 20.0), (0.0, 20.0)], vec![0.0, 28.0]),
            (vec![], vec![]),
        ] {
            assert_eq!(tops(&boxes), expected, "{boxes:?}");
        }
    }

    #[test]
    fn no_box_stands_on_another() {
        let boxes: Vec<(f64, f64)> = (0..200_u32)
            .map(|number| (f64::from(number * number % 7 + number), f64::from(20 + number % 5 * 12)))
            .collect();
        let mut sorted = boxes;
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        let found = tops(&sorted);
        for index in 1..found.len() {
            assert!(found[index - 1] + sorted[index - 1].1 + GAP <= found[index] + 1e-6, "{index}");
        }
    }
}
