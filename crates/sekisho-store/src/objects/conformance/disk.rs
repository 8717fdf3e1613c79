//! What only a folder goes through: a full disk, a killed writer, permissions, strangers' files.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::*;

#[cfg(unix)]
#[test]
fn only_the_owner_reads_what_is_kept() {
    use std::os::unix::fs::PermissionsExt;

    let home = tempfile::tempdir().unwrap();
    let objects = opened("disk", home.path(), 1);
    assert!(!home.path().join("objects").exists(), "made with the first object");
    put(&objects, b"mail").unwrap();
    let path = home.path().join("objects").join(Digest::of(b"mail").path());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&home.path().join("objects")), 0o700);
    assert!(!fs::read(&path).unwrap().windows(4).any(|bytes| bytes == b"mail"), "it is sealed");
}

#[test]
fn files_of_others_are_passed_over() {
    let home = tempfile::tempdir().unwrap();
    let objects = opened("disk", home.path(), 1);
    put(&objects, b"mail").unwrap();
    let folder = home.path().join("objects");
    fs::create_dir_all(folder.join("ab")).unwrap();
    fs::write(folder.join("ab/readme.txt"), "").unwrap();
    fs::write(folder.join("cd"), "").unwrap();
    fs::write(folder.join("lost+found"), "").unwrap();
    assert_eq!(listed(&objects).len(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_half() {
    let home = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(home.path())
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("no small disk could be mounted here: a full one was not tested");
        return;
    }
    let objects = opened("disk", home.path(), 1);
    put(&objects, &vec![1; 300_000]).unwrap();
    let error = put(&objects, &vec![2; 900_000]).unwrap_err();
    let seen = (listed(&objects).len(), fs::read_dir(&objects.spool).unwrap().count());
    let again = put(&objects, &vec![3; 300_000]);
    let _ = Command::new("umount").arg(home.path()).status();
    assert!(error.to_string().ends_with("no room left for objects; nothing was kept"), "{error}");
    assert_eq!(seen, (1, 0));
    again.unwrap();
}

#[cfg(unix)]
#[test]
fn a_killed_writer_leaves_nothing_half() {
    let home = tempfile::tempdir().unwrap();
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "objects::conformance::disk::writes_until_it_is_killed", "--ignored"])
        .env("SEKISHO_TEST_HOME", home.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let half = |folder: &Path| -> Vec<u64> {
        let entries = fs::read_dir(folder.join("objects/new")).into_iter().flatten();
        entries.map(|entry| entry.unwrap().metadata().unwrap().len()).collect()
    };
    let begun = Instant::now();
    while half(home.path()).first().is_none_or(|size| *size < 100_000) {
        assert!(begun.elapsed() < Duration::from_secs(60), "the writer did not begin");
        std::thread::sleep(Duration::from_millis(20));
    }
    let objects = opened("disk", home.path(), 1);
    assert_eq!(half(home.path()).len(), 1, "a writer that lives keeps its file");
    assert_eq!(listed(&objects), []);
    writer.kill().unwrap();
    writer.wait().unwrap();
    let left = fs::read_dir(&objects.spool).unwrap().next().unwrap().unwrap().path();
    assert!(
        !fs::read(left).unwrap().windows(8).any(|bytes| bytes == b"xxxxxxxx"),
        "what grows is sealed too"
    );
    let objects = opened("disk", home.path(), 1);
    assert_eq!(half(home.path()), [], "the next to open clears it away");
    assert_eq!(listed(&objects), []);
}

/// What the test above starts and kills.
#[test]
#[ignore = "runs until it is killed"]
fn writes_until_it_is_killed() {
    struct Slow;
    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(Duration::from_millis(1));
            buffer.fill(b'x');
            Ok(buffer.len())
        }
    }
    let Some(home) = std::env::var_os("SEKISHO_TEST_HOME") else { return };
    let objects = opened("disk", Path::new(&home), 1);
    let _ = objects.put(&Digest::of(b"never whole"), &mut Slow);
}
