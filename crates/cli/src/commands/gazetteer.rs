//! `counterclaim gazetteer`: look places up; import, list and remove gazetteers.

use crate::args::{GazetteerCommand, ImportArguments, PlaceFormat};
use crate::data_folder::{DataFolder, checked_name};
use crate::exit_code::ExitCode;
use crate::printer;
use crate::sanitize::sanitize;
use anyhow::{Context, bail};
use counterclaim_knowledge::import::{BadRow, Importer, Origin};
use counterclaim_knowledge::{Candidate, Country, Gazetteer, Region, places};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Does what was typed.
pub fn run(command: &GazetteerCommand, folder: Option<&DataFolder>) -> anyhow::Result<ExitCode> {
    let needed = || folder.context("there is no data folder; name one with --data");
    match command {
        GazetteerCommand::Search { name, country, limit, json } => {
            search(&name.join(" "), country.as_deref(), *limit, *json)
        }
        GazetteerCommand::Import(arguments) => import(arguments, needed()?),
        GazetteerCommand::List => list(folder),
        GazetteerCommand::Remove { name } => {
            let path = needed()?.gazetteer(&checked_name(Some(name), Path::new(""))?);
            std::fs::remove_file(&path).with_context(|| format!("removing the gazetteer `{name}`"))?;
            printer::note(&format!("removed {name}"));
            Ok(ExitCode::Done)
        }
    }
}

fn search(name: &str, country: Option<&str>, limit: usize, json: bool) -> anyhow::Result<ExitCode> {
    if let Some(code) = country
        && Country::by_iso3(code).is_none()
    {
        bail!("`{code}` is no ISO 3166-1 alpha-3 code of a country");
    }
    let mut found = places().lookup(name);
    if let Some(country) = country {
        found.retain(|place| place.countries.iter().any(|code| code == country));
        if found.is_empty() {
            found = places().lookup_fuzzy(name, &[country.to_owned()]);
        }
    }
    for place in found.iter().take(limit) {
        let (source, license) = provenance(place);
        if json {
            let row = serde_json::json!({
                "id": place.id, "name": place.name, "lat": place.lat, "lon": place.lon, "feature": place.feature_code,
                "country": place.country, "countries": place.countries, "admin1": place.admin1, "admin2": place.admin2,
                "population": place.population, "exactness": format!("{:?}", place.exactness).to_lowercase(),
                "source": source, "license": license,
            });
            printer::data(&format!("{row}\n"))?;
            continue;
        }
        let point = place.lat.zip(place.lon).map_or("no point".to_owned(), |(lat, lon)| format!("{lat:.4} {lon:.4}"));
        let within: Vec<&str> = [place.admin2.as_deref(), place.admin1.as_deref()]
            .into_iter()
            .flatten()
            .chain(
                place.countries.iter().map(|code| Country::by_iso3(code).map_or(code.as_str(), |country| country.name)),
            )
            .filter(|part| *part != place.name)
            .collect();
        printer::data(&format!(
            "{}  {}  {}  {point}  {}\n    {}; {} name; {}, {}\n",
            sanitize(&place.name),
            place.feature_code,
            sanitize(&within.join(", ")),
            sanitize(&place.id),
            if place.population > 0 {
                format!("{} inhabitants", place.population)
            } else {
                "inhabitants not known".to_owned()
            },
            format!("{:?}", place.exactness).to_lowercase(),
            sanitize(&source),
            sanitize(&license),
        ))?;
    }
    if found.is_empty() {
        printer::note("nothing is found; `gazetteer import` adds places, --country finds misspelled names");
    } else if found.len() > limit {
        printer::note(&format!("{} more", found.len() - limit));
    }
    Ok(ExitCode::Done)
}

fn provenance(place: &Candidate) -> (String, String) {
    match places().holder(&place.id) {
        Some(gazetteer) if gazetteer.about("name") == "core" => ("GeoNames".to_owned(), "CC BY 4.0".to_owned()),
        Some(gazetteer) => (gazetteer.about("source").to_owned(), gazetteer.about("license").to_owned()),
        None => ("Counterclaim's table of regions".to_owned(), "Apache-2.0 OR MIT".to_owned()),
    }
}

