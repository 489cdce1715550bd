/// What the program tells its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitCode {
    /// Everything was done.
    Done,
    /// Done, but some documents failed; they were named on standard error.
    SomeFailed,
    /// Could not run: bad arguments, a missing model, a full disk.
    CouldNotRun,
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        std::process::ExitCode::from(match code {
            ExitCode::Done => 0,
            ExitCode::SomeFailed => 1,
            ExitCode::CouldNotRun => 2,
            ExitCode::Interrupted => 130,
        })
    }
}
