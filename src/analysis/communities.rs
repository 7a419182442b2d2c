//! Communities: groups of nodes that are joined among each other more than chance would have it.
//!
//! In: how many nodes there are, and weighted edges by index. Out: the community of each node. Modularity by the Leiden
//! algorithm (Traag, Waltman & van Eck 2019, *From Louvain to Leiden*), seeded: the same edges give the same communities.

use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig};
use std::collections::BTreeMap;

/// The seed: any number does, as long as it stays.
const SEED: u64 = 1;

/// The community of each node, from 0; the largest first, of two as large the one with the earlier node. A node without
/// edges is alone in its community.
pub fn communities(nodes: usize, edges: &[(usize, usize, f64)]) -> Vec<usize> {
    let found = found(nodes, edges).unwrap_or_else(|| (0..nodes).collect());
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    found.iter().enumerate().for_each(|(node, community)| members.entry(*community).or_default().push(node));
    let mut members: Vec<Vec<usize>> = members.into_values().collect();
    members.sort_by_key(|nodes| (std::cmp::Reverse(nodes.len()), nodes[0]));
    let mut rank = vec![0; nodes];
    members.iter().enumerate().for_each(|(community, nodes)| nodes.iter().for_each(|node| rank[*node] = community));
    rank
}

/// As the library numbers them; none if it has nothing to work on.
fn found(nodes: usize, edges: &[(usize, usize, f64)]) -> Option<Vec<usize>> {
    let mut builder = GraphDataBuilder::new(nodes);
    for (a, b, weight) in edges {
        builder.add_edge(*a, *b, *weight).ok()?;
    }
    let config = LeidenConfig { seed: Some(SEED), ..LeidenConfig::default() };
    let output = Leiden::new(config).run(&builder.build().ok()?).ok()?;
    Some((0..nodes).map(|node| output.partition.community_of(node)).collect())
}

#[cfg(test)]
mod tests {
    use super::communities;

    #[test]
    fn two_cliques_with_a_bridge_are_two_communities_whatever_their_order() {
        let clique = |nodes: [usize; 4]| {
            nodes.into_iter().enumerate().flat_map(move |(i, a)| nodes.into_iter().skip(i + 1).map(move |b| (a, b, 2.0)))
        };
        let mut edges: Vec<_> = clique([0, 2, 4, 6]).chain(clique([1, 3, 5, 7])).collect();
        edges.push((0, 1, 1.0));
        let wanted = [0, 1, 0, 1, 0, 1, 0, 1, 2];
        assert_eq!(communities(9, &edges), wanted);
        edges.reverse();
        assert_eq!(communities(9, &edges), wanted);
    }

    #[test]
    fn nothing_and_lone_nodes() {
        assert!(communities(0, &[]).is_empty());
        assert_eq!(communities(3, &[]), [0, 1, 2]);
    }
}
