//! Imported gazetteers: what is taken, what is refused and by which line, and how the file reads back.

use counterclaim_knowledge::Gazetteer;
use counterclaim_knowledge::import::{Importer, NewPlace, Origin, place_of_feature};
use std::collections::BTreeMap;

fn row(id: &str, name: &str, alternates: &str, at: (&str, &str), kind: (&str, &str), admin: (&str, &str)) -> String {
    format!(
        "{id}\t{name}\t{name}\t{alternates}\t{}\t{}\t{}\t{}\tKG\t\t{}\t{}\t\t\t1200\t\t900\tAsia/Bishkek\t2026-01-01\n",
        at.0, at.1, kind.0, kind.1, admin.0, admin.1
    )
}

fn dump() -> String {
    [
        row("900001", "Upper Ford", "Oberfurt,Верхний Брод,OBF", ("39.50", "70.25"), ("P", "PPL"), ("03", "7")),
        row("900000", "Ford Oblast", "", ("39.60", "70.30"), ("A", "ADM1"), ("03", "")),
        row("900002", "Ford Bridge", "", ("39.61", "70.31"), ("S", "BDG"), ("03", "")),
        row("900003", "Ford Hotel", "", ("39.62", "70.32"), ("S", "HTL"), ("03", "")),
        row("900004", "Upper Ford", "", ("41.50", "74.25"), ("P", "PPL"), ("99", "")),
    ]
    .concat()
}

fn written(importer: Importer, name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("{name}.gazetteer"));
    let mut bytes = Vec::new();
    let origin = Origin {
        name: name.to_owned(),
        source: "own words".to_owned(),
        license: "CC0".to_owned(),
        built: String::new(),
    };
    importer.write(&origin, &mut bytes).expect("writes");
    std::fs::write(&path, bytes).expect("a file");
    (folder, path)
}

fn found(gazetteer: &Gazetteer, name: &str) -> Vec<String> {
    let shown = |place: counterclaim_knowledge::Candidate| {
        format!("{} {} {:?} {}", place.id, place.feature_code, place.exactness, place.admin1_id.unwrap_or_default())
    };
    gazetteer.named(name).into_iter().map(shown).collect()
}

#[test]
fn geonames_dump_reads_back() {
    let mut importer = Importer::new();
    importer.read_division_codes("KG.99\tElsewhere\tElsewhere\t1538652\n".as_bytes()).expect("reads");
    importer.read_geonames(dump().as_bytes(), "APL").expect("reads");
    assert_eq!((importer.n_bad, importer.n_left_out, importer.len()), (0, 1, 4), "{:?}", importer.bad);
    importer
        .read_alternate_names("1\t900001\ten\tHigh Ford\t\t\t\t\t\t\n2\t900001\tlink\thttps://example.org\t\t\t\t\t\t\n3\t1\ten\tNowhere\t\t\t\t\t\t\n".as_bytes())
        .expect("reads");
    assert!(importer.duplicate_ids().is_empty());
    let (_folder, path) = written(importer, "fords");
    let gazetteer = Gazetteer::map(&path).expect("opens");
    assert_eq!((gazetteer.len(), gazetteer.about("license")), (4, "CC0"));
    // A division of the file, and one that only the list of codes names: Batken in the built-in gazetteer.
    assert_eq!(
        found(&gazetteer, "upper-ford"),
        ["geonames:900001 PPL Primary geonames:900000", "geonames:900004 PPL Primary geonames:1538652"]
    );
    assert_eq!(found(&gazetteer, "High Ford"), ["geonames:900001 PPL Alternate geonames:900000"]);
    assert_eq!(found(&gazetteer, "Верхний Брод"), ["geonames:900001 PPL Alternate geonames:900000"]);
    assert_eq!(found(&gazetteer, "Ford"), ["geonames:900000 ADM1 Primary geonames:900000"]);
    assert_eq!(found(&gazetteer, "Ford Bridge"), ["geonames:900002 BDG Primary geonames:900000"]);
    for none in ["OBF", "Ford Hotel", "Nowhere", "", "x"] {
        assert!(found(&gazetteer, none).is_empty(), "{none}");
    }
    let place = gazetteer.get("geonames:900001").expect("listed");
    assert_eq!((place.lat, place.lon, place.population), (Some(39.5), Some(70.25), 1200));
    assert_eq!((place.country.as_deref(), place.admin1.as_deref()), (Some("KGZ"), Some("Ford Oblast")));
    assert!(gazetteer.get("geonames:5").is_none() && gazetteer.get("fords:900001").is_none());
}