fn list(folder: Option<&DataFolder>) -> anyhow::Result<ExitCode> {
    let core = Gazetteer::core();
    printer::data(&format!(
        "core  {} places, {} names  {}\n    {}\nregions  {} places  Apache-2.0 OR MIT\n    Counterclaim's table of regions\n",
        core.len(),
        core.n_names(),
        core.about("license"),
        core.about("source"),
        Region::all().len()
    ))?;
    let mut code = ExitCode::Done;
    for (name, path) in folder.map(DataFolder::gazetteers).unwrap_or_default() {
        match Gazetteer::map(&path) {
            Ok(gazetteer) if gazetteer.is_whole() => printer::data(&format!(
                "{name}  {} places, {} names  {}\n    {}; imported {}\n",
                gazetteer.len(),
                gazetteer.n_names(),
                sanitize(gazetteer.about("license")),
                sanitize(gazetteer.about("source")),
                sanitize(gazetteer.about("built")),
            ))?,
            broken => {
                let why = broken.err().unwrap_or_else(|| "its names are not as they were written".to_owned());
                printer::note(&format!("{name}: {why}; import it again, or remove it"));
                code = ExitCode::SomeFailed;
            }
        }
    }
    Ok(code)
}

fn import(arguments: &ImportArguments, folder: &DataFolder) -> anyhow::Result<ExitCode> {
    let input = arguments.input.as_path();
    let name = checked_name(arguments.name.as_deref(), input)?;
    let target = folder.gazetteer(&name);
    if target.exists() && !arguments.replace {
        bail!("there is a gazetteer `{name}`; --replace replaces it, --name gives this one another name");
    }
    let mut columns = BTreeMap::new();
    for pair in &arguments.columns {
        let (ours, theirs) = pair.split_once('=').with_context(|| format!("`{pair}` is not written as OURS=THEIRS"))?;
        if !counterclaim_knowledge::import::PLACE_COLUMNS.contains(&ours) {
            bail!("`{ours}` is none of our columns: {}", counterclaim_knowledge::import::PLACE_COLUMNS.join(", "));
        }
        columns.insert(ours.to_owned(), theirs.to_owned());
    }
    let format = match arguments.format {
        PlaceFormat::Auto => told(input)?,
        format => format,
    };
    let mut importer = Importer::new();
    for codes in [&arguments.admin1, &arguments.admin2].into_iter().flatten() {
        importer.read_division_codes(open(codes)?).with_context(|| format!("reading `{}`", codes.display()))?;
        refuse_bad(&importer.bad, importer.n_bad, codes, false)?;
    }
    let reading = || format!("reading `{}`", input.display());
    let default = match format {
        PlaceFormat::Geonames => {
            importer.read_geonames(open(input)?, &arguments.classes).with_context(reading)?;
            ("GeoNames (https://www.geonames.org)", "CC BY 4.0")
        }
        PlaceFormat::Csv => {
            importer.read_places(open(input)?, &columns).map_err(anyhow::Error::msg).with_context(reading)?;
            ("not told", "not told")
        }
        PlaceFormat::Geojson => {
            let text = std::fs::read_to_string(input).with_context(reading)?;
            importer.read_geojson(&text, &columns).map_err(anyhow::Error::msg).with_context(reading)?;
            ("not told", "not told")
        }
        PlaceFormat::Whosonfirst => {
            let mut files = Vec::new();
            features_below(input, &mut files, 0).with_context(reading)?;
            files.sort();
            if files.is_empty() {
                bail!("`{}` has no .geojson files", input.display());
            }
            for file in &files {
                let text = std::fs::read_to_string(file).with_context(|| format!("reading `{}`", file.display()))?;
                let below = file.strip_prefix(input).unwrap_or(file);
                importer.read_file(&below.to_string_lossy(), &text, &columns);
            }
            ("Who's On First (https://whosonfirst.org)", "https://whosonfirst.org/docs/licenses/")
        }
        PlaceFormat::Auto => unreachable!("the format was told above"),
    };
    refuse_bad(&importer.bad, importer.n_bad, input, arguments.skip_bad)?;
    let duplicates = importer.duplicate_ids();
    refuse_bad(&duplicates, duplicates.len() as u64, input, false)?;
    if let Some(alternates) = &arguments.alternates {
        let n_bad = importer.n_bad;
        importer
            .read_alternate_names(open(alternates)?)
            .with_context(|| format!("reading `{}`", alternates.display()))?;
        let bad: Vec<BadRow> = importer.bad.iter().skip(n_bad as usize).cloned().collect();
        refuse_bad(&bad, importer.n_bad - n_bad, alternates, arguments.skip_bad)?;
    }
    if importer.is_empty() {
        bail!("`{}` has no places of the kinds that are taken; nothing is imported", input.display());
    }
    let (n_places, n_bad, n_left_out) = (importer.len(), importer.n_bad, importer.n_left_out);
    let origin = Origin {
        name: name.clone(),
        source: arguments.source.clone().unwrap_or_else(|| default.0.to_owned()),
        license: arguments.license.clone().unwrap_or_else(|| default.1.to_owned()),
        built: jiff::Timestamp::now().to_string().get(..10).unwrap_or_default().to_owned(),
    };
    folder.write(&target, |mut file| importer.write(&origin, &mut file))?;
    let gazetteer = Gazetteer::map(&target).map_err(anyhow::Error::msg).context("reading the new gazetteer back")?;
    printer::note(&format!(
        "{name}: {n_places} places, {} names{}; every later run searches it",
        gazetteer.n_names(),
        if n_left_out > 0 { format!("; {n_left_out} rows of other kinds left out") } else { String::new() }
    ));
    Ok(if n_bad > 0 { ExitCode::SomeFailed } else { ExitCode::Done })
}

