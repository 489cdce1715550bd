//! How fine a point may be: never finer than the place is known.

use serde::Serialize;

/// A point with how far the place reaches around it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// Degrees north, WGS 84, rounded as the precision allows.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// The place lies within so many kilometers.
    pub radius_km: f64,
}

/// Radius in kilometers and decimals of a degree for each precision that has a point at all. A country, a region or a place that is not
/// known has none: its middle would look like a place.
const FINENESS: &[(&str, f64, i32)] =
    &[("exact", 1.0, 3), ("settlement", 5.0, 2), ("near", 20.0, 1), ("district", 40.0, 1), ("province", 150.0, 1)];

/// The point of a place of the gazetteer, as fine as its precision allows; none for countries, regions and places not known.
///
/// `radius_km` is told for a place beside another one ("20 km north of X"): the point is then the middle of that circle, whose own radius stands, and is
/// rounded to less than a tenth of it.
pub fn point(precision: Option<&str>, lat: Option<f64>, lon: Option<f64>, radius_km: Option<f64>) -> Option<Point> {
    let (_, usual_km, usual_decimals) = FINENESS.iter().find(|(name, _, _)| Some(*name) == precision)?;
    let (lat, lon) = (lat.filter(|lat| lat.abs() <= 90.0)?, lon.filter(|lon| lon.abs() <= 180.0)?);
    let (radius_km, decimals) = match radius_km {
        Some(told) if told.is_finite() && told > 0.0 => (told.ceil(), if told < 60.0 { 2 } else { 1 }),
        _ => (*usual_km, *usual_decimals),
    };
    let round = |value: f64| {
        let factor = 10f64.powi(decimals);
        // Adding zero turns -0 into 0.
        (value * factor).round() / factor + 0.0
    };
    Some(Point { lat: round(lat), lon: round(lon), radius_km })
}

#[cfg(test)]
mod tests {
    use super::point;

    #[test]
    fn a_point_is_never_finer_than_the_place_is_known() {
        for (precision, expected) in [
            ("exact", Some((12.346, -7.654, 1.0))),
            ("settlement", Some((12.35, -7.65, 5.0))),
            ("near", Some((12.3, -7.7, 20.0))),
            ("district", Some((12.3, -7.7, 40.0))),
            ("province", Some((12.3, -7.7, 150.0))),
            ("country", None),
            ("region", None),
            ("unknown", None),
            ("", None),
        ] {
            let found = point(Some(precision), Some(12.345_6), Some(-7.654_3), None);
            assert_eq!(found.map(|point| (point.lat, point.lon, point.radius_km)), expected, "{precision}");
        }
        assert_eq!(point(None, Some(1.0), Some(1.0), None), None);
        assert_eq!(point(Some("exact"), None, Some(1.0), None), None);
        assert_eq!(point(Some("exact"), Some(91.0), Some(1.0), None), None);
        assert!(point(Some("near"), Some(-0.01), Some(0.0), None).is_some_and(|point| point.lat.is_sign_positive()));
    }

    #[test]
    fn a_circle_keeps_its_own_radius() {
        let at = |precision: &str, radius: f64| {
            point(Some(precision), Some(12.345_6), Some(-7.654_3), Some(radius))
                .map(|at| (at.lat, at.lon, at.radius_km))
        };
        assert_eq!(at("near", 8.0), Some((12.35, -7.65, 8.0)));
        assert_eq!(at("near", 80.2), Some((12.3, -7.7, 81.0)));
        assert_eq!(at("near", f64::NAN), Some((12.3, -7.7, 20.0)));
        assert_eq!(at("country", 8.0), None);
    }
}
