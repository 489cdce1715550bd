//! What can be typed.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use counterclaim_record::Table;
use std::path::PathBuf;

/// Reads news of armed conflict and keeps the record straight: who did what to whom, where, when - and who says so.
#[derive(Debug, Parser)]
#[command(name = "counterclaim", version, about, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Folder with another model (model.safetensors.zst, vocab.txt, manifest.json).
    #[arg(long, global = true, value_name = "DIR", env = "COUNTERCLAIM_MODEL")]
    pub model: Option<PathBuf>,
    /// Folder with imported gazetteers and tables of actors [default: counterclaim in the user's data folder].
    #[arg(long, global = true, value_name = "DIR", env = "COUNTERCLAIM_DATA")]
    pub data: Option<PathBuf>,
    /// Threads to use; the output is the same for any number.
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and print their ledgers.
    Read(ReadArguments),
    /// Code reports and add them to a record.
    Add(AddArguments),
    /// Verify a record: pages, keys, hashes, spans.
    Check {
        /// The record.
        #[arg(long, value_name = "FILE", default_value = RECORD)]
        record: PathBuf,
    },
    /// Show an incident or a report of a record.
    Show(ShowArguments),
    /// Find reports and their incidents in a record.
    Search(SearchArguments),
    /// Write a situation report: incidents, figures with their claimants, disputes, ceasefires, sources.
    Report(ReportArguments),
    /// Show a record as pages in the browser, on this machine only.
    Serve(ServeArguments),
    /// Write a record as tables: CSV, JSONL, GeoJSON.
    Export(ExportArguments),
    /// Decide about what the machine found; nothing is overwritten.
    Review(ReviewArguments),
    /// Score the program against a gold set, or answer a blind one.
    Evaluate(EvaluateArguments),
    /// Look places up, and add villages and facilities of your own.
    Gazetteer {
        /// What to do.
        #[command(subcommand)]
        command: GazetteerCommand,
    },
    /// Look parties up, and add tables of your own.
    Actors {
        /// What to do.
        #[command(subcommand)]
        command: ActorsCommand,
    },
    /// Show settings and tables.
    Config {
        /// What to show.
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Print the JSON Schema of the ledger.
    Schema,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print where every setting comes from.
    Show,
}

/// What can be done with places.
#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Find places by name, the likeliest first, with source and licence of each.
    Search {
        /// The name, as a report writes it.
        #[arg(required = true, value_name = "NAME")]
        name: Vec<String>,
        /// Only places of this country (ISO 3166-1 alpha-3), misspelled names included.
        #[arg(long, value_name = "ISO3")]
        country: Option<String>,
        /// How many places at most.
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Make a gazetteer of a file and have every later run search it.
    Import(ImportArguments),
    /// List the gazetteers in use, and verify them.
    List,
    /// Remove an imported gazetteer.
    Remove {
        /// Its name.
        name: String,
    },
}

/// Arguments of `gazetteer import`.
#[derive(Debug, clap::Args)]
pub struct ImportArguments {
    /// A GeoNames dump (`KG.txt`, `allCountries.txt`), a table with a header line, GeoJSON, or a folder of Who's On First features.
    #[arg(value_name = "FILE")]
    pub input: PathBuf,
    /// What the file is; by default its name and content tell.
    #[arg(long, short, value_enum, default_value_t = PlaceFormat::Auto)]
    pub format: PlaceFormat,
    /// Name of the gazetteer; by default that of the file.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Who made the data; shown with every place.
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// Under which terms; shown with every place.
    #[arg(long, value_name = "TEXT")]
    pub license: Option<String>,
    /// Which column holds what: `name=TOWN,lat=Y,lon=X` (id name alternates lat lon country feature admin1 admin2 population).
    #[arg(long, value_name = "OURS=THEIRS", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// GeoNames' list of first-order divisions (`admin1CodesASCII.txt`).
    #[arg(long, value_name = "FILE")]
    pub admin1: Option<PathBuf>,
    /// GeoNames' list of second-order divisions (`admin2Codes.txt`).
    #[arg(long, value_name = "FILE")]
    pub admin2: Option<PathBuf>,
    /// GeoNames' other names (`alternateNamesV2.txt`).
    #[arg(long, value_name = "FILE")]
    pub alternates: Option<PathBuf>,
    /// GeoNames' feature classes that are taken whole; of the others the facilities, rivers, islands and mountains are taken.
    #[arg(long, value_name = "LETTERS", default_value = "APL")]
    pub classes: String,
    /// Take the good rows although some are bad.
    #[arg(long)]
    pub skip_bad: bool,
    /// Replace the gazetteer of this name.
    #[arg(long)]
    pub replace: bool,
}

