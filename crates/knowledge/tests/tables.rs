//! The tables of `data/` are whole: cells, codes, keys; and what the program finds with them.

use counterclaim_knowledge::actors::{SECTORS, describe_actor, group_named, listed_parties};
use counterclaim_knowledge::pack::{Sources, pack};
use counterclaim_knowledge::{Country, Gazetteer, Region, name_key, places, weapons};
use std::collections::{HashMap, HashSet};

const MODES: &[&str] = &[
    "",
    "primitive",
    "firearms",
    "explosives",
    "suicide-attack",
    "aerial",
    "drone",
    "heavy-weapons",
    "crowd-control",
    "unconventional",
];

/// Rows of a table as cells by column, with all marks of a broken row checked.
fn table(name: &str) -> Vec<HashMap<String, String>> {
    let path = format!("{}/../../data/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect(&path);
    assert!(
        !text.contains('"') && !text.contains('\t') && !text.contains('\r'),
        "{name} has quotes, tabs or carriage returns"
    );
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect(name).split(',').collect();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), header.len(), "{name}: {line}");
            assert!(cells.iter().all(|cell| *cell == cell.trim()), "{name}: white space around a cell: {line}");
            header.iter().map(|column| column.to_string()).zip(cells.iter().map(|cell| cell.to_string())).collect()
        })
        .collect()
}

fn unique(name: &str, column: &str) -> usize {
    let rows = table(name);
    let mut seen = HashSet::new();
    for row in &rows {
        assert!(
            !row[column].is_empty() && seen.insert(row[column].clone()),
            "{name}: {column} {} is empty or twice",
            row[column]
        );
    }
    rows.len()
}

fn check_codes(name: &str, column: &str, allowed: impl Fn(&str) -> bool) {
    for row in table(name) {
        for value in row[column].split('|').filter(|value| !value.is_empty()) {
            assert!(allowed(value), "{name}: {column} {value} in {row:?}");
        }
    }
}

#[test]
fn tables_are_whole() {
    let country = |code: &str| Country::by_iso3(code).is_some();
    let sector = |code: &str| SECTORS.contains(&code);
    for (name, key, least) in [
        ("countries", "iso3", 248),
        ("regions", "id", 440),
        ("organizations", "id", 200),
        ("armed_groups", "id", 200),
        ("media", "id", 150),
        ("peoples", "name", 100),
        ("conflict_places", "id", 300),
        ("agents", "phrase", 350),
        ("weapons", "phrase", 250),
        ("targets", "phrase", 150),
        ("place_abbreviations", "abbreviation", 100),
        ("contested", "name", 25),
    ] {
        let n_rows = unique(name, key);
        assert!(n_rows >= least, "{name}: {n_rows} rows");
    }
    unique("countries", "iso2");
    unique("countries", "geonames");
    check_codes("regions", "countries", country);
    check_codes("organizations", "country", country);
    check_codes("armed_groups", "countries", country);
    check_codes("media", "country", country);
    check_codes("office_holders", "country", country);
    check_codes("peoples", "countries", country);
    check_codes("conflict_places", "country", country);
    check_codes("peoples", "sectors", sector);
    check_codes("contested", "claims", |claim| {
        claim.split_once(':').is_some_and(|(view, code)| !view.is_empty() && country(code))
    });
    check_codes("agents", "sectors", sector);
    check_codes("organizations", "codes", sector);
    check_codes("armed_groups", "codes", sector);
    check_codes("office_holders", "codes", sector);
    check_codes("agents", "kind", |kind| ["person", "group", "body"].contains(&kind));
    check_codes("weapons", "mode", |mode| MODES.contains(&mode));
    check_codes("place_abbreviations", "geonames", |id| places().get(&format!("geonames:{id}")).is_some());
    check_codes("contested", "admin1", |id| {
        places().get(&format!("geonames:{id}")).is_some_and(|place| place.feature_code == "ADM1")
    });
    for row in table("agents") {
        assert_eq!(row["phrase"], row["phrase"].to_lowercase(), "agents are listed in lower case");
        assert!(!row["sectors"].is_empty(), "{row:?}");
    }
    let mut offices = HashSet::new();
    let is_day = |day: &str| {
        let parts: Vec<&str> = day.split('-').collect();
        let sizes: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        [&[4][..], &[4, 2], &[4, 2, 2]].contains(&&sizes[..])
            && parts.iter().all(|part| part.parse::<u16>().is_ok())
            && (1900..=2030).contains(&parts[0].parse::<u16>().unwrap_or(0))
    };
    for row in table("office_holders") {
        assert!(!row["name"].is_empty() && !row["office"].is_empty() && !row["source"].is_empty(), "{row:?}");
        assert!(
            offices.insert((row["name"].clone(), row["country"].clone(), row["office"].clone(), row["from"].clone())),
            "{row:?} comes twice"
        );
        assert!([&row["from"], &row["to"]].iter().all(|day| day.is_empty() || is_day(day)), "{row:?}");
        assert!(row["to"].is_empty() || row["from"][..4] <= row["to"][..4], "{row:?}");
    }
    assert!(offices.len() >= 1_200, "{} offices", offices.len());
    for row in table("armed_groups") {
        for year in [&row["from"], &row["to"]] {
            assert!(year.is_empty() || year.parse::<u16>().is_ok_and(|year| (1900..=2030).contains(&year)), "{row:?}");
        }
        assert!(row["to"].is_empty() || row["from"] <= row["to"], "{row:?}");
    }
    assert!(Region::all().iter().filter(|region| region.kind == "region").count() >= 300);
    for region in Region::all() {
        assert!(region.from.zip(region.to).is_none_or(|(from, to)| from <= to), "{}", region.id);
        assert!(region.lat.abs() <= 90.0 && region.lon.abs() <= 180.0 && region.radius_km > 0.0, "{}", region.id);
    }
    for (id, _, sectors) in listed_parties() {
        assert!(!sectors.is_empty(), "{id}");
    }
}

