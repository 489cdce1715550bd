//! `counterclaim actors`: look parties up; import, list and remove tables of them.

use crate::args::ActorsCommand;
use crate::data_folder::{DataFolder, checked_name};
use crate::exit_code::ExitCode;
use crate::printer;
use crate::sanitize::sanitize;
use anyhow::{Context, bail};
use counterclaim_knowledge::actors::{Party, all_parties, read_parties, search};
use counterclaim_knowledge::codes::derived_codes;
use std::collections::BTreeMap;
use std::path::Path;

/// Does what was typed.
pub fn run(command: &ActorsCommand, folder: Option<&DataFolder>) -> anyhow::Result<ExitCode> {
    let needed = || folder.context("there is no data folder; name one with --data");
    match command {
        ActorsCommand::Search { name, limit, json } => find(&name.join(" "), *limit, *json),
        ActorsCommand::Import { input, name, replace } => import(input, name.as_deref(), *replace, needed()?),
        ActorsCommand::List => list(),
        ActorsCommand::Remove { name } => {
            let path = needed()?.actor_table(&checked_name(Some(name), Path::new(""))?);
            std::fs::remove_file(&path).with_context(|| format!("removing the table of actors `{name}`"))?;
            printer::note(&format!("removed {name}"));
            Ok(ExitCode::Done)
        }
    }
}

fn find(name: &str, limit: usize, json: bool) -> anyhow::Result<ExitCode> {
    let found = search(name);
    for party in found.iter().take(limit) {
        let codes = derived_codes(party.acts_for().first().copied(), &party.sectors, None);
        if json {
            let codes: BTreeMap<&str, &str> = codes.iter().map(|code| (code.scheme, code.code.as_str())).collect();
            let row = serde_json::json!({
                "id": party.id, "names": party.names, "countries": party.countries, "sectors": party.sectors,
                "kind": format!("{:?}", party.kind).to_lowercase(), "from": party.from, "to": party.to, "note": party.note,
                "table": party.table, "codes": codes,
            });
            printer::data(&format!("{row}\n"))?;
        } else {
            printer::data(&described(party, &codes))?;
        }
    }
    if found.is_empty() {
        printer::note("nothing is found; `actors import` adds parties");
    } else if found.len() > limit {
        printer::note(&format!("{} more", found.len() - limit));
    }
    Ok(ExitCode::Done)
}

fn described(party: &Party, codes: &[counterclaim_knowledge::codes::DerivedCode]) -> String {
    let years = match (party.from, party.to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "years not told".to_owned(),
    };
    let (name, others) = party.names.split_first().map_or(("", &[][..]), |(name, others)| (*name, others));
    let mut lines = vec![format!(
        "{}  {}  {}  {years}  {}",
        sanitize(name),
        if party.countries.is_empty() { "no one country".to_owned() } else { party.countries.join(" ") },
        party.sectors.join(" "),
        sanitize(&party.id)
    )];
    if !others.is_empty() {
        lines.push(format!("also {}", sanitize(&others.join("; "))));
    }
    if !party.note.is_empty() {
        lines.push(sanitize(party.note));
    }
    let codes: Vec<String> = codes.iter().map(|code| format!("{} {}", code.scheme, code.code)).collect();
    lines.push(format!("{}; table {}", codes.join(", "), sanitize(party.table)));
    lines.join("\n    ") + "\n"
}

fn list() -> anyhow::Result<ExitCode> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for party in all_parties() {
        let count = counts.entry(party.table).or_default();
        count.0 += 1;
        count.1 += party.names.len();
    }
    for (table, (n_parties, n_names)) in counts {
        printer::data(&format!("{}  {n_parties} parties, {n_names} names\n", sanitize(table)))?;
    }
    Ok(ExitCode::Done)
}

fn import(input: &Path, name: Option<&str>, replace: bool, folder: &DataFolder) -> anyhow::Result<ExitCode> {
    let name = checked_name(name, input)?;
    let target = folder.actor_table(&name);
    if target.exists() && !replace {
        bail!("there is a table `{name}`; --replace replaces it, --name gives this one another name");
    }
    let bytes = std::fs::read(input).with_context(|| format!("reading `{}`", input.display()))?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
            bail!("`{}` is not UTF-8 on line {line}; nothing is imported", input.display());
        }
    };
    let (parties, bad) = read_parties(&name, text);
    for row in bad.iter().take(20) {
        printer::note(&format!("{}:{}: {}", input.display(), row.line, row.why));
    }
    if !bad.is_empty() {
        bail!("{} bad rows in `{}`; nothing is imported", bad.len(), input.display());
    }
    if parties.is_empty() {
        bail!("`{}` has no rows; nothing is imported", input.display());
    }
    folder.write(&target, |file| file.write_all(&bytes))?;
    printer::note(&format!("{name}: {} parties; every later run uses them", parties.len()));
    Ok(ExitCode::Done)
}
