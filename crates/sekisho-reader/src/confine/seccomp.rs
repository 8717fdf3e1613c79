//! Which system calls a reader may make, by seccomp: those of memory, time, waiting and its own end, and reading from
//! standard input, writing to standard output, and reading from one file that is open already, where there is one. To open a file is refused; any other call ends the process: a reader that
//! asks for a socket or a process is no longer ours.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch,
};

use super::Layer;

/// Calls that are allowed whatever their arguments. Each touches only this process.
const FREE: &[libc::c_long] = &[
    // Memory.
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    // Time and randomness; hash maps ask for a seed.
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    // Waiting for each other.
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    // Ending, also by a signal to itself.
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigaction,
    libc::SYS_sigaltstack,
    libc::SYS_getpid,
    libc::SYS_gettid,
];

/// Calls that fail instead of ending the process: the C library asks for a setting of the kernel when it gives memory
/// back (`/proc/sys/vm/overcommit_memory`), and goes on without it.
const REFUSED: &[libc::c_long] = &[libc::SYS_openat];

/// Confines every thread of this process.
pub(crate) fn apply(file: Option<u32>) -> Layer {
    let applied = [refusing(), program(file)].into_iter().all(|program| {
        program.is_some_and(|program| seccompiler::apply_filter_all_threads(&program).is_ok())
    });
    if applied { Layer::Full } else { Layer::Missing }
}

/// Of several filters the strictest answer counts, so this one only adds refusals to what [`program`] lets through.
fn refusing() -> Option<BpfProgram> {
    let rules = REFUSED.iter().map(|call| (*call, Vec::new())).collect();
    let refused = SeccompAction::Errno(u32::try_from(libc::EACCES).ok()?);
    SeccompFilter::new(rules, SeccompAction::Allow, refused, arch()?).ok()?.try_into().ok()
}

fn program(file: Option<u32>) -> Option<BpfProgram> {
    let mut rules: BTreeMap<libc::c_long, Vec<SeccompRule>> =
        FREE.iter().chain(REFUSED).map(|call| (*call, Vec::new())).collect();
    let mut allow = |call: libc::c_long, alternatives: Vec<Vec<SeccompCondition>>| {
        let alternatives: Option<Vec<SeccompRule>> =
            alternatives.into_iter().map(|conditions| SeccompRule::new(conditions).ok()).collect();
        rules.insert(call, alternatives?);
        Some(())
    };
    let own_pid = u64::from(std::process::id());
    allow(libc::SYS_read, vec![vec![is(0, 0)?]])?;
    allow(libc::SYS_write, vec![vec![is(0, 1)?], vec![is(0, 2)?]])?;
    if let Some(file) = file {
        allow(libc::SYS_pread64, vec![vec![is(0, u64::from(file))?]])?;
    }
    // Memory of its own, never a file's, and never such that it can be run.
    allow(libc::SYS_mmap, vec![vec![without(2, libc::PROT_EXEC)?, with(3, libc::MAP_ANONYMOUS)?]])?;
    allow(libc::SYS_mprotect, vec![vec![without(2, libc::PROT_EXEC)?]])?;
    allow(libc::SYS_tgkill, vec![vec![is(0, own_pid)?]])?;
    let filter = SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, arch()?).ok()?;
    filter.try_into().ok()
}

fn arch() -> Option<TargetArch> {
    TargetArch::try_from(std::env::consts::ARCH).ok()
}

fn is(argument: u8, value: u64) -> Option<SeccompCondition> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value).ok()
}

fn with(argument: u8, flag: libc::c_int) -> Option<SeccompCondition> {
    let flag = u64::from(flag.unsigned_abs());
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(flag), flag).ok()
}

fn without(argument: u8, flag: libc::c_int) -> Option<SeccompCondition> {
    let flag = u64::from(flag.unsigned_abs());
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(flag), 0).ok()
}
