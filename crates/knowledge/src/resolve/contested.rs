//! Who administers and who claims a place.

use super::rank::{kilometers, point};
use crate::gazetteer::Candidate;
use crate::table::{rows, values};
use counterclaim_schema::ledger::AdminClaim;
use std::sync::LazyLock;

struct Contested {
    admin1: Vec<String>,
    circle: Option<((f64, f64), f64)>,
    claims: Vec<AdminClaim>,
}

static CONTESTED: LazyLock<Vec<Contested>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/contested.csv"))
        .map(|[_name, admin1, lat, lon, radius, claims]| Contested {
            admin1: values(admin1).map(|id| format!("geonames:{id}")).collect(),
            circle: match (lat.parse(), lon.parse(), radius.parse::<f64>()) {
                (Ok(lat), Ok(lon), Ok(radius)) if radius > 0.0 => Some(((lat, lon), radius)),
                _ => None,
            },
            claims: values(claims)
                .filter_map(|claim| claim.split_once(':'))
                .map(|(view, country)| AdminClaim { view: view.to_owned(), country: country.to_owned() })
                .collect(),
        })
        .collect()
});

/// Who administers and who claims a place, for the contested areas of `data/contested.csv`; empty for all others.
pub fn admin_claims(candidate: &Candidate) -> Vec<AdminClaim> {
    let views: &[(&str, &str)] = match candidate.country.as_deref() {
        Some("TWN") => &[("de_facto", "TWN"), ("china", "CHN")],
        Some("XKX") => &[("de_facto", "XKX"), ("serbia", "SRB")],
        Some("ESH") => &[("de_facto", "MAR"), ("un", "ESH"), ("morocco", "MAR")],
        _ => &[],
    };
    // A country with a contested part is not itself contested.
    if !views.is_empty() || candidate.feature_code == "PCLI" {
        return views
            .iter()
            .map(|(view, country)| AdminClaim { view: (*view).to_owned(), country: (*country).to_owned() })
            .collect();
    }
    let here = point(candidate);
    CONTESTED
        .iter()
        .find(|area| {
            candidate.admin1_id.as_ref().is_some_and(|admin1| area.admin1.contains(admin1))
                || area.circle.zip(here).is_some_and(|((middle, radius), here)| kilometers(middle, here) <= radius)
        })
        .map(|area| area.claims.clone())
        .unwrap_or_default()
}
