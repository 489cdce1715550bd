//! Imported gazetteers and tables of actors, by the whole program.

use assert_cmd::Command;
use std::path::Path;

fn counterclaim(data: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("counterclaim")
        .expect("the program")
        .args(arguments)
        .env("COUNTERCLAIM_DATA", data)
        .output()
        .expect("runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

const VILLAGES: &str = "town;x;y;land;sort\nQorvun Tepa;70.51;39.91;KGZ;village\n\"Mirzo; Lower\";70.55;39.93;Kyrgyzstan;\nQorvun Crossing;70.52;39.92;KG;border crossing\n";
const REPORT: &str = "BATKEN, March 14, 2023 (Lakeside Press) - Two people were killed on Monday when shells hit the village of Qorvun Tepa in southern Kyrgyzstan, officials said.\n";

#[test]
fn imported_places_are_found_and_resolved() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, table, report) =
        (folder.path().join("data"), folder.path().join("my villages.csv"), folder.path().join("report.txt"));
    std::fs::write(&table, VILLAGES).expect("a file");
    std::fs::write(&report, REPORT).expect("a file");
    let read = |data: &Path| -> serde_json::Value {
        let report = report.to_str().expect("a path");
        let (code, out, error) = counterclaim(data, &["read", report, "--format", "json"]);
        assert_eq!(code, 0, "{error}");
        serde_json::from_str(&out).expect("JSON")
    };
    let place = |ledger: &serde_json::Value| -> serde_json::Value {
        let places = ledger["places"].as_array().expect("places");
        places.iter().find(|place| place["span"]["text"] == "Qorvun Tepa").cloned().expect("the village")
    };
    assert!(place(&read(&data))["gazetteer_id"].is_null(), "the village is in no built-in gazetteer");

    let table = table.to_str().expect("a path");
    let import = [
        "gazetteer",
        "import",
        table,
        "--columns",
        "name=town,lon=x,lat=y,country=land,feature=sort",
        "--license",
        "CC0",
    ];
    let (code, _, error) = counterclaim(&data, &import);
    assert!(code == 0 && error.contains("my-villages: 3 places"), "{error}");
    let (code, out, _) = counterclaim(&data, &["gazetteer", "search", "qorvun", "tepa"]);
    assert!(code == 0 && out.contains("my-villages:2") && out.contains("CC0"), "{out}");
    let (_, out, _) = counterclaim(&data, &["gazetteer", "search", "Qorvun Tepe", "--country", "KGZ", "--json"]);
    let row: serde_json::Value = serde_json::from_str(out.trim()).expect("one row");
    assert_eq!((row["exactness"].as_str(), row["lat"].as_f64()), (Some("fuzzy"), Some(39.91)));
    let found = place(&read(&data));
    assert_eq!(found["gazetteer_id"], "my-villages:2", "{found}");
    assert_eq!(found["country"], "KGZ");

    let (code, _, error) = counterclaim(&data, &import);
    assert!(code == 2 && error.contains("--replace"), "{error}");
    // A town that the program knows stays one town; a namesake far from it is another.
    let known = folder.path().join("known.csv");
    let rows = "name,lat,lon,country\nIsfana,39.84,69.53,KGZ\nIsfana,41.80,75.00,KGZ\n";
    std::fs::write(&known, rows).expect("a file");
    assert_eq!(counterclaim(&data, &["gazetteer", "import", known.to_str().expect("a path")]).0, 0);
    let (_, out, _) = counterclaim(&data, &["gazetteer", "search", "Isfana", "--json"]);
    let towns: Vec<&str> = out.lines().filter(|line| line.contains("\"feature\":\"PPL")).collect();
    assert!(towns.len() == 2 && !out.contains("known:2") && out.contains("known:3"), "{out}");
    let (code, out, _) = counterclaim(&data, &["gazetteer", "list"]);
    assert!(code == 0 && out.contains("my-villages  3 places"), "{out}");
    // A file that was cut off stops a run that would use it, but not the commands that mend it.
    let file = data.join("my-villages.gazetteer");
    let bytes = std::fs::read(&file).expect("the gazetteer");
    std::fs::write(&file, &bytes[..bytes.len() - 9]).expect("a file");
    let (code, _, error) = counterclaim(&data, &["gazetteer", "search", "Osh"]);
    assert!(code == 2 && error.contains("gazetteer remove my-villages"), "{error}");
    assert_eq!(counterclaim(&data, &["gazetteer", "list"]).0, 1);
    assert_eq!(counterclaim(&data, &["gazetteer", "remove", "my-villages"]).0, 0);
    assert_eq!(counterclaim(&data, &["gazetteer", "search", "Osh"]).0, 0);
}

