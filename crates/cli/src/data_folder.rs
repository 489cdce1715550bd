//! The folder where imported gazetteers and tables of actors are kept, and what every run loads from it.

use anyhow::{Context, bail};
use counterclaim_knowledge::{Gazetteer, actors, gazetteer};
use std::io::Write;
use std::path::{Path, PathBuf};

/// End of the names of imported gazetteers.
const PLACES: &str = "gazetteer";
/// End of the names of imported tables of actors.
const ACTORS: &str = "actors.csv";

/// The folder.
#[derive(Debug, Clone)]
pub struct DataFolder {
    path: PathBuf,
    /// Where its name comes from.
    pub origin: &'static str,
}

impl DataFolder {
    /// The folder that was named, or `counterclaim` in the user's data folder; none where there is no home.
    pub fn new(named: Option<&Path>) -> Option<DataFolder> {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        if let Some(path) = named {
            return Some(DataFolder { path: path.to_owned(), origin: "--data or COUNTERCLAIM_DATA" });
        }
        if let Some(path) = variable("XDG_DATA_HOME").or_else(|| variable("LOCALAPPDATA")) {
            return Some(DataFolder { path: path.join("counterclaim"), origin: "user's data folder" });
        }
        let home = variable("HOME")?;
        Some(DataFolder { path: home.join(".local/share/counterclaim"), origin: "user's data folder" })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn files(&self, ending: &str) -> Vec<(String, PathBuf)> {
        let entries = std::fs::read_dir(&self.path).into_iter().flatten().flatten();
        let mut files: Vec<(String, PathBuf)> = entries
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                Some((name.strip_suffix(ending)?.strip_suffix('.')?.to_owned(), entry.path()))
            })
            .filter(|(name, _)| !name.is_empty() && !name.starts_with('.'))
            .collect();
        // The order decides which of two files keeps a town, so it must not hang on the disk.
        files.sort();
        files
    }

    /// Names and files of the imported gazetteers.
    pub fn gazetteers(&self) -> Vec<(String, PathBuf)> {
        self.files(PLACES)
    }

    /// Names and files of the imported tables of actors.
    pub fn actor_tables(&self) -> Vec<(String, PathBuf)> {
        self.files(ACTORS)
    }

    /// Where a gazetteer of this name is kept.
    pub fn gazetteer(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.{PLACES}"))
    }

    /// Where a table of actors of this name is kept.
    pub fn actor_table(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.{ACTORS}"))
    }

    /// Loads everything and tells what by name and content: ` +kg-villages:3f9a01bc77d2`, empty when there is nothing. A file that cannot be used stops the run: results without it would differ from those with it.
    pub fn install(&self) -> anyhow::Result<String> {
        let mut loaded = String::new();
        let mut gazetteers = Vec::new();
        for (name, path) in self.gazetteers() {
            let opened = Gazetteer::map(&path).map_err(anyhow::Error::msg).with_context(|| {
                format!(
                    "opening the gazetteer `{}`; `counterclaim gazetteer remove {name}` takes it away",
                    path.display()
                )
            })?;
            loaded.push_str(&format!(" +{name}:{}", opened.fingerprint()));
            gazetteers.push(opened);
        }
        gazetteer::install(gazetteers);
        let mut tables = Vec::new();
        for (name, path) in self.actor_tables() {
            let text = std::fs::read_to_string(&path).with_context(|| {
                format!("reading the table `{}`; `counterclaim actors remove {name}` takes it away", path.display())
            })?;
            loaded.push_str(&format!(" +{name}:{}", actors::fingerprint(&text)));
            tables.push((name, text));
        }
        if let Err((name, bad)) = actors::install(&tables) {
            bail!(
                "the table of actors `{name}` has a bad row: line {}: {}; `counterclaim actors remove {name}` takes it away",
                bad.line,
                bad.why
            );
        }
        Ok(loaded)
    }

    /// Writes a file as a whole or not at all.
    pub fn write(
        &self,
        target: &Path,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.path).with_context(|| format!("making the folder `{}`", self.path.display()))?;
        let mut file = tempfile::NamedTempFile::new_in(&self.path)
            .with_context(|| format!("writing into `{}`", self.path.display()))?;
        let mut buffered = std::io::BufWriter::with_capacity(1 << 20, file.as_file_mut());
        write(&mut buffered)
            .and_then(|()| buffered.flush())
            .with_context(|| format!("writing `{}`", target.display()))?;
        drop(buffered);
        file.as_file().sync_all().with_context(|| format!("writing `{}`", target.display()))?;
        file.persist(target).with_context(|| format!("writing `{}`", target.display()))?;
        Ok(())
    }
}

/// A name that can be a file and stand before identifiers.
pub fn checked_name(named: Option<&str>, file: &Path) -> anyhow::Result<String> {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = named.map_or_else(|| stem.replace(['_', ' ', '.'], "-"), str::to_owned);
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 60 || name.starts_with('-') || !name.chars().all(fits) {
        bail!("`{name}` cannot be a name here; choose one of small letters, digits and hyphens with --name");
    }
    if ["geonames", "region", "core", "country", "organization", "group", "medium", "person"].contains(&name.as_str()) {
        bail!("`{name}` is used by the program itself; choose another name with --name");
    }
    Ok(name)
}
