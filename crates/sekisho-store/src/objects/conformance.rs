//! What objects on disk and in an S3-compatible store must do alike, run on a folder and on a real server that the test starts on a free
//! port; then what only one of them can go through.
#![allow(clippy::print_stderr, reason = "a test that cannot run says so")]

mod disk;
mod server;

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use super::foreign::{self, Foreign};
use super::*;
use std::io::Write;

#[test]
fn disk_does_what_is_asked() {
    let home = tempfile::tempdir().unwrap();
    a_large_one_needs_little_memory(&opened("disk", home.path(), 1));
    conforms("disk", home.path());
    let elsewhere = tempfile::tempdir().unwrap();
    let place = format!("disk:{}", elsewhere.path().join("held/objects").display());
    conforms(&place, home.path());
    assert!(elsewhere.path().join("held/objects").is_dir());
}

#[test]
fn an_s3_compatible_store_does_what_is_asked() {
    let server = match Foreign::start() {
        Ok(server) => server,
        Err(why) => {
            eprintln!("no S3-compatible server could be had, nothing was tested: {why}");
            return;
        }
    };
    server.make_bucket("held");
    let home = tempfile::tempdir().unwrap();
    let place = format!("s3://held/?endpoint={}", server.endpoint());
    a_large_one_needs_little_memory(&opened(&place, home.path(), 1));
    conforms(&place, home.path());
    conforms(
        &format!("s3://held/of/midori?endpoint={}&region=ap-northeast-1", server.endpoint()),
        home.path(),
    );
    let nowhere = opened(&format!("s3://not-there?endpoint={}", server.endpoint()), home.path(), 1);
    let error = put(&nowhere, b"mail").unwrap_err().to_string();
    assert!(error.starts_with("s3://not-there/ at 127.0.0.1: there is no such bucket; make it"), "{error}");
    assert!(matches!(
        nowhere.list(&mut |_| {}),
        Err(ObjectsError::Server { refusal: Refusal::NoBucket, .. })
    ));
}

/// The same for both.
fn conforms(place: &str, home: &Path) {
    let objects = opened(place, home, 1);
    assert_eq!(listed(&objects), []);
    what_is_put_is_got(&objects);
    putting_again_changes_nothing(&objects);
    other_bytes_are_not_kept(&objects);
    what_cannot_be_read_is_not_kept(&objects);
    damage_is_told_and_mended(&objects);
    another_key_is_told(&objects, &opened(place, home, 2));
    many_write_the_same(&objects);
    assert_eq!(fs::read_dir(&objects.spool).unwrap().count(), 0, "nothing half is left");
    for kept in listed(&objects) {
        objects.delete(&kept.digest).unwrap();
        objects.delete(&kept.digest).unwrap();
        assert!(matches!(objects.get(&kept.digest), Err(ObjectsError::Missing(_))));
    }
    assert_eq!(listed(&objects), []);
}

fn what_is_put_is_got(objects: &Objects) {
    let begun = now();
    let mut digests = Vec::new();
    for size in [0, 1, 1_000, 65_536, 300_000] {
        let bytes: Vec<u8> = (0..size).map(|at| (at * 31 % 253) as u8).collect();
        assert_eq!(put(objects, &bytes).unwrap(), size as u64);
        assert_eq!(objects.whole(&Digest::of(&bytes), size as u64).unwrap(), bytes);
        digests.push((Digest::of(&bytes), size as u64));
    }
    digests.sort();
    let listed = listed(objects);
    let seen: Vec<_> = listed.iter().map(|kept| (kept.digest.clone(), kept.size_bytes)).collect();
    assert_eq!(seen, digests);
    assert!(listed.iter().all(|kept| (begun - 5..=now() + 5).contains(&kept.at)), "{listed:?}");
    let (large, size) = digests.iter().find(|(_, size)| *size == 300_000).unwrap();
    let error = objects.whole(large, size - 1).unwrap_err().to_string();
    assert_eq!(error, format!("object {large}: more than 299999 bytes"));
    let missing = Digest::of(b"never put");
    let error = objects.get(&missing).err().unwrap().to_string();
    assert_eq!(error, format!("object {missing}: not there"));
    objects.delete(&missing).unwrap();
}

fn putting_again_changes_nothing(objects: &Objects) {
    let before: Vec<_> = listed(objects).into_iter().map(|kept| kept.digest).collect();
    put(objects, b"").unwrap();
    put(objects, &[0]).unwrap();
    let after: Vec<_> = listed(objects).into_iter().map(|kept| kept.digest).collect();
    assert_eq!(before, after);
}

fn other_bytes_are_not_kept(objects: &Objects) {
    put(objects, b"true").unwrap();
    let error = objects.put(&Digest::of(b"true"), &mut &b"forged"[..]).unwrap_err().to_string();
    let wanted = format!("the bytes handed over have the digest {}; nothing was kept", Digest::of(b"forged"));
    assert!(error.ends_with(&wanted), "{error}");
    assert_eq!(objects.whole(&Digest::of(b"true"), 100).unwrap(), b"true");
    assert!(matches!(objects.get(&Digest::of(b"forged")), Err(ObjectsError::Missing(_))));
}

