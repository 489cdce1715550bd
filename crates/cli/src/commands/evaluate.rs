//! `counterclaim evaluate`: the program against gold, or its answers to blind records.

use crate::args::EvaluateArguments;
use crate::exit_code::ExitCode;
use crate::printer;
use counterclaim_language::Model;

/// Scores a set and prints the table.
pub fn run(arguments: &EvaluateArguments, model: &Model) -> anyhow::Result<ExitCode> {
    let options = counterclaim_evaluate::Options {
        predictions: arguments.predictions.clone(),
        given: arguments.given,
        verbose: arguments.verbose,
    };
    let report = counterclaim_evaluate::run(&arguments.set, &arguments.path, &options, model)?;
    if arguments.json {
        printer::data(&format!("{}\n", serde_json::to_string_pretty(&report)?))?;
    } else {
        printer::data(&format!("{report}\n"))?;
    }
    Ok(ExitCode::Done)
}
