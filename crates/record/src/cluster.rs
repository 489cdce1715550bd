//! Incidents as clusters of tellings.
//!
//! Tellings and their links form a graph that does not depend on the order of arrival. Each connected part of it that a batch touches
//! is clustered anew, from nothing: tellings of news by average linkage, then background to the cluster that it fits best. The result
//! is a function of the part alone, so the same reports give the same incidents in any order. Two limits are stated in
//! docs/reference/record.md: at most [`LARGEST`] tellings of a part are clustered together, and a telling is compared with a bounded
//! number of others at each place and day.

use crate::divide::divide;
use crate::similarity::{self, JOIN};
use crate::store::Record;
use crate::telling::{Features, kilometers};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Tellings that are clustered together; a larger part is clustered around what is new in it.
const LARGEST: usize = 400;

/// Up to so many tellings all pairs of a part are compared; of a larger one those that are linked.
const ALL_PAIRS: usize = 40;

/// Days around an incident in which background may be of it.
const NEAR: i32 = 3;

/// Kilometers over which the places of one attack are told.
const WIDE: f64 = 25.0;

/// Kilometers between points of two provinces that are not told of one attack.
const APART: f64 = 100.0;

/// Precision of a province, and of a region.
const PROVINCE: u8 = 4;
const REGION: u8 = 6;

/// Scores are summed as integers, so that the order of sums is of no matter.
const UNIT: f64 = 1_000_000.0;

/// How far the members of a cluster reach in days and in space; only of violence, which has one day and one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    /// The latest of the first days, the earliest of the last days.
    days: (i32, i32),
    /// South, north, west, east; none where no place is known finely.
    space: Option<(f32, f32, f32, f32)>,
    /// The province, or the region, with a point of it; the first by number of several that lie together.
    province: Option<(u32, f32, f32)>,
}

impl Extent {
    /// Of what happens on no one day.
    const NONE: Extent = Extent { days: (i32::MIN, i32::MAX), space: None, province: None };

    fn of(features: &Features) -> Extent {
        if features.groups & 1 == 0 {
            return Extent::NONE;
        }
        // Without a date the place read first may be that of a speaker or of the past.
        if !features.published || features.days.0 == i32::MIN {
            return Extent::NONE;
        }
        // What no date bounds is most likely of the day of its report.
        let days = if features.dated { features.days } else { (features.days.1, features.days.1) };
        let fine = features.point.filter(|_| features.precision <= 2);

        let is_placed = features.admin1 != 0 && features.precision <= PROVINCE
            || features.precision == REGION && features.country != 0;
        let number = if features.admin1 != 0 { features.admin1 } else { features.place };
        let province = features.point.filter(|_| is_placed).map(|(lat, lon)| (number, lat, lon));
        Extent { days, space: fine.map(|(lat, lon)| (lat, lat, lon, lon)), province }
    }

    fn with(&self, other: &Extent) -> Extent {
        let space = match (self.space, other.space) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1), a.2.min(b.2), a.3.max(b.3))),
            (a, b) => a.or(b),
        };
        let province = match (self.province, other.province) {
            (Some(a), Some(b)) => Some(if a.0 <= b.0 { a } else { b }),
            (a, b) => a.or(b),
        };
        Extent { days: (self.days.0.max(other.days.0), self.days.1.min(other.days.1)), space, province }
    }

    /// Whether two are of provinces that lie apart.
    fn is_abroad(&self, other: &Extent) -> bool {
        let (Some(a), Some(b)) = (self.province, other.province) else { return false };
        let corner = |lat: f32, lon: f32| (f64::from(lat), f64::from(lon));
        a.0 != b.0 && kilometers(corner(a.1, a.2), corner(b.1, b.2)) > APART
    }

    /// Whether any two members are at most a day and some kilometers from one another.
    fn is_one(&self) -> bool {
        let wide = self.space.is_some_and(|(south, north, west, east)| {
            let corner = |lat: f32, lon: f32| (f64::from(lat), f64::from(lon));
            kilometers(corner(south, west), corner(north, east)) > WIDE
        });
        i64::from(self.days.0) - i64::from(self.days.1) <= 1 && !wide
    }
}