#[test]
fn bad_files_leave_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let check = |name: &str, content: &[u8], expect: &[&str]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("a file");
        let (code, _, error) = counterclaim(&data, &["gazetteer", "import", path.to_str().expect("a path")]);
        assert_eq!(code, 2, "{name}: {error}");
        assert!(expect.iter().all(|words| error.contains(words)), "{name}: {error}");
        assert!(!data.exists() || std::fs::read_dir(&data).expect("a folder").next().is_none(), "{name}");
    };
    let header = "name,lat,lon,country,id\n";
    check(
        "off.csv",
        format!("{header}A,1,2,KGZ,a\nB,95,2,KGZ,b\n").as_bytes(),
        &["off.csv:3", "globe", "nothing is imported"],
    );
    check("twice.csv", format!("{header}A,1,2,KGZ,a\nB,5,2,KGZ,a\n").as_bytes(), &["twice.csv:3", "already on line 2"]);
    check("short.csv", format!("{header}A,1,2,KGZ,a\nB,5\n").as_bytes(), &["short.csv:3", "2 columns"]);
    check("columns.csv", b"place,lat,lon,country\nA,1,2,KGZ\n", &["no column `name`"]);
    check("latin.csv", b"name,lat,lon,country\nK\xf6k,1,2,KGZ\n", &["latin.csv:2", "UTF-8"]);
    check("empty.csv", b"", &["no column"]);
    check("people.csv", b"name,lat,lon,country,population\nAb,1,2,KGZ,many\n", &["people.csv:2", "inhabitants"]);
    let row = |id: &str| format!("{id}\tFord\tFord\t\t1\t2\tP\tPPL\tKG\t\t\t\t\t\t\t\t\t\t\n");
    check("KG.txt", [row("5"), row("6"), row("5")].concat().as_bytes(), &["KG.txt:3", "already on line 1"]);
    check("packed.zip", b"PK\x03\x04rest", &["unpack"]);
    check("cut.geojson", b"{\"type\": \"FeatureCollection\", \"features\": [{\"type\"", &["cut.geojson"]);
    check("land.geojson", b"{\"type\": \"FeatureCollection\", \"features\": [{\"properties\": {\"name\": \"A\"}, \"geometry\": {\"coordinates\": [1, 2]}}]}", &["land.geojson:1", "no country"]);
}

#[test]
fn good_rows_are_taken_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, table) = (folder.path().join("data"), folder.path().join("mixed.csv"));
    std::fs::write(&table, "name,lat,lon,country\nQorvun,39.9,70.5,KGZ\nOff,99,2,KGZ\n").expect("a file");
    let (code, _, error) = counterclaim(&data, &["gazetteer", "import", table.to_str().expect("a path"), "--skip-bad"]);
    assert!(code == 1 && error.contains("mixed.csv:3") && error.contains("mixed: 1 places"), "{error}");
    assert!(counterclaim(&data, &["gazetteer", "search", "Qorvun"]).1.contains("mixed:2"));
}