#[test]
fn a_class_of_weapons_has_one_mode() {
    let mut modes: HashMap<String, String> = HashMap::new();
    for row in table("weapons") {
        let known = modes.entry(row["class"].clone()).or_insert_with(|| row["mode"].clone());
        assert_eq!(*known, row["mode"], "{row:?}");
        let phrase = row["phrase"].replace('-', " ");
        let words: Vec<&str> = phrase.split(' ').collect();
        let found = weapons::weapon(&words).unwrap_or_else(|| panic!("{phrase}"));
        assert_eq!(found.class, row["class"], "{phrase}");
    }
}

/// Every member of the United Nations and the two observers, by alpha-3 code.
const UN_MEMBERS: &str = "AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR TZA USA URY UZB VUT VEN VNM YEM ZMB ZWE VAT PSE";

#[test]
fn every_state_has_a_name_an_adjective_and_a_capital() {
    let codes: Vec<&str> = UN_MEMBERS.split(' ').collect();
    assert_eq!(codes.len(), 195);
    for code in codes {
        let country = Country::by_iso3(code).expect(code);
        assert_eq!(Country::by_name(country.name).map(|found| found.iso3), Some(code), "{}", country.name);
        if code != "VAT" {
            assert!(!country.adjectives.is_empty(), "{code} has no adjective");
        }
        for adjective in &country.adjectives {
            assert_eq!(Country::by_adjective(adjective).map(|found| found.iso3), Some(code), "{adjective}");
        }
        for capital in &country.capitals {
            assert_eq!(Country::by_capital(capital).map(|found| found.iso3), Some(code), "{capital}");
        }
        let place = places().get(&format!("geonames:{}", country.geonames_id)).expect(code);
        assert_eq!((place.country.as_deref(), place.feature_code.as_str()), (Some(code), "PCLI"));
    }
}

#[test]
fn the_misspelled_names_of_the_country_table_are_nobody_elses() {
    let mut owner: HashMap<String, String> = HashMap::new();
    for row in table("countries") {
        for name in
            std::iter::once(row["name"].as_str()).chain(row["aliases"].split('|')).filter(|name| !name.is_empty())
        {
            if let Some(other) = owner.insert(name_key(name), row["iso3"].clone()) {
                assert_eq!(other, row["iso3"], "{name}");
            }
        }
    }
}

