//! The tree that `isChildOf` makes of the items of a package.

/// Where an item stands among its siblings: by `sequenceNumber`, then `listEnumeration`, then
/// `humanCodingScheme`; those without come last. Equal ones keep the order of the package.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    sequence: Last<i64>,
    listed: Last<Vec<Piece>>,
    code: Last<Vec<Piece>>,
}

impl Place {
    pub(super) fn new(sequence: Option<i64>, listed: Option<&str>, code: Option<&str>) -> Self {
        Place {
            sequence: Last::of(sequence),
            listed: Last::of(listed.map(pieces)),
            code: Last::of(code.map(pieces)),
        }
    }
}

/// A value, or none, which comes last.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Last<T> {
    Given(T),
    #[default]
    None,
}

impl<T> Last<T> {
    fn of(value: Option<T>) -> Self {
        value.map_or(Last::None, Last::Given)
    }
}

/// A part of a label: a number counts by its value, `2` before `10`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number { digits: usize, number: String },
    Text(String),
}

fn pieces(label: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = label;
    while let Some(first) = rest.chars().next() {
        let digit = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digit);
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        pieces.push(if digit {
            let number = piece.trim_start_matches('0').to_owned();
            let digits = number.len();
            Piece::Number { digits, number }
        } else {
            Piece::Text(piece.to_owned())
        });
    }
    pieces
}

/// The items in the order of a reader: each before its children, siblings by their places.
/// `parents` are indices into the items; `None` is a child of the document.
///
/// # Errors
/// The items that no path leads to from the document: they are in a circle, or below one.
pub(super) fn preorder(
    parents: &[Option<usize>],
    places: &[Place],
) -> Result<Vec<usize>, Vec<usize>> {
    // Of the document first, then of each item; in reverse, as a stack wants them.
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len() + 1];
    for (index, parent) in parents.iter().enumerate().rev() {
        let of = parent.map_or(0, |parent| parent + 1);
        if let Some(siblings) = children.get_mut(of) {
            siblings.push(index);
        }
    }
    for siblings in &mut children {
        // Stable for equal places: those come in reverse already.
        siblings.sort_by(|a, b| places.get(*b).cmp(&places.get(*a)));
    }
    let mut order = Vec::with_capacity(parents.len());
    let mut waiting = children.first_mut().map(std::mem::take).unwrap_or_default();
    while let Some(index) = waiting.pop() {
        order.push(index);
        if let Some(own) = children.get_mut(index + 1) {
            waiting.append(own);
        }
    }
    if order.len() == parents.len() {
        return Ok(order);
    }
    let mut reached = vec![false; parents.len()];
    for index in order {
        if let Some(mark) = reached.get_mut(index) {
            *mark = true;
        }
    }
    let lost = reached.iter().enumerate().filter(|(_, reached)| !**reached);
    Err(lost.map(|(index, _)| index).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(sequence: Option<i64>, listed: Option<&str>) -> Place {
        Place::new(sequence, listed, None)
    }

    #[test]
    fn siblings_stand_by_number_then_label_then_as_they_came() {
        let places = [
            place(None, None),
            place(None, Some("10.b")),
            place(None, Some("2.a")),
            place(Some(7), Some("z")),
            place(Some(-1), None),
            place(None, None),
            place(None, Some("002.a")),
        ];
        let order = preorder(&[None; 7], &places).unwrap();
        assert_eq!(order, [4, 3, 2, 6, 1, 0, 5]);
    }

    #[test]
    fn a_circle_is_told_with_all_that_hangs_on_it() {
        let parents = [None, Some(2), Some(1), Some(2), Some(0), Some(5)];
        let places = vec![Place::default(); 6];
        assert_eq!(preorder(&parents, &places), Err(vec![1, 2, 3, 5]));
    }

    #[test]
    fn a_chain_of_any_length_is_followed() {
        let parents: Vec<Option<usize>> = (0..200_000_usize).map(|n| n.checked_sub(1)).collect();
        let places = vec![Place::default(); parents.len()];
        let order = preorder(&parents, &places).unwrap();
        assert!(order.into_iter().eq(0..200_000));
    }

    proptest! {
        #[test]
        fn each_item_comes_once_and_after_its_parent(
            drawn in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), 0..4_i64), 0..40),
        ) {
            let mut parents = Vec::new();
            let mut places = Vec::new();
            for (index, (at, top, sequence)) in drawn.iter().enumerate() {
                parents.push((!top && index > 0).then(|| at.index(index.max(1))));
                places.push(place(Some(*sequence), None));
            }
            let order = preorder(&parents, &places).unwrap();
            let at = |item: usize| order.iter().position(|other| *other == item).unwrap();
            for (item, parent) in parents.iter().enumerate() {
                prop_assert!(parent.is_none_or(|parent| at(parent) < at(item)));
            }
            // Put in that order, they are in order.
            let again: Vec<Option<usize>> =
                order.iter().map(|item| parents[*item].map(at)).collect();
            let placed: Vec<Place> = order.iter().map(|item| places[*item].clone()).collect();
            prop_assert!(preorder(&again, &placed).unwrap().into_iter().eq(0..order.len()));
        }
    }
}