#[test]
fn bad_rows_are_named_by_line() {
    let good = row("1", "Good", "", ("1", "2"), ("P", "PPL"), ("", ""));
    for (broken, why) in [
        ("1\ttoo few\n".to_owned(), "2 columns"),
        (good.replace("1\tGood", "one\tGood"), "no GeoNames id"),
        (row("2", "Pole", "", ("91", "2"), ("P", "PPL"), ("", "")), "no point on the globe"),
        (row("2", "Pole", "", ("1", "NaN"), ("P", "PPL"), ("", "")), "no point on the globe"),
        (row("2", "", "", ("1", "2"), ("P", "PPL"), ("", "")), "no name"),
        (row("2", "Elsewhere", "", ("1", "2"), ("P", "PPL"), ("", "")).replace("\tKG\t", "\tZZ\t"), "no ISO"),
        ("a,b,c\n".to_owned(), "1 columns"),
    ] {
        let mut importer = Importer::new();
        importer.read_geonames(format!("{good}{broken}{good}").as_bytes(), "APL").expect("reads");
        assert_eq!(importer.bad.len(), 1, "{broken}");
        assert!(importer.bad[0].line == 2 && importer.bad[0].why.contains(why), "{broken}: {:?}", importer.bad);
        let twice: Vec<u64> = importer.duplicate_ids().iter().map(|bad| bad.line).collect();
        assert_eq!(twice, [3], "{:?}", importer.duplicate_ids());
    }
    // Latin-1 in a UTF-8 file, and a file that was cut in the middle of a line.
    let mut importer = Importer::new();
    let mut bytes = good.clone().into_bytes();
    bytes.extend_from_slice(b"2\tK\xf6k\tx\n");
    bytes.extend_from_slice(&good.as_bytes()[..20]);
    importer.read_geonames(&bytes[..], "APL").expect("reads");
    let lines: Vec<u64> = importer.bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [2, 3], "{:?}", importer.bad);
    assert!(importer.bad[0].why.contains("UTF-8"));
}

#[test]
fn tables_and_features_read_back() {
    let mut importer = Importer::new();
    let place = |id: &str, name: &str, feature: &str| NewPlace {
        id: id.to_owned(),
        name: name.to_owned(),
        alternates: vec!["Old Name".to_owned()],
        lat: 12.25,
        lon: 24.5,
        country: "Sudan".to_owned(),
        feature: feature.to_owned(),
        admin1: "North Darfur".to_owned(),
        ..NewPlace::default()
    };
    importer.add(2, place("b", "New Camp", "refugee camp"));
    importer.add(3, place("a", "New Village", ""));
    importer.add(4, place("a", "Twice", ""));
    importer.add(5, place("c", "Odd", "spaceport of the moon"));
    importer.add(6, NewPlace { country: "Atlantis".to_owned(), ..place("d", "Lost", "") });
    importer.add(7, NewPlace { lat: 200.0, ..place("e", "Off", "") });
    let lines: Vec<u64> = importer.bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [4, 5, 6, 7]);
    assert!(importer.bad[0].why.contains("already on line 3"));
    let (_folder, path) = written(importer, "field");
    let gazetteer = Gazetteer::map(&path).expect("opens");
    let division = "geonames:408666";
    assert_eq!(found(&gazetteer, "New Camp"), [format!("field:b CMPRF Primary {division}")]);
    assert_eq!(found(&gazetteer, "Old Name").len(), 2);
    assert_eq!(gazetteer.get("field:a").expect("listed").name, "New Village");
    assert!(gazetteer.get("field:z").is_none());
}

