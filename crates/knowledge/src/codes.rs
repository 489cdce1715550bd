//! Codes of other schemes for a party: state numbers, CAMEO, ACLED's actor types, UCDP's sides. Each is derived, and says by which rule.
//!
//! State numbers: Correlates of War state list 2016 and Gleditsch and Ward's list (`data/state_codes.csv`). CAMEO 1.1b3 actor codes; ACLED codebook
//! (actor types, former `inter` 1 to 8); UCDP GED codebook (side A and B).

use crate::table::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

struct StateCodes {
    cow: &'static str,
    gw: &'static str,
    cameo: &'static str,
}

static STATES: LazyLock<HashMap<&'static str, StateCodes>> = LazyLock::new(|| {
    rows(include_str!("../../../data/state_codes.csv"))
        .map(|[iso3, cow, gw, cameo]| (iso3, StateCodes { cow, gw, cameo }))
        .collect()
});

/// Sectors that fight or rule for a state.
const STATE_SECTORS: &[&str] = &["GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PPL"];

/// A code of another scheme and the rule that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedCode {
    /// `cow`, `gw`, `cameo`, `acled_actor`, `ucdp_side`.
    pub scheme: &'static str,
    /// The code.
    pub code: String,
    /// The rule: `state_list`, `sector`.
    pub basis: &'static str,
}

/// Codes of a party by its country (ISO 3166-1 alpha-3) and PLOVER sectors, most specific first.
///
/// `home` tells whether the party acts in its own country, where that is known: ACLED sets state forces abroad apart. A scheme that has no code for
/// the party is left out.
pub fn derived_codes(country: Option<&str>, sectors: &[&str], home: Option<bool>) -> Vec<DerivedCode> {
    let mut codes = Vec::new();
    let state = country.and_then(|country| STATES.get(country));
    if let Some(state) = state {
        for (scheme, code) in [("cow", state.cow), ("gw", state.gw)] {
            if !code.is_empty() {
                codes.push(DerivedCode { scheme, code: code.to_owned(), basis: "state_list" });
            }
        }
    }
    let has = |sector: &str| sectors.contains(&sector);
    let any = |list: &[&str]| sectors.iter().any(|sector| list.contains(sector));
    let region = state.map(|state| state.cameo).filter(|code| !code.is_empty()).or(country).unwrap_or_default();
    let roles: Vec<&str> = sectors
        .iter()
        .filter_map(|sector| cameo_role(sector))
        .fold(Vec::new(), |mut roles, role| {
            if !roles.contains(&role) {
                roles.push(role);
            }
            roles
        })
        .into_iter()
        .take(2)
        .collect();
    if !region.is_empty() || !roles.is_empty() {
        codes.push(DerivedCode { scheme: "cameo", code: format!("{region}{}", roles.concat()), basis: "sector" });
    }
    let acled = if has("REB") {
        Some("Rebel group")
    } else if any(&["CRM", "PRM", "UAF"]) {
        Some("Political militia")
    } else if any(&["UNO", "IGO"]) {
        Some("External/Other forces")
    } else if any(STATE_SECTORS) {
        Some(if home == Some(false) { "External/Other forces" } else { "State forces" })
    } else if any(&["CVL", "REF", "JRN", "MED", "EDU", "LAB", "REL", "AGR", "NGO", "BUS", "ELI"]) {
        Some("Civilians")
    } else {
        None
    };
    if let Some(code) = acled {
        codes.push(DerivedCode { scheme: "acled_actor", code: code.to_owned(), basis: "sector" });
    }
    let ucdp = if has("REB") && has("PRE") || any(&["REB", "PRM", "CRM", "UAF"]) {
        Some("organized group")
    } else if any(&["GOV", "MIL", "COP", "SPY"]) && country.is_some() {
        Some("government")
    } else if any(&["CVL", "REF", "JRN", "MED", "EDU", "LAB", "REL", "AGR", "NGO"]) {
        Some("civilians")
    } else {
        None
    };
    if let Some(code) = ucdp {
        codes.push(DerivedCode { scheme: "ucdp_side", code: code.to_owned(), basis: "sector" });
    }
    codes
}

/// CAMEO's role of a PLOVER sector.
fn cameo_role(sector: &str) -> Option<&'static str> {
    Some(match sector {
        "GOV" => "GOV",
        "MIL" => "MIL",
        "COP" => "COP",
        "SPY" => "SPY",
        "JUD" => "JUD",
        "LEG" => "LEG",
        "OPP" => "OPP",
        "REB" => "REB",
        "PRM" | "UAF" => "UAF",
        "CRM" => "CRM",
        "CVL" => "CVL",
        "REF" => "REF",
        "BUS" => "BUS",
        "EDU" => "EDU",
        "LAB" => "LAB",
        "AGR" => "AGR",
        "JRN" => "MED",
        "MED" => "HLH",
        "ELI" => "ELI",
        "REL" => "REL",
        "NGO" => "NGO",
        "IGO" => "IGO",
        "UNO" => "IGO",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::derived_codes;

    #[test]
    fn codes_follow_country_and_sector() {
        let check = |country: &str, sectors: &[&str], home: Option<bool>, expect: &str| {
            let country = Some(country).filter(|country| !country.is_empty());
            let codes: Vec<String> = derived_codes(country, sectors, home)
                .into_iter()
                .map(|code| format!("{}={}", code.scheme, code.code))
                .collect();
            assert_eq!(codes.join(" "), expect, "{country:?} {sectors:?}");
        };
        check("KGZ", &["GOV"], None, "cow=703 gw=703 cameo=KGZGOV acled_actor=State forces ucdp_side=government");
        check(
            "TUR",
            &["MIL"],
            Some(false),
            "cow=640 gw=640 cameo=TURMIL acled_actor=External/Other forces ucdp_side=government",
        );
        check("YEM", &["REB"], None, "cow=679 gw=678 cameo=YEMREB acled_actor=Rebel group ucdp_side=organized group");
        // A country alone makes nobody a soldier: a body of unknown kind.
        check("DEU", &[], None, "cow=255 gw=260 cameo=DEU");
        check("", &["UAF"], None, "cameo=UAF acled_actor=Political militia ucdp_side=organized group");
        check("PSE", &["MED", "CVL"], None, "cameo=PSEHLHCVL acled_actor=Civilians ucdp_side=civilians");
        check("", &["UNO"], None, "cameo=IGO acled_actor=External/Other forces");
        check("", &[], None, "");
    }
}
