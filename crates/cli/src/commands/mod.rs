//! One file for each command.

mod actors;
mod add;
mod check;
mod config;
mod evaluate;
mod export;
mod gazetteer;
mod read;
mod report;
mod review;
mod schema;
mod search;
mod serve;
mod show;

use crate::args::{ActorsCommand, Arguments, Command, ConfigCommand, GazetteerCommand};
use crate::data_folder::DataFolder;
use crate::exit_code::ExitCode;
use crate::printer;
use anyhow::Context;
use counterclaim_language::Model;
use std::path::Path;

/// Runs what was typed.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("starting the threads")?;
    }
    let folder = DataFolder::new(arguments.data.as_deref());
    // Commands that mend the folder must run where it is broken.
    let mends = matches!(
        &arguments.command,
        Command::Gazetteer {
            command: GazetteerCommand::List | GazetteerCommand::Import(_) | GazetteerCommand::Remove { .. }
        } | Command::Actors { command: ActorsCommand::Import { .. } | ActorsCommand::Remove { .. } }
            | Command::Schema
            | Command::Completions { .. }
    );
    let imported = match folder.as_ref().filter(|_| !mends) {
        Some(folder) => folder.install()?,
        None => String::new(),
    };
    match &arguments.command {
        Command::Gazetteer { command } => gazetteer::run(command, folder.as_ref()),
        Command::Actors { command } => actors::run(command, folder.as_ref()),
        Command::Read(read) => read::run(read, &*model(arguments)?),
        Command::Add(add) => add::run(add, &*model(arguments)?, &imported),
        Command::Check { record } => check::run(record),
        Command::Show(show) => show::run(show),
        Command::Search(search) => search::run(search),
        Command::Report(report) => report::run(report),
        Command::Serve(serve) => {
            let folder = arguments.model.clone();
            serve::run(serve, move || chosen(folder.as_deref()), &imported)
        }
        Command::Export(export) => export::run(export),
        Command::Review(review) => review::run(review),
        Command::Evaluate(evaluate) => {
            if !imported.is_empty() {
                printer::note(&format!("imported files are in use, scores may differ without them:{imported}"));
            }
            evaluate::run(evaluate, &*model(arguments)?)
        }
        Command::Config { command: ConfigCommand::Show } => config::show(arguments, folder.as_ref()),
        Command::Schema => schema::run(),
        Command::Completions { shell } => {
            let mut command = <Arguments as clap::CommandFactory>::command();
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command, "counterclaim", &mut script);
            printer::data(&String::from_utf8_lossy(&script))?;
            Ok(ExitCode::Done)
        }
    }
}

/// The model in the binary, or the one in the folder that `--model` names.
enum Chosen {
    Embedded(&'static Model),
    Opened(Box<Model>),
}

impl std::ops::Deref for Chosen {
    type Target = Model;

    fn deref(&self) -> &Model {
        match self {
            Chosen::Embedded(model) => model,
            Chosen::Opened(model) => model,
        }
    }
}

fn model(arguments: &Arguments) -> anyhow::Result<Chosen> {
    chosen(arguments.model.as_deref())
}

fn chosen(folder: Option<&Path>) -> anyhow::Result<Chosen> {
    match folder {
        Some(folder) => {
            let model = Model::open(folder).with_context(|| format!("opening the model in `{}`", folder.display()))?;
            Ok(Chosen::Opened(Box::new(model)))
        }
        None => Ok(Chosen::Embedded(Model::embedded())),
    }
}