/// A sample in the columns of the source tables.
const CITIES: &str = "geonameid\tname\tlat\tlon\tfcode\tcc\tadmin1\tadmin2\tpopulation\talternates\n\
    11\tNorth Ford\t10.5\t-20.25\tPPLA\tXA\t01\t01x\t5000\tNFD|Nordfurt|nordfrd|Норд\n\
    12\tFord\t11.0\t-21.0\t\tXA\t01\t\t700\tNorth Ford\n";
const DIVISIONS: &str = "geonameid\tname\tlat\tlon\tpoint_source\tlevel\tcc\tadmin1\tadmin2\tiso3166_2\ttype\tpopulation_of_listed_places\talternates\n\
    21\tFord Province\t10.7\t-20.5\tne-label\t1\tXA\t01\t\tXA-1\tProvince\t5700\tProvincia Ford\n\
    22\tUpper Ford\t\t\t\t2\tXA\t01\t01x\t\t\t\t\n";
const COUNTRIES: &str = "geonameid\tiso2\tiso3\tname\tpopulation\tlat_mean_of_places\tlon_mean_of_places\talternates\n1\tXA\tXAA\tExampleland\t9000\t10.6\t-20.4\tExample Republic\n";

#[test]
fn packing_is_repeatable_and_reads_back() {
    let sources = Sources { cities: CITIES, divisions: DIVISIONS, countries: COUNTRIES };
    let packed = pack(sources).expect("packs");
    assert_eq!(packed, pack(sources).expect("packs again"));
    let gazetteer = Gazetteer::open(&packed).expect("opens");
    assert_eq!(gazetteer.len(), 5);
    let found = |name: &str| -> Vec<String> {
        gazetteer
            .named(name)
            .into_iter()
            .map(|place| {
                format!(
                    "{} {} {:?} {}/{}",
                    place.id,
                    place.feature_code,
                    place.exactness,
                    place.admin1.unwrap_or_default(),
                    place.admin2.unwrap_or_default()
                )
            })
            .collect()
    };
    assert_eq!(
        found("North Ford"),
        ["geonames:11 PPLA Primary Ford Province/Upper Ford", "geonames:12 PPL Alternate Ford Province/"]
    );
    assert_eq!(found("Ford"), ["geonames:21 ADM1 Primary Ford Province/", "geonames:12 PPL Primary Ford Province/"]);
    assert_eq!(found("nordfurt"), ["geonames:11 PPLA Alternate Ford Province/Upper Ford"]);
    // Airport codes, machine transliterations and other scripts stay out.
    assert!(found("NFD").is_empty() && found("nordfrd").is_empty() && found("Норд").is_empty());
    let place = gazetteer.get("geonames:11").expect("listed");
    assert_eq!(
        (place.lat, place.lon, place.population, place.country.as_deref()),
        (Some(10.5), Some(-20.25), 5000, Some("XAA"))
    );
    assert_eq!(gazetteer.get("geonames:22").expect("listed").lat, None);
}

#[test]
fn broken_gazetteers_are_refused() {
    let packed = pack(Sources { cities: CITIES, divisions: DIVISIONS, countries: COUNTRIES }).expect("packs");
    assert!(Gazetteer::open(&[]).is_err());
    assert!(Gazetteer::open(b"no gazetteer").is_err());
    assert!(Gazetteer::open(&packed[..packed.len() / 2]).is_err());
}

#[test]
fn tables_load_quickly() {
    let started = std::time::Instant::now();
    let _ = describe_actor(&[("Kyrgyz", "kyrgyz"), ("army", "army")], 1);
    let _ = weapons::scan(&["rocket"]);
    let _ = weapons::target_class("home");
    let _ = Region::by_name("Darfur");
    // Far above the measured time, since other tests run at the same time.
    assert!(started.elapsed().as_millis() < 500, "{:?}", started.elapsed());
}

#[test]
fn groups_are_found_by_their_whole_name() {
    let known = group_named("al-shabaab").expect("a group of the tables");
    assert!(known.id.starts_with("group:") && known.countries.contains(&"SOM"), "{known:?}");
    assert!(group_named("shabaa").is_none() && group_named("Somalia").is_none());
}
