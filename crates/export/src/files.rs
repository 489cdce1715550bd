//! Tables as CSV, JSONL and GeoJSON, row by row.

use crate::point::{Point, point};
use counterclaim_record::{Cell, Record, RecordError, Table};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One file a table, RFC 4180, UTF-8, guarded against formulas.
    Csv,
    /// One object a line.
    Jsonl,
    /// Incidents and events as points (RFC 7946).
    GeoJson,
}

impl Format {
    /// What files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::GeoJson => "geojson",
        }
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A file or the output.
    #[error("`{path}` cannot be written")]
    Write {
        /// Path, or `-`.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Two CSV tables do not fit in one stream.
    #[error("one stream holds one CSV table; name it with --table, or give a folder")]
    OneTable,
    /// Only incidents and events are somewhere.
    #[error("`{0}` is no table of places; geojson has incidents and events")]
    NoPlaces(&'static str),
}

/// Names of the columns as exported.
pub(crate) fn columns(table: Table) -> Vec<&'static str> {
    table.columns()
}

/// Writes tables to a folder, one file each; returns their paths with the number of rows.
///
/// # Errors
/// The record, or a file that cannot be written; a file is complete or absent.
pub fn export_to_folder(
    record: &Record,
    tables: &[Table],
    format: Format,
    folder: &Path,
) -> Result<Vec<(PathBuf, u64)>, ExportError> {
    let mut written = Vec::new();
    let wrong = |path: &Path| {
        let path = path.display().to_string();
        move |source: std::io::Error| ExportError::Write { path: path.clone(), source }
    };
    std::fs::create_dir_all(folder).map_err(wrong(folder))?;
    for &table in &spatial(tables, format)? {
        let path = folder.join(format!("{}.{}", table.name(), format.extension()));
        let part = folder.join(format!("{}.{}.part", table.name(), format.extension()));
        let mut out = BufWriter::new(std::fs::File::create(&part).map_err(wrong(&part))?);
        let rows = write_tables(record, &[table], format, false, &mut out, &part.display().to_string())?;
        out.flush().map_err(wrong(&part))?;
        std::fs::rename(&part, &path).map_err(wrong(&path))?;
        written.push((path, rows));
    }
    Ok(written)
}

/// Writes tables to one stream; JSONL rows and features then name their table. CSV takes one table.
///
/// # Errors
/// The record, or an output that takes no more.
pub fn export_to_stream(
    record: &Record,
    tables: &[Table],
    format: Format,
    out: &mut dyn Write,
) -> Result<u64, ExportError> {
    let tables = spatial(tables, format)?;
    if format == Format::Csv && tables.len() != 1 {
        return Err(ExportError::OneTable);
    }
    write_tables(record, &tables, format, true, out, "-")
}

/// The tables of a format: GeoJSON has those with places.
fn spatial(tables: &[Table], format: Format) -> Result<Vec<Table>, ExportError> {
    let has_places = |table: &Table| matches!(table, Table::Incidents | Table::Events);
    if format != Format::GeoJson {
        return Ok(tables.to_vec());
    }
    if tables.len() == Table::ALL.len() {
        return Ok(tables.iter().copied().filter(has_places).collect());
    }
    match tables.iter().find(|table| !has_places(table)) {
        Some(table) => Err(ExportError::NoPlaces(table.name())),
        None => Ok(tables.to_vec()),
    }
}

fn write_tables(
    record: &Record,
    tables: &[Table],
    format: Format,
    named: bool,
    out: &mut dyn Write,
    path: &str,
) -> Result<u64, ExportError> {
    let mut rows = 0u64;
    let mut failed: Option<std::io::Error> = None;
    let mut line = String::new();
    let mut emit = |line: &str| match out.write_all(line.as_bytes()) {
        Ok(()) => true,
        Err(error) => {
            failed.get_or_insert(error);
            false
        }
    };
    if format == Format::GeoJson {
        emit("{\"type\":\"FeatureCollection\",\"features\":[");
    }
    for &table in tables {
        let names = columns(table);
        if format == Format::Csv {
            emit(&format!("{}\r\n", names.join(",")));
        }
        let raw = table.columns();
        record.visit(table, &mut |cells| {
            let (cells, point) = placed(&raw, cells);
            line.clear();
            match format {
                Format::Csv => csv_line(&cells, &mut line),
                Format::Jsonl => {
                    object(&names, &cells, named.then_some(table.name()), &mut line);
                    line.push('\n');
                }
                Format::GeoJson => {
                    line.push_str(if rows == 0 { "\n" } else { ",\n" });
                    feature(&names, &cells, table, point, &mut line);
                }
            }
            rows += 1;
            emit(&line)
        })?;
    }
    if format == Format::GeoJson {
        emit("\n]}\n");
    }
    match failed {
        Some(source) => Err(ExportError::Write { path: path.to_owned(), source }),
        None => Ok(rows),
    }
}