fn what_cannot_be_read_is_not_kept(objects: &Objects) {
    struct Breaks;
    impl Read for Breaks {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the line broke"))
        }
    }
    let digest = Digest::of(b"begun, and never ended");
    let error = objects.put(&digest, &mut (&b"begun"[..]).chain(Breaks)).unwrap_err().to_string();
    assert!(error.ends_with("could not be read: the line broke; nothing was kept"), "{error}");
    assert!(matches!(objects.get(&digest), Err(ObjectsError::Missing(_))));
}

fn damage_is_told_and_mended(objects: &Objects) {
    let bytes = vec![7; 200_000];
    let digest = Digest::of(&bytes);
    let mut sealed = Vec::new();
    assert!(seal::seal(&objects.secret, &digest, &mut &bytes[..], &mut sealed).is_ok());
    let mut changed = sealed.clone();
    changed[150_000] ^= 1;
    let plain = [b"SEKISHO1", &bytes[..100]].concat();
    for (damaged, what) in [
        (&sealed[..sealed.len() - 1], "damaged: changed or cut off"),
        (&sealed[..100_000], "damaged: changed or cut off"),
        (&changed, "damaged: changed or cut off"),
        (&sealed[..20], "damaged: cut off in its first bytes"),
        (&[], "damaged: cut off in its first bytes"),
        (&bytes, "damaged: not a sealed object"),
        (&plain, "sealed with the secret key 0707070707070707, this is"),
    ] {
        shelve(objects, &digest, damaged);
        let error = objects.whole(&digest, 1_000_000).unwrap_err().to_string();
        assert!(error.starts_with(&format!("object {digest}: {what}")), "{error}");
        if let Ok(mut object) = objects.get(&digest) {
            let error = io::copy(&mut object, &mut io::sink()).unwrap_err().to_string();
            assert!(error.contains(&digest.to_string()), "{error}");
        }
    }
    objects.put(&digest, &mut &bytes[..]).unwrap();
    assert_eq!(objects.whole(&digest, 1_000_000).unwrap(), bytes);
    // Under another's name it is damage too.
    shelve(objects, &Digest::of(b"other"), &sealed);
    assert!(matches!(objects.whole(&Digest::of(b"other"), 1_000_000), Err(ObjectsError::Damaged { .. })));
    objects.delete(&Digest::of(b"other")).unwrap();
}

fn another_key_is_told(objects: &Objects, of_another: &Objects) {
    put(objects, b"ours").unwrap();
    let error = of_another.get(&Digest::of(b"ours")).err().unwrap();
    assert!(matches!(error, ObjectsError::OtherSecret { .. }), "{error}");
}

fn many_write_the_same(objects: &Objects) {
    let bytes: Vec<u8> = (0..150_000_u32).map(|at| (at % 241) as u8).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..3 {
                    put(objects, &bytes).unwrap();
                    assert_eq!(objects.whole(&Digest::of(&bytes), 1_000_000).unwrap(), bytes);
                }
            });
        }
    });
}

fn a_large_one_needs_little_memory(objects: &Objects) {
    const SIZE_BYTES: u64 = 200_000_000;
    const GROWTH_KIB_MAX: u64 = 100_000;
    let content = || io::repeat(b'm').take(SIZE_BYTES);
    // The SHA-256 of 200,000,000 times "m"; `head -c 200000000 /dev/zero | tr '\0' m | sha256sum`.
    let digest: Digest = LARGE.parse().unwrap();
    let before = peak_kib();
    assert_eq!(objects.put(&digest, &mut content()).unwrap(), SIZE_BYTES);
    assert_eq!(io::copy(&mut objects.get(&digest).unwrap(), &mut io::sink()).unwrap(), SIZE_BYTES);
    let grown = peak_kib().saturating_sub(before);
    assert!(grown < GROWTH_KIB_MAX, "{grown} KiB more for an object of {SIZE_BYTES} bytes");
    let kept = listed(objects);
    assert!(
        matches!(&kept[..], [kept] if kept.digest == digest && kept.size_bytes == SIZE_BYTES),
        "{kept:?}"
    );
    objects.delete(&digest).unwrap();
}

const LARGE: &str = "7dc41494500a538124fe95c88c3bd9f56eb41168df1bc981a7bd7d940c52a282";

/// The most memory that this process ever had, where the system says.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn opened(place: &str, home: &Path, secret: u8) -> Objects {
    let variable = |name: &str| match name {
        "AWS_ACCESS_KEY_ID" => Some("AKIAEXAMPLE".to_owned()),
        "AWS_SECRET_ACCESS_KEY" => Some("example".to_owned()),
        _ => None,
    };
    Objects::open(&place.parse().unwrap(), home, &Secret::from_bytes([secret; 32]), &variable).unwrap()
}

fn put(objects: &Objects, bytes: &[u8]) -> Result<u64, ObjectsError> {
    objects.put(&Digest::of(bytes), &mut &*bytes)
}

fn listed(objects: &Objects) -> Vec<Kept> {
    let mut all = Vec::new();
    objects.list(&mut |kept| all.push(kept)).unwrap();
    all
}

/// Puts bytes on the shelf as they are.
fn shelve(objects: &Objects, digest: &Digest, bytes: &[u8]) {
    let mut written = Spool::new(&objects.spool).unwrap();
    written.write_all(bytes).unwrap();
    objects.shelf.keep(digest, written).unwrap();
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}