#[test]
fn reports_are_coded_again_when_imports_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, table) = (folder.path().join("data"), folder.path().join("villages.csv"));
    let (report, record) = (folder.path().join("report.txt"), folder.path().join("record.db"));
    std::fs::write(&report, REPORT).expect("a file");
    let path = |path: &Path| path.to_str().expect("a path").to_owned();
    let recode = || {
        let (code, _, error) = counterclaim(&data, &["add", &path(&report), "--record", &path(&record), "--recode"]);
        assert_eq!(code, 0, "{error}");
        error
    };
    recode();
    assert!(recode().contains("0 added"), "nothing changed");
    // Two files of one size: the content counts.
    for lat in ["39.91", "39.92"] {
        std::fs::write(&table, format!("name,lat,lon,country\nQorvun Tepa,{lat},70.51,KGZ\n")).expect("a file");
        assert_eq!(counterclaim(&data, &["gazetteer", "import", &path(&table), "--replace"]).0, 0);
        assert!(recode().contains("1 added"), "{lat}");
    }
}

#[test]
fn imported_parties_are_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, table) = (folder.path().join("data"), folder.path().join("groups.csv"));
    let header = "name,aliases,countries,codes,from,to\n";
    std::fs::write(&table, format!("{header}Lions of the Ford,Ford Lions|FL-2,TCD,REB,2019,\n")).expect("a file");
    let path = table.to_str().expect("a path");
    let (_, out, _) = counterclaim(&data, &["actors", "search", "Ford Lions"]);
    assert!(out.is_empty(), "{out}");
    assert_eq!(counterclaim(&data, &["actors", "import", path]).0, 0);
    let (_, out, _) = counterclaim(&data, &["actors", "search", "ford lions", "--json"]);
    let row: serde_json::Value = serde_json::from_str(out.trim()).expect("one row");
    assert_eq!((row["id"].as_str(), row["codes"]["cow"].as_str()), (Some("groups:lions-of-the-ford"), Some("483")));
    let report = folder.path().join("report.txt");
    std::fs::write(
        &report,
        "March 14, 2023\n\nThe Lions of the Ford attacked an army post on Monday, the army said.\n",
    )
    .expect("a file");
    let (_, out, error) = counterclaim(&data, &["read", report.to_str().expect("a path"), "--format", "json"]);
    let ledger: serde_json::Value = serde_json::from_str(&out).expect(&error);
    let actors = ledger["actors"].as_array().expect("actors");
    let group = actors
        .iter()
        .find(|actor| actor["name"].as_str().is_some_and(|name| name.contains("Lions")))
        .expect("the group");
    assert_eq!((group["country"].as_str(), &group["sector"]), (Some("TCD"), &serde_json::json!(["REB"])));
    // A name that the program lists, too, is the user's.
    std::fs::write(&table, format!("{header}M23,,TCD,OPP,,\n")).expect("a file");
    assert_eq!(counterclaim(&data, &["actors", "import", path, "--replace"]).0, 0);
    std::fs::write(&report, "March 14, 2023\n\nM23 attacked an army post on Monday, the army said.\n").expect("a file");
    let (_, out, error) = counterclaim(&data, &["read", report.to_str().expect("a path"), "--format", "json"]);
    let ledger: serde_json::Value = serde_json::from_str(&out).expect(&error);
    let actors = ledger["actors"].as_array().expect("actors");
    assert!(actors.iter().any(|actor| actor["name"] == "M23" && actor["country"] == "TCD"), "{actors:?}");
    for (row, words) in [
        ("Ab,,XXX,REB,,", "XXX"),
        ("Ab,,TCD,BAD,,", "BAD"),
        ("Ab,,TCD,REB,2020,2010", "ends before"),
        (",,TCD,REB,,", "no name"),
        ("Ab,TCD", "2 columns"),
        ("Ab,,TCD,REB,soon,", "no year"),
    ] {
        std::fs::write(&table, format!("{header}Good,,TCD,REB,,\n{row}\n")).expect("a file");
        let (code, _, error) = counterclaim(&data, &["actors", "import", path, "--name", "bad"]);
        assert!(code == 2 && error.contains("groups.csv:3") && error.contains(words), "{row}: {error}");
        assert!(!data.join("bad.actors.csv").exists());
    }
    assert_eq!(counterclaim(&data, &["actors", "remove", "groups"]).0, 0);
    assert!(counterclaim(&data, &["actors", "list"]).1.contains("armed_groups"));
}