/// Clusters the news of a graph: nodes with a rank for ties and whether they are news; edges `(i, j, score)` with `i < j`.
/// Returns the cluster of each node; none for background.
pub(crate) fn agglomerate(
    ranks: &[u64],
    news: &[bool],
    extents: &[Extent],
    edges: &[(usize, usize, f64)],
) -> Vec<Option<usize>> {
    let mut by_rank: Vec<usize> = (0..ranks.len()).collect();
    by_rank.sort_by_key(|&node| (ranks[node], node));
    let mut position = vec![0usize; ranks.len()];
    for (at, &node) in by_rank.iter().enumerate() {
        position[node] = at;
    }
    // From here on nodes are their positions by rank.
    let mut sums: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for &(a, b, score) in edges {
        if news[a] && news[b] && a != b {
            let pair = (position[a].min(position[b]), position[a].max(position[b]));
            sums.insert(pair, (score * UNIT) as i64);
        }
    }
    let mut sizes = vec![1i64; ranks.len()];
    let mut extents: Vec<Extent> = by_rank.iter().map(|&node| extents[node]).collect();
    let mut parent: Vec<usize> = (0..ranks.len()).collect();
    let join = (JOIN * UNIT) as i64;
    loop {
        // The pair with the highest mean; the first by rank among equals.
        let best = sums
            .iter()
            .filter(|((a, b), sum)| {
                **sum >= join * sizes[*a] * sizes[*b]
                    && extents[*a].with(&extents[*b]).is_one()
                    && !extents[*a].is_abroad(&extents[*b])
            })
            .fold(None, |best: Option<((usize, usize), i64)>, (&pair, &sum)| match best {
                Some((kept, kept_sum)) => {
                    let (new, old) = (sizes[pair.0] * sizes[pair.1], sizes[kept.0] * sizes[kept.1]);
                    let higher = i128::from(sum) * i128::from(old) > i128::from(kept_sum) * i128::from(new);
                    Some(if higher { (pair, sum) } else { (kept, kept_sum) })
                }
                None => Some((pair, sum)),
            });
        let Some(((a, b), _)) = best else { break };
        // b goes into a.
        let moved: Vec<((usize, usize), i64)> =
            sums.iter().filter(|((x, y), _)| *x == b || *y == b).map(|(&pair, &sum)| (pair, sum)).collect();
        for (pair, sum) in moved {
            sums.remove(&pair);
            let other = if pair.0 == b { pair.1 } else { pair.0 };
            if other != a {
                *sums.entry((a.min(other), a.max(other))).or_insert(0) += sum;
            }
        }
        sizes[a] += sizes[b];
        extents[a] = extents[a].with(&extents[b]);
        parent[b] = a;
    }
    let root = |mut node: usize| {
        while parent[node] != node {
            node = parent[node];
        }
        node
    };
    (0..ranks.len()).map(|node| news[node].then(|| by_rank[root(position[node])])).collect()
}

/// Background goes where it fits best: the mean over the members that it is linked to, all that are of one incident counted.
/// What has a day of its own goes to no incident all of whose days lie elsewhere, however it is linked to members without a day.
pub(crate) fn attach(
    ranks: &[u64],
    news: &[bool],
    days: &[Option<(i32, i32)>],
    edges: &[(usize, usize, f64)],
    clusters: &mut [Option<usize>],
) {
    let join = (JOIN * UNIT) as i64;
    let mut spans: HashMap<usize, (i32, i32)> = HashMap::new();
    for (node, cluster) in clusters.iter().enumerate() {
        if let (Some(cluster), true, Some((first, last))) = (cluster, news[node], days[node]) {
            let span = spans.entry(*cluster).or_insert((first, last));
            *span = (span.0.min(first), span.1.max(last));
        }
    }
    let apart = |node: usize, cluster: usize| {
        days[node]
            .zip(spans.get(&cluster))
            .is_some_and(|((first, last), span)| first > span.1 + NEAR || last < span.0 - NEAR)
    };
    let mut links: HashMap<(usize, usize), (i64, i64)> = HashMap::new();
    for &(a, b, score) in edges {
        for (aside, main) in [(a, b), (b, a)] {
            if let (false, Some(cluster)) = (news[aside], clusters[main].filter(|&to| news[main] && !apart(aside, to)))
            {
                let slot = links.entry((aside, cluster)).or_insert((0, 0));
                slot.0 += (score * UNIT) as i64;
                slot.1 += 1;
            }
        }
    }
    let mut best: BTreeMap<usize, (i64, std::cmp::Reverse<u64>, usize)> = BTreeMap::new();
    for ((aside, cluster), (sum, count)) in links {
        let offer = (sum / count, std::cmp::Reverse(ranks[cluster]), cluster);
        if offer.0 >= join && best.get(&aside).is_none_or(|kept| offer > *kept) {
            best.insert(aside, offer);
        }
    }
    for (aside, (_, _, cluster)) in best {
        clusters[aside] = Some(cluster);
    }
}