#[test]
fn cut_and_foreign_files_are_refused() {
    let mut importer = Importer::new();
    importer.read_geonames(dump().as_bytes(), "APL").expect("reads");
    let (folder, path) = written(importer, "whole");
    let bytes = std::fs::read(&path).expect("a file");
    assert!(Gazetteer::map(&path).is_ok_and(|gazetteer| gazetteer.is_whole()));
    let broken = folder.path().join("broken");
    for cut in [0, 4, 11, 40, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&broken, &bytes[..cut]).expect("a file");
        assert!(Gazetteer::map(&broken).is_err(), "{cut}");
    }
    std::fs::write(&broken, b"id,name\n1,x\n").expect("a file");
    assert!(Gazetteer::map(&broken).is_err());
    // Whatever byte is wrong, it is seen.
    for at in (0..bytes.len()).step_by(7) {
        let mut wrong = bytes.clone();
        wrong[at] ^= 0xff;
        std::fs::write(&broken, &wrong).expect("a file");
        assert!(!Gazetteer::map(&broken).is_ok_and(|gazetteer| gazetteer.is_whole()), "{at}");
    }
}

#[test]
fn features_give_places() {
    let check = |feature: serde_json::Value, expect: Result<(&str, &str, f64, f64), &str>| {
        let columns = BTreeMap::from([("name".to_owned(), "NAME_EN".to_owned())]);
        match (place_of_feature(&feature, &columns), expect) {
            (Ok(place), Ok((id, name, lat, lon))) => {
                assert_eq!((place.id.as_str(), place.name.as_str(), place.lat, place.lon), (id, name, lat, lon));
            }
            (Err(error), Err(expect)) => assert_eq!(error, expect),
            (got, expect) => panic!("{feature}: {got:?}, not {expect:?}"),
        }
    };
    check(
        serde_json::json!({"type": "Feature", "id": 7, "properties": {"NAME_EN": "Ford"}, "geometry": {"type": "Point", "coordinates": [24.5, 12.25]}}),
        Ok(("7", "Ford", 12.25, 24.5)),
    );
    check(
        serde_json::json!({"properties": {"NAME_EN": "Field"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 0]]]}}),
        Ok(("", "Field", 1.0, 2.0)),
    );
    check(
        serde_json::json!({"properties": {"wof:id": 85, "wof:name": "Ford", "geom:latitude": 1.5, "geom:longitude": 2.5}}),
        Ok(("85", "Ford", 1.5, 2.5)),
    );
    check(serde_json::json!({"properties": {"NAME_EN": "x"}, "geometry": null}), Err("no point and no area"));
    check(serde_json::json!({}), Err("no properties"));
}

#[test]
fn who_s_on_first_leaves_out_what_is_no_place() {
    let mut importer = Importer::new();
    let columns = BTreeMap::new();
    let mut read = |file: &str, more: &str| {
        let text = format!(
            r#"{{"type": "Feature", "properties": {{"wof:id": {file}, "wof:name": "Ford", "wof:country": "KG", "geom:latitude": 39.5, "geom:longitude": 70.5{more}}}}}"#
        );
        importer.read_file(&format!("{file}.geojson"), &text, &columns);
    };
    read("1", r#", "wof:placetype": "locality", "edtf:deprecated": "uuuu", "name:rus_x_preferred": ["Брод"]"#);
    read("2", r#", "wof:placetype": "venue""#);
    read("3", r#", "wof:placetype": "locality", "edtf:deprecated": "2019-01-01""#);
    read("4", r#", "wof:placetype": "locality", "geom:latitude": 139.5"#);
    assert_eq!((importer.len(), importer.n_left_out, importer.n_bad), (1, 2, 1));
    assert!(importer.bad[0].why.starts_with("`4.geojson`: "), "{:?}", importer.bad);
    importer.bad.clear();
    importer.read_file("cut.geojson", "{", &columns);
    assert!(importer.bad[0].why.starts_with("`cut.geojson`: "), "{:?}", importer.bad);
    let (_folder, path) = written(importer, "wof");
    assert_eq!(found(&Gazetteer::map(&path).expect("opens"), "Брод"), ["wof:1 PPL Alternate "]);
}
