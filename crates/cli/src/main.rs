//! The `counterclaim` program: reads news of armed conflict and keeps the record straight.

mod args;
mod commands;
mod data_folder;
mod exit_code;
mod printer;
mod render;
mod sanitize;

use clap::Parser;
use exit_code::ExitCode;

fn main() -> std::process::ExitCode {
    let arguments = args::Arguments::parse();
    match commands::run(&arguments) {
        Ok(code) => code.into(),
        Err(error) if printer::is_broken_pipe(&error) => ExitCode::Done.into(),
        Err(error) => {
            printer::error(&error);
            ExitCode::CouldNotRun.into()
        }
    }
}
