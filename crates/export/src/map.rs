//! Maps as SVG, drawn from points alone: a graticule, circles as wide as the places are unsure, names of places nearby. No borders and no
//! front lines.

use crate::point::Point;
use serde::Serialize;

/// Macro `map(view, id)` that draws a [`MapView`].
pub const MAP_TEMPLATE: &str = include_str!("templates/map.html");

/// Width of a drawing that fills a page, in its own units; letters are as large as this is small.
pub const WIDE: f64 = 760.0;
/// Width of a drawing in a column.
pub const NARROW: f64 = 420.0;
/// Kilometers of a degree of latitude.
const DEGREE: f64 = 111.2;

/// A place to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Where, with how far the place reaches.
    pub point: Point,
    /// Its name.
    pub label: String,
    /// Where a click leads; may be empty.
    pub href: String,
    /// False for neighbors, which only orient.
    pub main: bool,
}

/// A map ready to be drawn; every number is in units of the drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapView {
    width: f64,
    height: f64,
    meridians: Vec<Line>,
    parallels: Vec<Line>,
    spots: Vec<Circle>,
    neighbors: Vec<Circle>,
    scale: f64,
    scale_label: String,
    /// What the map shows, in words.
    summary: String,
    /// The sentence below it.
    sentence: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Line {
    at: f64,
    label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Circle {
    x: f64,
    y: f64,
    r: f64,
    label: String,
    href: String,
    /// text-anchor, so that a name near the right edge stays inside.
    end: bool,
    named: bool,
}

/// The area (south, north, west, east) that a map of these points shows.
pub fn area(points: &[Point]) -> Option<[f64; 4]> {
    let first = points.first()?;
    let mut area = [first.lat, first.lat, first.lon, first.lon];
    for point in points {
        let reach = point.radius_km.max(4.0) * 1.25 / DEGREE;
        let wide = reach / cosine(point.lat);
        area[0] = area[0].min(point.lat - reach);
        area[1] = area[1].max(point.lat + reach);
        area[2] = area[2].min(point.lon - wide);
        area[3] = area[3].max(point.lon + wide);
    }
    // At least 60 km and no flatter or steeper than one to two, so that neighbors are on the map.
    let middle = (area[0] + area[1]) / 2.0;
    let cosine = cosine(middle);
    let mut tall = (area[1] - area[0]).max(60.0 / DEGREE);
    let mut wide = ((area[3] - area[2]) * cosine).max(90.0 / DEGREE);
    tall = tall.max(wide * 0.5);
    wide = wide.max(tall * 1.5);
    let (half_tall, half_wide) = (tall * 0.54, wide * 0.54 / cosine);
    let center = (area[2] + area[3]) / 2.0;
    Some([
        (middle - half_tall).max(-90.0),
        (middle + half_tall).min(90.0),
        (center - half_wide).max(-180.0),
        (center + half_wide).min(180.0),
    ])
}

fn cosine(lat: f64) -> f64 {
    lat.to_radians().cos().max(0.1)
}

/// Draws spots on a map of an area; none where there is no spot.
pub fn draw(spots: &[Spot], area: [f64; 4], width: f64) -> Option<MapView> {
    spots.iter().find(|spot| spot.main)?;
    let [south, north, west, east] = area;
    let cosine = cosine((south + north) / 2.0);
    let unit = width / ((east - west).max(1e-6) * cosine);
    let height = ((north - south) * unit).clamp(120.0, 900.0);
    let x = |lon: f64| round((lon - west) * cosine * unit);
    let y = |lat: f64| round((north - lat) * unit);
    let step = step((east - west).max(north - south) / 4.0);
    let lines = |from: f64, to: f64, place: &dyn Fn(f64) -> f64, names: [&str; 2]| -> Vec<Line> {
        let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
        (first..=last)
            .map(|index| {
                let degrees = index as f64 * step;
                let name = if degrees < 0.0 { names[1] } else { names[0] };
                let digits = if step >= 1.0 { 0 } else { 2 };
                let label = if index == 0 { "0°".to_owned() } else { format!("{:.digits$}° {name}", degrees.abs()) };
                Line { at: place(degrees), label }
            })
            .collect()
    };
    let circle = |spot: &Spot| Circle {
        x: x(spot.point.lon),
        y: y(spot.point.lat),
        r: round((spot.point.radius_km / DEGREE * unit).max(4.0)),
        label: spot.label.clone(),
        href: spot.href.clone(),
        end: x(spot.point.lon) > width * 0.6,
        named: true,
    };
    let (mut main, mut neighbors): (Vec<Circle>, Vec<Circle>) = (Vec::new(), Vec::new());
    for spot in spots {
        let inside =
            spot.point.lat >= south && spot.point.lat <= north && spot.point.lon >= west && spot.point.lon <= east;
        if !inside {
            continue;
        }
        let mut circle = circle(spot);
        let list = if spot.main { &mut main } else { &mut neighbors };
        circle.named = spot.main;
        list.push(circle);
    }
    // A name is written where no other name and no spot stands; every circle has its name as a title.
    let mut written: Vec<(f64, f64, f64, f64)> =
        main.iter().map(|spot| (spot.x - 4.0, spot.x + 4.0, spot.y - 4.0, spot.y + 4.0)).collect();
    let middles = written.len();
    for (index, circle) in main.iter_mut().chain(&mut neighbors).enumerate() {
        let length = circle.label.chars().count() as f64 * 8.6 + 8.0;
        let preferred = circle.end;
        circle.named = false;
        for end in [preferred, !preferred] {
            let (left, right) = if end { (circle.x - length, circle.x) } else { (circle.x, circle.x + length) };
            let free = written.iter().enumerate().all(|(at, (l, r, t, b))| {
                at == index && at < middles || right < *l || left > *r || circle.y + 4.0 < *t || circle.y - 16.0 > *b
            });
            if free && left > -4.0 && right < width + 4.0 && circle.y > 16.0 {
                (circle.end, circle.named) = (end, true);
                written.push((left, right, circle.y - 16.0, circle.y + 4.0));
                break;
            }
        }
    }
    let nice = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0];
    let kilometers = nice.iter().rev().find(|km| **km / DEGREE * unit <= width / 4.0).copied().unwrap_or(nice[0]);
    let names: Vec<&str> = main.iter().take(12).map(|circle| circle.label.as_str()).collect();
    let further = main.len().saturating_sub(names.len());
    let mut summary = format!("Map of {}", names.join("; "));
    if further > 0 {
        summary.push_str(&format!("; and {further} more"));
    }
    Some(MapView {
        width,
        height: round(height),
        meridians: lines(west, east, &x, ["E", "W"]),
        parallels: lines(south, north, &y, ["N", "S"]),
        spots: main,
        neighbors,
        scale: round(kilometers / DEGREE * unit),
        scale_label: format!("{kilometers} km"),
        summary,
        sentence: crate::BORDERS.to_owned(),
    })
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

/// A step of a graticule near a width.
fn step(width: f64) -> f64 {
    let steps = [0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0];
    steps.iter().find(|step| **step >= width).copied().unwrap_or(60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(lat: f64, lon: f64, radius_km: f64, main: bool) -> Spot {
        Spot { point: Point { lat, lon, radius_km }, label: "a place".to_owned(), href: String::new(), main }
    }

    #[test]
    fn a_circle_is_as_wide_as_the_place_is_unsure_and_inside_the_map() {
        for (lat, lon, radius) in [(0.0, 0.0, 1.0), (69.0, 33.0, 150.0), (-52.0, -59.0, 40.0), (12.0, 179.9, 20.0)] {
            let spots = [spot(lat, lon, radius, true), spot(lat + 0.1, lon, 1.0, false)];
            let area = area(&[spots[0].point]).expect("an area");
            let map = draw(&spots, area, WIDE).expect("a map");
            let kilometers =
                map.spots[0].r / map.scale * map.scale_label.trim_end_matches(" km").parse::<f64>().expect("km");
            assert!((kilometers - radius).abs() < radius * 0.1 + 1.5, "{kilometers} {radius}");
            assert!(map.spots[0].x >= 0.0 && map.spots[0].x <= map.width && map.spots[0].y <= map.height);
            assert!(!map.meridians.is_empty() && !map.parallels.is_empty());
        }
        assert_eq!(draw(&[spot(0.0, 0.0, 1.0, false)], [-1.0, 1.0, -1.0, 1.0], WIDE), None);
    }
}