/// What a file of places is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlaceFormat {
    /// Told by name and content.
    Auto,
    /// GeoNames' 19 columns.
    Geonames,
    /// A table with a header line.
    Csv,
    /// A collection of features, or one feature a line.
    Geojson,
    /// A folder of Who's On First features.
    Whosonfirst,
}

/// What can be done with parties.
#[derive(Debug, Subcommand)]
pub enum ActorsCommand {
    /// Find listed parties by name or part of it, with their codes.
    Search {
        /// The name.
        #[arg(required = true, value_name = "NAME")]
        name: Vec<String>,
        /// How many parties at most.
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Add a table (columns id, name, aliases, countries, codes, kind, from, to, note) and have every later run use it.
    Import {
        /// The table, with a header line; `|` between values in a cell.
        #[arg(value_name = "FILE")]
        input: PathBuf,
        /// Name of the table; by default that of the file.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Replace the table of this name.
        #[arg(long)]
        replace: bool,
    },
    /// List the tables in use.
    List,
    /// Remove an imported table.
    Remove {
        /// Its name.
        name: String,
    },
}

/// Arguments of `read`.
#[derive(Debug, clap::Args)]
pub struct ReadArguments {
    /// Files with reports: text, HTML or JSONL; `-` is standard input.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// How to print.
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// What the input is; by default its name and content tell.
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    pub input: Kind,
    /// Publication date or time of the report (YYYY-MM-DD or RFC 3339); relative times are counted from it.
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// The outlet that published the report.
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Headline of the report.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Columns of the text format; by default those of the terminal.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
    /// Colours.
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
}

/// Where the record is when nothing is said.
const RECORD: &str = "./counterclaim.db";

/// Arguments of `add`.
#[derive(Debug, clap::Args)]
pub struct AddArguments {
    /// Files with reports: text, HTML or JSONL; `-` is standard input.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The record; it is made when there is none.
    #[arg(long, value_name = "FILE", default_value = RECORD)]
    pub record: PathBuf,
    /// What the input is; by default its name and content tell.
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    pub input: Kind,
    /// Publication date or time of the reports (YYYY-MM-DD or RFC 3339).
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// The outlet that published the reports.
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Code reports again that another version or model has coded; reviews and earlier ledgers are kept.
    #[arg(long)]
    pub recode: bool,
}

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArguments {
    /// An incident (`12` or `incident 12`), a report (`report 7` or its own identifier), or `ceasefires`.
    #[arg(required = true, num_args = 1..=2, value_name = "WHAT")]
    pub what: Vec<String>,
    /// The record.
    #[arg(long, value_name = "FILE", default_value = RECORD)]
    pub record: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// For a report that was coded again: what the codings differ in.
    #[arg(long)]
    pub changes: bool,
}

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
pub struct SearchArguments {
    /// Words that must all stand in the report; "quoted words" in this order, `word*` for beginnings.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// The record.
    #[arg(long, value_name = "FILE", default_value = RECORD)]
    pub record: PathBuf,
    /// A country (ISO 3166-1 alpha-3), or south,north,west,east in degrees.
    #[arg(long, value_name = "AREA", allow_hyphen_values = true)]
    pub area: Option<String>,
    /// Name of a party.
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// violence, detention, protest, truce, diplomacy, force or other.
    #[arg(long = "type", value_name = "KIND")]
    pub kind: Option<String>,
    /// Happened on or after this date.
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Happened on or before this date.
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// How many reports at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Print JSON, one object a line.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct ExportArguments {
    /// The record.
    #[arg(long, value_name = "FILE", default_value = RECORD)]
    pub record: PathBuf,
    /// How to write: csv, jsonl, or geojson (incidents and events as points).
    #[arg(long, short, value_enum, default_value_t = TableFormat::Csv)]
    pub format: TableFormat,
    /// Folder that gets one file for each table; `-` is standard output.
    #[arg(long, value_name = "DIR", default_value = "-")]
    pub out: PathBuf,
    /// Only this table; may be given several times.
    #[arg(long = "table", value_name = "TABLE", value_parser = table_names())]
    pub tables: Vec<Table>,
    /// Print what every column means, and write nothing.
    #[arg(long)]
    pub dictionary: bool,
}

/// The tables of a record by their names.
fn table_names() -> impl TypedValueParser<Value = Table> {
    PossibleValuesParser::new(Table::ALL.map(Table::name))
        .map(|name| Table::ALL.into_iter().find(|table| table.name() == name).expect("only listed names get here"))
}

/// Formats of `export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// One file a table, safe to open in a spreadsheet.
    Csv,
    /// One object a line.
    Jsonl,
    /// Incidents and events as points.
    Geojson,
}

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct ServeArguments {
    /// The record.
    #[arg(long, value_name = "FILE", default_value = RECORD)]
    pub record: PathBuf,
    /// Show a record made from the bundled reports, in a folder that goes away at the end.
    #[arg(long, conflicts_with = "record")]
    pub demo: bool,
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8087)]
    pub port: u16,
}

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub struct ReportArguments {
    /// The record.
    #[arg(long, value_name = "FILE", default_value = RECORD)]
    pub record: PathBuf,
    /// A country (ISO 3166-1 alpha-3).
    #[arg(long, value_name = "ISO3")]
    pub country: Option<String>,
    /// Part of the name of a place.
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Name, body or side of a party.
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Happened on or after this date.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Happened on or before this date.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// What was published on or after this date is new.
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// How many incidents at most; how many are left out is said.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
    /// How to print.
    #[arg(long, short, value_enum, default_value_t = ReportFormat::Md)]
    pub format: ReportFormat,
}

