//! Every file of every fetched set, read as a mail and as a file → time and memory; nothing may panic.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sekisho_testing::corpus;

use crate::cpu::thread_cpu_seconds;
use crate::judging::Court;

/// No mail or file may take longer, in seconds of CPU.
const SECONDS_MAX: f64 = 2.0;

/// As [`SECONDS_MAX`], on a processor without instructions for SHA: what the slowest file costs is the derivation of its key, which takes
/// about seven times as long there (3.4 s where it was 0.5 s).
const SECONDS_MAX_WITHOUT_SHA: f64 = 8.0;

/// The whole run stays under this, in MiB.
const MEMORY_MIB_MAX: f64 = 256.0;

/// Prints counts, the slowest file and peak memory.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let court = Court::new()?;
    let mut broken = Vec::new();
    let (mut files, mut bytes_read, mut parts) = (0u64, 0u64, 0usize);
    let mut slowest = (0.0, String::new());
    let seconds_max = if has_sha() { SECONDS_MAX } else { SECONDS_MAX_WITHOUT_SHA };
    for path in corpus::every_file().map_err(|error| error.to_string())? {
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let shown = path.display().to_string();
        let before = thread_cpu_seconds();
        let result = catch_unwind(AssertUnwindSafe(|| {
            let _ = court.judge(&bytes);
            parts += court.open(&bytes, &file_name(&path)).parts_all().len();
        }));
        let seconds = thread_cpu_seconds() - before;
        files += 1;
        bytes_read += bytes.len() as u64;
        if result.is_err() {
            broken.push(format!("{shown} ended its reader"));
        }
        if seconds > seconds_max {
            broken.push(format!("{shown} took {seconds:.2} s of CPU"));
        }
        if seconds > slowest.0 {
            slowest = (seconds, shown);
        }
    }
    let memory = peak_memory_mib()?;
    println!(
        "{files} files, {:.1} MiB, each read as a mail and opened as a file; {parts} parts in them",
        bytes_read as f64 / 1_048_576.0
    );
    println!("slowest: {:.3} s of CPU, {}", slowest.0, slowest.1);
    println!("peak memory of the run: {memory:.0} MiB");
    if memory > MEMORY_MIB_MAX {
        broken.push(format!("peak memory {memory:.0} MiB, at most {MEMORY_MIB_MAX:.0} MiB"));
    }
    Ok(broken)
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn has_sha() -> bool {
    std::arch::is_x86_feature_detected!("sha")
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn has_sha() -> bool {
    false
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The process's largest resident size so far, in MiB (Linux, `VmHWM`).
pub(crate) fn peak_memory_mib() -> Result<f64, String> {
    let status =
        fs::read_to_string("/proc/self/status").map_err(|error| format!("/proc/self/status: {error}"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.map(|kib| kib / 1024.0).ok_or_else(|| "no VmHWM in /proc/self/status".to_owned())
}