/// Clusters the parts of the graph that new tellings belong to, and gives each cluster its id.
pub(crate) fn recluster(record: &mut Record, fresh: &[i64], touched: &mut BTreeSet<i64>) -> rusqlite::Result<()> {
    let mut done: BTreeSet<i64> = BTreeSet::new();
    for &telling in fresh {
        if done.contains(&telling) {
            continue;
        }
        let part = part_of(&record.connection, telling)?;
        done.extend(part.iter().copied());
        cluster_part(record, &part, touched)?;
    }
    Ok(())
}

fn neighbors(db: &Connection, telling: i64) -> rusqlite::Result<Vec<(i64, f64)>> {
    db.prepare_cached("SELECT b, score FROM telling_edges WHERE a = ?1 ORDER BY b")?
        .query_map([telling], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The connected part of a telling, or what is nearest to it when the part is too large.
fn part_of(db: &Connection, telling: i64) -> rusqlite::Result<Vec<i64>> {
    let mut part = vec![telling];
    let mut seen = BTreeSet::from([telling]);
    let mut at = 0;
    while at < part.len() && part.len() < LARGEST {
        for (other, _) in neighbors(db, part[at])? {
            if part.len() < LARGEST && seen.insert(other) {
                part.push(other);
            }
        }
        at += 1;
    }
    if part.len() >= LARGEST {
        // Incidents are taken whole, so that none is cut by the limit.
        let mut whole: BTreeSet<i64> = BTreeSet::from([telling]);
        let mut members =
            db.prepare_cached("SELECT id FROM tellings WHERE machine = (SELECT machine FROM tellings WHERE id = ?1)")?;
        for (other, _) in neighbors(db, telling)? {
            if whole.contains(&other) {
                continue;
            }
            whole.insert(other);
            for row in members.query_map([other], |row| row.get::<_, i64>(0))? {
                whole.insert(row?);
            }
            if whole.len() >= 2 * LARGEST {
                break;
            }
        }
        part = whole.into_iter().collect();
    }
    part.sort_unstable();
    Ok(part)
}

/// Divides the clusters in which words tell two happenings apart.
fn divide_all(features: &[Option<std::sync::Arc<Features>>], ranks: &[u64], clusters: &mut [Option<usize>]) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        if let (Some(cluster), Some(_)) = (cluster, &features[at]) {
            members.entry(*cluster).or_default().push(at);
        }
    }
    for (_, mut nodes) in members {
        nodes.sort_by_key(|&node| (ranks[node], node));
        let own: Vec<&Features> = nodes.iter().filter_map(|&node| features[node].as_deref()).collect();
        for part in divide(&own, (0..own.len()).collect()) {
            for &at in &part {
                clusters[nodes[at]] = Some(nodes[part[0]]);
            }
        }
    }
}

