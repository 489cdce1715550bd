//! `counterclaim config show`: what the program runs with and where each value comes from.

use crate::args::Arguments;
use crate::data_folder::DataFolder;
use crate::exit_code::ExitCode;
use crate::printer;
use counterclaim_language::kernel;

/// Prints the settings.
pub fn show(arguments: &Arguments, folder: Option<&DataFolder>) -> anyhow::Result<ExitCode> {
    let model = super::model(arguments)?;
    let manifest = model.manifest();
    let origin =
        arguments.model.as_ref().map_or("in the binary".to_owned(), |folder| format!("--model {}", folder.display()));
    let kernels: Vec<&str> = kernel::Path::available().into_iter().map(kernel::Path::as_str).collect();
    let forced = std::env::var("COUNTERCLAIM_KERNEL")
        .map_or("best available".to_owned(), |name| format!("COUNTERCLAIM_KERNEL={name}"));
    let threads =
        arguments.threads.map_or("one for each processor".to_owned(), |threads| format!("--threads {threads}"));
    let data = folder.map_or("none".to_owned(), |folder| {
        let n_files = folder.gazetteers().len() + folder.actor_tables().len();
        format!("{} ({}; {n_files} imported files)", folder.path().display(), folder.origin)
    });
    printer::data(&format!(
        "version   {}\nmodel     {} {} ({origin})\nkernel    {} ({forced}; available: {})\nthreads   {} ({threads})\ndata      {data}\n",
        env!("CARGO_PKG_VERSION"),
        manifest.name,
        manifest.version,
        kernel::CHOSEN.as_str(),
        kernels.join(", "),
        rayon::current_num_threads(),
    ))?;
    Ok(ExitCode::Done)
}
