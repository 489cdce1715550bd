//! `counterclaim export`: the record as tables.

use crate::args::{ExportArguments, TableFormat};
use crate::exit_code::ExitCode;
use crate::printer;
use counterclaim_export::{Format, dictionary_markdown, export_to_folder, export_to_stream};
use counterclaim_record::{Record, Table};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes tables to a folder or to standard output.
pub fn run(arguments: &ExportArguments) -> anyhow::Result<ExitCode> {
    if arguments.dictionary {
        printer::data(&dictionary_markdown())?;
        return Ok(ExitCode::Done);
    }
    let record = Record::open_to_read(&arguments.record)?;
    let format = match arguments.format {
        TableFormat::Csv => Format::Csv,
        TableFormat::Jsonl => Format::Jsonl,
        TableFormat::Geojson => Format::GeoJson,
    };
    let asked = &arguments.tables;
    // Tables come in one order, however they were asked for.
    let tables: Vec<Table> = Table::ALL.into_iter().filter(|table| asked.is_empty() || asked.contains(table)).collect();
    if arguments.out == Path::new("-") {
        let mut out = BufWriter::new(std::io::stdout().lock());
        export_to_stream(&record, &tables, format, &mut out)?;
        out.flush()?;
        return Ok(ExitCode::Done);
    }
    for (path, rows) in export_to_folder(&record, &tables, format, &arguments.out)? {
        printer::note(&format!("{}: {rows} rows", path.display()));
    }
    Ok(ExitCode::Done)
}