fn cluster_part(record: &mut Record, part: &[i64], touched: &mut BTreeSet<i64>) -> rusqlite::Result<()> {
    let index: HashMap<i64, usize> = part.iter().enumerate().map(|(at, &telling)| (telling, at)).collect();
    let mut ranks = Vec::with_capacity(part.len());
    let mut news = Vec::with_capacity(part.len());
    let mut features = Vec::with_capacity(part.len());
    for &telling in part {
        let own = record.features_of(telling)?;
        ranks.push(own.as_ref().map_or(telling as u64, |own| own.order));
        news.push(own.as_ref().is_some_and(|own| own.news));
        features.push(own);
    }
    // Links say who may belong together; inside a part every pair counts, linked or not. In a large part that holds for tellings
    // without a date only, whose likeness is a matter of degree; what dates and places keep apart need not be compared.
    let is_small = part.len() <= ALL_PAIRS;
    let undated: Vec<bool> =
        features.iter().map(|own| own.as_ref().is_some_and(|own| own.days.0 == i32::MIN)).collect();
    let mut edges = Vec::new();
    for a in 0..part.len() {
        for b in a + 1..part.len() {
            let (true, Some(one), Some(other)) = (is_small || undated[a] || undated[b], &features[a], &features[b])
            else {
                continue;
            };
            let score = similarity::similarity(one, other);
            if score > 0.0 {
                edges.push((a, b, score));
            }
        }
    }
    if !is_small {
        for &telling in part {
            for (other, score) in neighbors(&record.connection, telling)? {
                if let (Some(&a), Some(&b)) = (index.get(&telling), index.get(&other)) {
                    if a < b && !undated[a] && !undated[b] {
                        edges.push((a, b, score));
                    }
                }
            }
        }
    }
    let extents: Vec<Extent> =
        features.iter().map(|own| own.as_ref().map_or(Extent::NONE, |own| Extent::of(own))).collect();
    let mut clusters = agglomerate(&ranks, &news, &extents, &edges);
    divide_all(&features, &ranks, &mut clusters);
    let days: Vec<Option<(i32, i32)>> =
        features.iter().map(|own| own.as_ref().map(|own| own.days).filter(|days| days.0 != i32::MIN)).collect();
    attach(&ranks, &news, &days, &edges, &mut clusters);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        if let Some(cluster) = cluster {
            members.entry(*cluster).or_default().push(at);
        }
    }
    let db = &record.connection;
    let mut machine: Vec<Option<i64>> = Vec::with_capacity(part.len());
    {
        let mut of = db.prepare_cached("SELECT machine FROM tellings WHERE id = ?1")?;
        for telling in part {
            machine.push(of.query_row([telling], |row| row.get(0))?);
        }
    }
    // Ids stay where most of their members stay.
    let mut overlaps: BTreeMap<(i64, usize), usize> = BTreeMap::new();
    for (&cluster, nodes) in &members {
        for &node in nodes {
            if let Some(id) = machine[node] {
                *overlaps.entry((id, cluster)).or_insert(0) += if news[node] { 2 } else { 1 };
            }
        }
    }
    let mut offers: Vec<(usize, i64, usize)> =
        overlaps.iter().map(|(&(id, cluster), &count)| (count, id, cluster)).collect();
    offers.sort_by_key(|&(count, id, cluster)| (std::cmp::Reverse(count), id, ranks[cluster]));
    let mut id_of: HashMap<usize, i64> = HashMap::new();
    let mut kept: BTreeSet<i64> = BTreeSet::new();
    for &(_, id, cluster) in &offers {
        if !kept.contains(&id) && !id_of.contains_key(&cluster) {
            kept.insert(id);
            id_of.insert(cluster, id);
        }
    }
    let mut unnamed: Vec<usize> = members.keys().copied().filter(|cluster| !id_of.contains_key(cluster)).collect();
    unnamed.sort_by_key(|&cluster| (part[cluster], ranks[cluster]));
    for cluster in unnamed {
        db.prepare_cached("INSERT INTO incidents DEFAULT VALUES")?.execute([])?;
        id_of.insert(cluster, db.last_insert_rowid());
    }
    // An id whose members all went elsewhere leads to where most of them went.
    for &(_, id, cluster) in &offers {
        if kept.insert(id) {
            if let Some(&new) = id_of.get(&cluster) {
                db.prepare_cached("UPDATE redirects SET new = ?2 WHERE new = ?1")?.execute([id, new])?;
                db.prepare_cached("INSERT OR REPLACE INTO redirects (old, new) VALUES (?1, ?2)")?.execute([id, new])?;
                touched.insert(id);
            }
        }
    }
    let mut update = db.prepare_cached("UPDATE tellings SET machine = ?2, incident = ?2 WHERE id = ?1")?;
    for (at, &telling) in part.iter().enumerate() {
        let new = clusters[at].and_then(|cluster| id_of.get(&cluster).copied());
        // What kept its members says what it said.
        if new != machine[at] {
            update.execute(params![telling, new])?;
            touched.extend(machine[at]);
            touched.extend(new);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Extent, agglomerate, attach};
    use crate::telling::Features;

    #[test]
    fn near_ones_join_and_far_ones_stay_apart() {
        let edges = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.7), (2, 3, 0.4), (3, 4, 0.9)];
        let clusters = agglomerate(&[5, 4, 3, 2, 1], &[true; 5], &[Extent::NONE; 5], &edges);
        assert_eq!(clusters[0], clusters[1]);
        assert_eq!(clusters[1], clusters[2]);
        assert_eq!(clusters[3], clusters[4]);
        assert_ne!(clusters[2], clusters[3]);
    }

    #[test]
    fn attacks_day_by_day_and_town_by_town_are_no_chain() {
        let attack = |day: i32, lat: f32| {
            Extent::of(&Features {
                groups: 1,
                published: true,
                days: (day, day),
                point: Some((lat, 37.0)),
                precision: 2,
                ..Features::default()
            })
        };
        let joined = |extents: &[Extent; 3]| {
            let edges = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.8)];
            let clusters = agglomerate(&[1, 2, 3], &[true; 3], extents, &edges);
            (clusters[0] == clusters[1], clusters[1] == clusters[2])
        };
        assert_eq!(joined(&[attack(1, 36.0), attack(2, 36.0), attack(2, 36.1)]), (true, true));
        assert_eq!(joined(&[attack(1, 36.0), attack(2, 36.0), attack(3, 36.0)]), (true, false));
        assert_eq!(joined(&[attack(1, 36.0), attack(1, 36.2), attack(1, 36.4)]), (true, false));
    }

    #[test]
    fn provinces_that_lie_apart_are_no_one_attack() {
        let attack = |admin1: u32, lat: f32| {
            let features = Features {
                groups: 1,
                published: true,
                days: (7, 7),
                point: Some((lat, 37.0)),
                precision: super::PROVINCE,
                admin1,
                ..Features::default()
            };
            Extent::of(&features)
        };
        let joined = |one: Extent, other: Extent| {
            let clusters = agglomerate(&[1, 2], &[true; 2], &[one, other], &[(0, 1, 0.9)]);
            clusters[0] == clusters[1]
        };
        assert!(joined(attack(1, 36.0), attack(1, 38.0)));
        assert!(joined(attack(1, 36.0), attack(2, 36.5)));
        assert!(!joined(attack(1, 36.0), attack(2, 38.0)));
    }

    #[test]
    fn background_joins_and_never_bridges() {
        let news = [true, true, false, false];
        let edges = [(0, 2, 0.9), (1, 2, 0.8), (2, 3, 0.9)];
        let mut clusters = agglomerate(&[1, 2, 3, 4], &news, &[Extent::NONE; 4], &edges);
        attach(&[1, 2, 3, 4], &news, &[None; 4], &edges, &mut clusters);
        assert_ne!(clusters[0], clusters[1]);
        assert_eq!(clusters[2], clusters[0]);
        assert_eq!(clusters[3], None);
    }

    #[test]
    fn background_of_another_month_stays_out() {
        let (news, edges) = ([true, true, false], [(0, 1, 0.9), (0, 2, 0.9), (1, 2, 0.9)]);
        let attached = |day: i32| {
            // The second member has no day, and is as much like the background as the first.
            let mut clusters = agglomerate(&[1, 2, 3], &news, &[Extent::NONE; 3], &edges);
            attach(&[1, 2, 3], &news, &[Some((100, 100)), None, Some((day, day))], &edges, &mut clusters);
            clusters[2] == clusters[0]
        };
        assert!(attached(101) && !attached(60) && !attached(140));
    }

    #[test]
    fn the_order_of_nodes_is_of_no_matter() {
        let ranks = [11u64, 7, 19, 3, 23, 5, 2, 17];
        let mut edges = Vec::new();
        for a in 0..8usize {
            for b in a + 1..8 {
                edges.push((a, b, ((a * 7 + b * 13) % 10) as f64 / 10.0));
            }
        }
        let straight = agglomerate(&ranks, &[true; 8], &[Extent::NONE; 8], &edges);
        let order = [3usize, 6, 0, 7, 1, 5, 2, 4];
        let shuffled: Vec<u64> = order.iter().map(|&node| ranks[node]).collect();
        let place = |node: usize| order.iter().position(|&other| other == node).expect("a node");
        let moved: Vec<(usize, usize, f64)> =
            edges.iter().rev().map(|&(a, b, score)| (place(a).min(place(b)), place(a).max(place(b)), score)).collect();
        let other = agglomerate(&shuffled, &[true; 8], &[Extent::NONE; 8], &moved);
        for a in 0..8 {
            for b in 0..8 {
                assert_eq!(straight[a] == straight[b], other[place(a)] == other[place(b)]);
            }
        }
    }
}