/// Formats of `report`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Markdown.
    Md,
    /// One self-contained page.
    Html,
}

/// Arguments of `review`.
#[derive(Debug, clap::Args)]
pub struct ReviewArguments {
    /// The record.
    #[arg(long, value_name = "FILE", default_value = RECORD, global = true)]
    pub record: PathBuf,
    /// Who decides; by default the user.
    #[arg(long, value_name = "NAME", env = "COUNTERCLAIM_REVIEWER", global = true)]
    pub who: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", default_value = "", global = true)]
    pub why: String,
    /// The decision.
    #[command(subcommand)]
    pub decision: Decision,
}

/// What is decided.
#[derive(Debug, Subcommand)]
pub enum Decision {
    /// A claim, event or figure is right.
    Accept {
        /// Id of the report.
        report: i64,
        /// Row of its ledger: c1, e2, h3.
        row: String,
    },
    /// A claim, event or figure is wrong and counts no more.
    Reject {
        /// Id of the report.
        report: i64,
        /// Row of its ledger: c1, e2, h3.
        row: String,
    },
    /// A figure has another value.
    Correct {
        /// Id of the report.
        report: i64,
        /// Row of its ledger: h3.
        row: String,
        /// low, high, kind or side.
        field: String,
        /// The right value; `open` opens an end.
        value: String,
    },
    /// Reports leave an incident and form one of their own.
    Split {
        /// The incident.
        incident: i64,
        /// The reports that leave.
        #[arg(required = true)]
        reports: Vec<i64>,
    },
    /// An incident goes into another.
    Merge {
        /// The incident that goes.
        incident: i64,
        /// The incident that stays.
        into: i64,
    },
    /// A remark on an incident.
    Annotate {
        /// The incident.
        incident: i64,
        /// The remark.
        text: String,
    },
    /// Print the log.
    Log,
}

/// Arguments of `evaluate`.
#[derive(Debug, clap::Args)]
pub struct EvaluateArguments {
    /// Name of the set (docs/reference/evaluation.md lists them), or `all` for every set below a folder.
    #[arg(value_name = "SET")]
    pub set: String,
    /// File or folder of the set.
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Write the program's answers to a file, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,
    /// Mentions are given (toponyms, ecbplus).
    #[arg(long)]
    pub given: bool,
    /// Write the scores with their intervals as a Markdown table, or as floors where the name ends in .json.
    #[arg(long, value_name = "FILE")]
    pub scores: Option<PathBuf>,
    /// Compare the scores with floors; a score below its floor fails.
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
    /// Print the scores as JSON.
    #[arg(long)]
    pub json: bool,
    /// List what was missed.
    #[arg(long)]
    pub verbose: bool,
}

/// Output formats of `read`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, in the terminal.
    Text,
    /// The ledger, indented; several inputs give a list.
    Json,
    /// One ledger a line.
    Jsonl,
    /// Markdown.
    Md,
    /// One self-contained page.
    Html,
}

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Told by name and content.
    Auto,
    /// Plain text.
    Text,
    /// A page.
    Html,
    /// One JSON record a line.
    Jsonl,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// In a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
