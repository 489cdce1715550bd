//! What every column of every table means: the data dictionary.

use crate::files::columns;
use counterclaim_record::Table;

/// A column with what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// text, integer, number, date, time or flag.
    pub kind: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Columns that mean the same wherever they stand.
const COMMON: &[(&str, &str, &str)] = &[
    ("incident", "integer", "id of the incident in the record; empty when the row belongs to none"),
    ("document", "integer", "id of the report in the record"),
    ("report", "text", "the input's own identifier of the report"),
    ("publisher", "text", "the outlet; never called source"),
    ("published", "time", "when the report was published: RFC 3339 instant or date"),
    ("url", "text", "address of the report"),
    ("place", "text", "name of the place in the gazetteer"),
    ("gazetteer_id", "text", "its id there, with prefix (`geonames:3667478`)"),
    (
        "precision",
        "text",
        "how fine the place is known: exact, near, settlement, district, province, country, region, unknown",
    ),
    ("lat", "number", "degrees north, WGS 84, rounded as the precision allows; empty for country, region and unknown"),
    ("lon", "number", "degrees east, likewise"),
    (
        "radius_km",
        "number",
        "the place lies within so many kilometers of the point; of a place told by another (`20 km north of X`) the point is the middle of where it may lie",
    ),
    ("country", "text", "ISO 3166-1 alpha-3"),
    ("admin_claims", "text", "contested places: who administers and who claims them, as `view:country` joined by `; `"),
    ("first_day", "date", "first day on which it is said to have happened"),
    ("last_day", "date", "last day"),
    ("claim", "text", "row of the claim in the report's ledger (`c3`); empty in the reporter's own voice"),
    (
        "claimant",
        "text",
        "who says so, as first written; empty for the reporter's own voice and for sources that could not be resolved",
    ),
    ("claimant_key", "text", "key of the claimant across reports: country and body (`THA:army`)"),
    ("claimant_side", "text", "side for which the claimant stands: country, or country and armed group"),
    ("scope", "text", "current (the news of the report) or background"),
    ("words", "text", "the words in the report"),
    ("start", "integer", "first character of the words in the report's text, counted in code points from 0"),
    ("end", "integer", "one past the last character"),
    (
        "voice",
        "integer",
        "the report that this one copies, itself when it copies none: count distinct voices, not rows",
    ),
    (
        "reviewed",
        "text",
        "what people decided: accepted, rejected, corrected; empty when nobody did. Corrected figures are laid over",
    ),
];

/// Columns of one table, where they mean something else or stand only there.
fn own(table: Table) -> &'static [(&'static str, &'static str, &'static str)] {
    match table {
        Table::Incidents => &[
            ("title", "text", "headline of its earliest report, in the words of that outlet"),
            ("kind", "text", "violence, detention, protest, truce, diplomacy, force, other"),
            ("reports", "integer", "reports that tell it as news"),
            ("voices", "integer", "texts among them that are no copies of one another"),
            ("killed_low", "integer", "least of the latest figures of dead of any side; claimants are in `harms`"),
            ("killed_high", "integer", "greatest of them; empty when none has an upper end"),
            ("injured_low", "integer", "least of the latest figures of injured of any side"),
            ("injured_high", "integer", "greatest of them"),
            ("contradictions", "integer", "pairs that cannot both hold"),
            (
                "grade",
                "text",
                "how much independent voices bear out: alone, one_side, several, agreed; never how true it is",
            ),
            ("updated", "date", "publication day of its latest report"),
        ],
        Table::Events => &[
            ("event", "text", "row of the event in the report's ledger (`e2`)"),
            ("type", "text", "PLOVER type"),
            ("mode", "text", "PLOVER modes"),
            ("acled", "text", "ACLED event type and sub-event type, when it is a row there"),
            ("cameo", "text", "CAMEO code as text"),
            ("status", "text", "occurred, ongoing, planned, ordered, hypothetical, denied - as told"),
            (
                "actors",
                "text",
                "who did it, as first written, joined by `; `; all sides of two-sided events; nobody whom only the rest of the report suggests (`basis` `report` in the ledger)",
            ),
            ("recipients", "text", "to whom"),
        ],
        Table::Claims => &[
            ("claim", "text", "row of the claim in the report's ledger (`c3`)"),
            ("stance", "text", "assert, deny, accuse, confirm, order, pledge, appeal, threaten, decline"),
            ("certainty", "text", "plain, hedged, reported"),
            ("source", "text", "the words that name the source"),
            ("cue", "text", "the words that attribute"),
            ("content", "text", "the words that are attributed; `start` and `end` are theirs"),
            ("blames", "text", "sides that it blames, joined by `, `"),
        ],
        Table::Harms => &[
            ("harm", "text", "row of the figure in the report's ledger (`h1`)"),
            ("kind", "text", "killed, injured, missing, displaced, detained, surrendered"),
            ("side", "text", "whom it counts: people, civilians, officials, rebels, forces, or forces of a country"),
            ("low", "integer", "lower end; empty when open"),
            ("high", "integer", "upper end; empty when open (`at least`)"),
            ("civilian", "flag", "1 civilians, 0 not, as told; empty when not told"),
            ("earlier", "flag", "1: told as an earlier figure"),
            ("part_of", "text", "row of the figure of which this one is a part"),
            ("victims", "text", "the words for who was harmed"),
        ],
        Table::Ceasefires => &[
            ("pair", "text", "the sides, sorted, joined by ` / `: one ceasefire across reports"),
            ("ceasefire", "text", "row of the ceasefire in the report's ledger (`f1`)"),
            ("effective", "time", "when it begins, as told"),
            ("expires", "time", "when it ends, as told"),
            ("announced_by", "text", "who announced it"),
            ("parties", "text", "parties as first written, joined by `; `"),
            ("row", "text", "agreed (the ceasefire itself), term, status or violation"),
            ("term", "text", "kind of a term: cease_fire, withdraw, exchange, corridor, talks, commission, other"),
            ("alleged_by", "text", "who alleges the violation"),
            ("against", "text", "who is said to have broken it"),
        ],
        Table::Contradictions => &[
            ("kind", "text", "blame, denial or figure"),
            ("about", "text", "what the two differ about"),
            ("a_document", "integer", "report of the first"),
            ("a_row", "text", "row of the first in its ledger (`c3`, `h1`)"),
            ("a_claimant", "text", "who says the first; empty for reporters"),
            ("a_side", "text", "side of that claimant"),
            ("a_words", "text", "the words of the first"),
            ("a_start", "integer", "first character of these words"),
            ("a_end", "integer", "one past the last character"),
            ("b_document", "integer", "report of the second"),
            ("b_row", "text", "row of the second in its ledger"),
            ("b_claimant", "text", "who says the second"),
            ("b_side", "text", "side of that claimant"),
            ("b_words", "text", "the words of the second"),
            ("b_start", "integer", "first character of these words"),
            ("b_end", "integer", "one past the last character"),
        ],
        Table::Parties => &[
            ("actor", "text", "row of the party in the report's ledger (`a2`)"),
            ("words", "text", "the party as first written"),
            ("party_key", "text", "key of the party across reports, as `claimant_key`"),
            ("party_side", "text", "side for which it stands, as `claimant_side`"),
            ("kind", "text", "person, organization, group, state, joint"),
            ("sectors", "text", "PLOVER sectors, most specific first"),
            ("plover", "text", "country, or `---`, and sectors in one"),
            ("listed", "text", "the row of the tables of parties that its name is (`group:taliban`)"),
            ("cow", "text", "derived: number of its state in the Correlates of War state list"),
            ("gw", "text", "derived: number of its state in Gleditsch and Ward's list"),
            ("cameo", "text", "derived: CAMEO actor code by country and sectors"),
            ("acled_actor", "text", "derived: kind of actor of the ACLED codebook"),
            ("ucdp_side", "text", "derived: kind of side of UCDP: government, organized group, civilians"),
            (
                "bases",
                "text",
                "what each code rests on, as `scheme:basis` joined by `; `: dictionary, description, context; of derived codes the rule, state_list or sector",
            ),
            ("members", "text", "parties of a joint party, joined by `; `; it has no derived codes of its own"),
        ],
    }
}

