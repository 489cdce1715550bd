//! `counterclaim schema`: the JSON Schema of the ledger, from the types themselves.

use crate::exit_code::ExitCode;
use crate::printer;
use counterclaim_schema::ledger::ReportLedger;

/// The schema as text, ending in a line break.
pub fn text() -> anyhow::Result<String> {
    let schema = schemars::schema_for!(ReportLedger);
    Ok(format!("{}\n", serde_json::to_string_pretty(&schema)?))
}

/// Prints the schema.
pub fn run() -> anyhow::Result<ExitCode> {
    printer::data(&text()?)?;
    Ok(ExitCode::Done)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_documented_schema_is_that_of_the_types() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/report.schema.json");
        let documented = std::fs::read_to_string(&path).unwrap_or_default();
        let text = super::text().expect("a schema");
        assert_eq!(documented, text, "write it anew with `counterclaim schema > docs/reference/report.schema.json`");
    }
}
