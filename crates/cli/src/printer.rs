//! All words to the user go through here: data to standard output, talk to standard error.

use crate::sanitize::sanitize;
use std::io::Write;

/// Writes data to standard output.
pub fn data(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes styled text to standard output; the styles are dropped where colour is not wanted.
pub fn styled(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// A remark on standard error.
pub fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", sanitize(text));
}

/// An error with its causes and hints.
pub fn error(error: &anyhow::Error) {
    let mut stderr = anstream::stderr();
    let _ = writeln!(stderr, "error: {}", sanitize(&error.to_string()));
    for cause in error.chain().skip(1) {
        let _ = writeln!(stderr, "  caused by: {}", sanitize(&cause.to_string()));
    }
}

/// Whether the reader of our output went away, which is no failure.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