/// Every column of a table in its order; a column without a meaning is left out, which a test rules out.
pub fn dictionary(table: Table) -> Vec<Column> {
    columns(table)
        .into_iter()
        .filter_map(|name| {
            let found = own(table).iter().chain(COMMON).find(|row| row.0 == name)?;
            Some(Column { name, kind: found.1, meaning: found.2 })
        })
        .collect()
}

/// What one row of a table is.
fn row_of(table: Table) -> &'static str {
    match table {
        Table::Incidents => "One row for each incident: what reports say happened at one place and time.",
        Table::Events => "One row for each event of a report, as one report tells it.",
        Table::Claims => "One row for each claim: who says what in one report.",
        Table::Harms => {
            "One row for each figure of people harmed. Figures are intervals with their claimants; nothing is averaged."
        }
        Table::Ceasefires => {
            "One row for each ceasefire of a report and for each of its terms, words of status and alleged violations."
        }
        Table::Contradictions => "One row for each pair of claims or figures of an incident that cannot both hold.",
        Table::Parties => {
            "One row for each party of a report with its codes. Codes of other schemes are derived by rule from country and sectors."
        }
    }
}

/// The dictionary as Markdown: the tables of docs/reference/export.md.
pub fn dictionary_markdown() -> String {
    let mut out = String::new();
    for table in Table::ALL {
        out.push_str(&format!("## {}\n\n{}\n\n", table.name(), row_of(table)));
        out.push_str("| column | kind | meaning |\n| --- | --- | --- |\n");
        for column in dictionary(table) {
            out.push_str(&format!("| `{}` | {} | {} |\n", column.name, column.kind, column.meaning));
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_meaning_and_every_meaning_a_column() {
        for table in Table::ALL {
            let names: Vec<&str> = dictionary(table).iter().map(|column| column.name).collect();
            assert_eq!(names, columns(table), "{}", table.name());
            for (name, _, _) in own(table) {
                assert!(names.contains(name), "{} has no `{name}`", table.name());
            }
        }
        for (name, _, _) in COMMON {
            assert!(Table::ALL.iter().any(|table| columns(*table).contains(name)), "no table has `{name}`");
        }
    }

    #[test]
    fn the_reference_holds_the_dictionary() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/export.md");
        let document = std::fs::read_to_string(path).expect("docs/reference/export.md");
        assert!(
            document.ends_with(&dictionary_markdown()),
            "docs/reference/export.md differs from `counterclaim export --dictionary`"
        );
    }
}