/// The cells with a point as fine as the precision allows, and how far the place reaches around it.
fn placed(columns: &[&str], cells: &[Cell]) -> (Vec<Cell>, Option<Point>) {
    let mut cells = cells.to_vec();
    let at = |name: &str| columns.iter().position(|column| *column == name);
    let (Some(precision), Some(lat), Some(lon), Some(radius)) =
        (at("precision"), at("lat"), at("lon"), at("radius_km"))
    else {
        return (cells, None);
    };
    let number = |cell: &Cell| match cell {
        Cell::Real(number) => Some(*number),
        Cell::Integer(number) => Some(*number as f64),
        _ => None,
    };
    let known = match &cells[precision] {
        Cell::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let point = point(known, number(&cells[lat]), number(&cells[lon]), number(&cells[radius]));
    cells[lat] = point.map_or(Cell::Null, |point| Cell::Real(point.lat));
    cells[lon] = point.map_or(Cell::Null, |point| Cell::Real(point.lon));
    cells[radius] = point.map_or(Cell::Null, |point| Cell::Real(point.radius_km));
    (cells, point)
}

/// One line of RFC 4180. A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula: it gets an apostrophe before it.
fn csv_line(cells: &[Cell], line: &mut String) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        match cell {
            Cell::Null => {}
            Cell::Integer(number) => line.push_str(&number.to_string()),
            Cell::Real(number) => line.push_str(&number.to_string()),
            Cell::Text(text) => {
                let text = guard(text);
                if text.contains([',', '"', '\r', '\n']) {
                    line.push('"');
                    line.push_str(&text.replace('"', "\"\""));
                    line.push('"');
                } else {
                    line.push_str(&text);
                }
            }
        }
    }
    line.push_str("\r\n");
}

/// Spreadsheets skip blanks before they look for a formula, and take full-width signs too.
fn guard(text: &str) -> String {
    let text: String = text.chars().filter(|character| *character != '\0').collect();
    let begins = text.trim_start().chars().next();
    let blank = text.starts_with(['\t', '\r', '\n']);
    if blank || matches!(begins, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')) {
        return format!("'{text}");
    }
    text
}

/// A value of JSON; numbers are spelled as in CSV.
fn json(cell: &Cell) -> String {
    match cell {
        Cell::Null => "null".to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) if number.is_finite() => number.to_string(),
        Cell::Real(_) => "null".to_owned(),
        Cell::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
    }
}

/// An object with its fields in the order of the columns.
fn object(names: &[&str], cells: &[Cell], table: Option<&str>, line: &mut String) {
    line.push('{');
    if let Some(table) = table {
        line.push_str(&format!("\"table\":\"{table}\","));
    }
    for (index, (name, cell)) in names.iter().zip(cells).enumerate() {
        if index > 0 {
            line.push(',');
        }
        line.push_str(&format!("\"{name}\":{}", json(cell)));
    }
    line.push('}');
}

fn feature(names: &[&str], cells: &[Cell], table: Table, point: Option<Point>, line: &mut String) {
    line.push_str("{\"type\":\"Feature\",\"geometry\":");
    match point {
        // RFC 7946 has longitude first.
        Some(point) => line.push_str(&format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", point.lon, point.lat)),
        None => line.push_str("null"),
    }
    line.push_str(",\"properties\":");
    object(names, cells, Some(table.name()), line);
    line.push('}');
}

#[cfg(test)]
mod tests {
    use super::{csv_line, guard};
    use counterclaim_record::Cell;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("a=1", "a=1"),
            ("", ""),
            ("“quoted”", "“quoted”"),
        ] {
            assert_eq!(guard(text), expected);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = [
            Cell::Integer(-3),
            Cell::Null,
            Cell::Real(1.5),
            Cell::Text("a, \"b\"\nc".to_owned()),
            Cell::Text("Ақтөбе".to_owned()),
        ];
        let mut line = String::new();
        csv_line(&cells, &mut line);
        assert_eq!(line, "-3,,1.5,\"a, \"\"b\"\"\nc\",Ақтөбе\r\n");
    }
}