fn open(path: &Path) -> anyhow::Result<impl BufRead + use<>> {
    let file = File::open(path).with_context(|| format!("opening `{}`", path.display()))?;
    Ok(BufReader::with_capacity(1 << 20, file))
}

/// What a file is, by its name and first line.
fn told(input: &Path) -> anyhow::Result<PlaceFormat> {
    if input.is_dir() {
        return Ok(PlaceFormat::Whosonfirst);
    }
    let mut start = Vec::new();
    open(input)?.take(64_000).read_to_end(&mut start).with_context(|| format!("reading `{}`", input.display()))?;
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\x1f\x8b") || start.starts_with(b"\xfd7zXZ") {
        bail!("`{}` is packed; unpack it first", input.display());
    }
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let text = start.iter().find(|byte| !byte.is_ascii_whitespace());
    Ok(if text == Some(&b'{') {
        PlaceFormat::Geojson
    } else if first.iter().filter(|&&byte| byte == b'\t').count() == 18 && first[0].is_ascii_digit() {
        PlaceFormat::Geonames
    } else {
        PlaceFormat::Csv
    })
}

fn features_below(folder: &Path, files: &mut Vec<std::path::PathBuf>, depth: usize) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() && depth < 12 {
            features_below(&path, files, depth + 1)?;
        } else if kind.is_file()
            && path.extension().is_some_and(|ending| ending == "geojson")
            // Other geometries of the same place.
            && !path.to_string_lossy().contains("-alt-")
        {
            files.push(path);
        }
    }
    Ok(())
}

fn refuse_bad(bad: &[BadRow], n_bad: u64, path: &Path, skip: bool) -> anyhow::Result<()> {
    if n_bad == 0 {
        return Ok(());
    }
    for row in bad.iter().take(20) {
        printer::note(&format!("{}:{}: {}", path.display(), row.line, row.why));
    }
    if n_bad > 20 {
        printer::note(&format!("and {} more", n_bad - 20));
    }
    if skip {
        printer::note(&format!("{n_bad} bad rows are skipped"));
        return Ok(());
    }
    bail!(
        "{n_bad} bad rows in `{}`; nothing is imported (--skip-bad leaves bad rows out, but not doubled identifiers of a dump)",
        path.display()
    )
}
