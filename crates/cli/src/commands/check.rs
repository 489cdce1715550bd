//! `counterclaim check`: is a record whole.

use crate::exit_code::ExitCode;
use crate::printer;
use counterclaim_record::Record;
use std::path::Path;

/// Verifies a record and names what is wrong.
pub fn run(path: &Path) -> anyhow::Result<ExitCode> {
    let record = Record::open_to_read(path)?;
    let findings = record.check(&mut |_| {})?;
    for finding in &findings {
        printer::note(&format!("{}: {}: {}", path.display(), finding.kind, finding.message));
    }
    if !findings.is_empty() {
        anyhow::bail!(
            "`{}` is not whole; restore it from a copy, or add the reports again to a new record",
            path.display()
        );
    }
    printer::data(&format!("{}: {} reports, nothing is wrong\n", path.display(), record.reports()?))?;
    Ok(ExitCode::Done)
}
