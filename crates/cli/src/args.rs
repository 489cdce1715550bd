//! What can be typed.

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads news of armed conflict and keeps the record straight: who did what to whom, where, when - and who says so.
#[derive(Debug, Parser)]
#[command(name = "counterclaim", version, about, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Folder with another model (model.safetensors, vocab.txt, manifest.json).
    #[arg(long, global = true, value_name = "DIR", env = "COUNTERCLAIM_MODEL")]
    pub model: Option<PathBuf>,
    /// Threads to use; the output is the same for any number.
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and print their ledgers.
    Read(ReadArguments),
    /// Score the program against a gold set, or answer a blind one.
    Evaluate(EvaluateArguments),
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

/// Arguments of `evaluate`.
#[derive(Debug, clap::Args)]
pub struct EvaluateArguments {
    /// Name of the set: polnear, polnear_sent, ner, timeml, toponyms, plover_gsr, plover_plv, muc4, stories, ledger.
    #[arg(value_name = "SET")]
    pub set: String,
    /// File or folder of the set.
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Write the program's answers to a file, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,
    /// Mentions are given (toponyms).
    #[arg(long)]
    pub given: bool,
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
