//! Archives in every version of the format, whole and damaged: `注文/b.txt` and `注文/見積.txt` each.

use crate::archive::tested::{bytes, opened, opened_as, says, withstands_damage};
use crate::open::Budget;
use crate::{Kind, Unread};

/// RAR 5, the second file packed with the first in view.
const SOLID5: &str = "
526172211a070100dcde5e35030100049b5254561103061c041c0061b7a10c00000452415253726172732f302e31322e330a6d61726b65722d736368
656d613d310ada2f294c3e0203231e042b2096df5cd38003000ce6b3a8e696872f622e74787422020047ee7cb22c2794ec51ed003e5d6cc9fd4dd5fa
4ceb8d3a6efcea249390310b12c3821b33032fb324ae400aa037982407fa2f24af75d3e6b72c22a4f40760a83469cd430203231a04262076c8f45ec0
030011e6b3a8e696872fe8a68be7a98d2e7478742202007a54234214545c447e780d2e7bafb8a53b9f30a8775cf242e3169eec9fcf41bcc38e173332
fc324a8b92438d20ff458266f555579aab8c2af77019b23a3503050000";

/// RAR 5, headers and content behind the password `ひみつ`.
const SECRET_NAMES5: &str = "
526172211a07010059f43d7821040000010f3121c03467892ed4d7caf4d7f3d4bbf4853ccd57cc97778812bc3acd5dcd0751c53d8d23f4a1f5949556
09fd42defff0a7f7d51118ed155b1d844c241a51ee1fc271ad86f8836d525258970c1c532e1671798c9154831c027e30b687f20ab155de8c34b83f1e
c483c2e70846726172732f302e31322e330a6d61726b65722d736368656d613d310a6f840c7ad91b119d7d327b78cf9bf63585f772d7535d9a04aeed
e373c457ac7df267cf18fc8f4574e394d4dae4fd61e5b22f895eebb7eab548461ba9a70a0517de95ac57113e58d71f54379fa109e985e7bcc263dc8d
39fb8617ea10535bdbb263e29864a3a14edf3c4522199aff394a4866cb91aac38d6e1e2ed2a1312b897049b87faab5c5fb51c1809ffd80f932fd8d82
bcc95a0f0909ad7a4764d0485bfe95484981877f3eeb72d2b2af4a1fe4da593535389805e229659c9db436c8099ec539d7fa1535d1be537438e50892
0a69c1792d2114db6b157224bda1dff181484a18f79eb74db2b4460061757988c05fa1a0639a706a43dba2ed307f462a9bc253b388d785923fa45775
775d50afa359cf8629ff05a94a073fda1916dd642ff28fb460b28f9886c6bc4b68c51f207c66e705cdd27a633224e3b7cd959288e98ee8975aa66500
067963b3f0b2888063b31051d19f847b5e63efcd52ad1743d9a049088ba150d1410936756b7f96b00869bf56c21ec23f374f2e82686139ca89d20171
34572cf60ef005621fac815679f7";

/// RAR 4, headers and content behind `ひみつ`.
const SECRET_NAMES4: &str = "
526172211a0700ce997380000d000000000000004f933e301133582cc10d8cd61801326d5d4a8abb3c814e6c2e1ba48913f26d321abcef395003f2b8
698625689edb2aeaa1b4986d95dd62b6726172732f302e31322e330a6d61726b65722d736368656d613d310a755f73e2302d2fb75aec017879ed66aa
d2484ef7af790e75f7287c4cbb43b0ea05b16473f01b7299d92a8865f69f20b601091386f61cb177d718ba692ddd68339285a5b601c8710d91049ed6
897b907d8179e38634b28e6adf7ac5ba42e877116c503eaef2ce377f067ded159db5e7b8a45555b8f7099cee6789e236eed911405d6fb9722ba4ee76
89dfcff0dd02e1da94d7384468ca277baf05cbf30533183a3b38a9c5f19a9a67495887a416343e7e073f59eb20cda72f560fa7a8b5e948be3654618d
92e5fc69fc5d86598517f97b7f7edb9d1042978addaf9bb14f76ea3c348ace44a66d2c5f";

/// RAR 2, content behind `himitsu`, names in CP932.
const SECRET2: &str = "
526172211a0700cf907300000d00000000000000bfdd7a00c024001c0000001c0000000061b7a10c0000000014300400000000005241525372617273
2f302e31322e330a6d61726b65722d736368656d613d310a4d277404802a00300000002b0000000096df5cd30000000014330a0020000000928d95b6
5c622e747874d99d7c85ec5b8dfe8c515e2de99daf67bb3eb2ed422fbdfbf7ff1451f75947527c2edcfbaf9fa2019d5a016979de9c0f4fd87404802d
0030000000260000000076c8f45e0000000014330d0020000000928d95b65c8ca990cf2e747874b46124e83caf872753434fbfebde97186fbc091546
c2ef121cdf0dfc73a22b81e108771780396f3471cbfca0452eb21f";

/// RAR 1.5, solid, names in CP932.
const SOLID15: &str = "
526172211a07003bd07308000d000000000000004d947a00c024001c0000001c0000000061b7a10c000000000f300400000000005241525372617273
2f302e31322e330a6d61726b65722d736368656d613d310af3c57400802a00170000002b0000000096df5cd3000000000f330a0020000000928d95b6
5c622e7478740fb3f4be8fd7faeaf57700092f440f64dc82f96002003c11d17410802d0015000000260000000076c8f45e000000000f330d00200000
00928d95b65c8ca990cf2e74787417d403d620588080601c1180e25038509202100200";

const FILES: [&str; 2] = [
    "注文/b.txt | 43 | second member, second member, second member",
    "注文/見積.txt | 38 | hello hello hello hello, second member",
];

/// The lines with the first reading of each name.
fn likeliest(members: &[String]) -> Vec<String> {
    let likeliest = |line: &String| {
        let (names, rest) = line.split_once(" | ").unwrap();
        format!("{} | {rest}", names.split(" = ").next().unwrap())
    };
    members.iter().map(likeliest).collect()
}

#[test]
fn every_version_is_read() {
    for (archive, key) in [
        (SOLID5, None),
        (SECRET_NAMES5, Some(1)),
        (SECRET_NAMES4, Some(1)),
        (SECRET2, Some(0)),
        (SOLID15, None),
    ] {
        let (members, told) = opened(&bytes(archive), &["himitsu", "ひみつ"]);
        assert_eq!(likeliest(&members), FILES);
        assert_eq!((told.unread, told.key), (Vec::new(), key));
    }
}

#[test]
fn without_the_password_it_is_locked() {
    for (archive, members) in [(SECRET_NAMES5, 0), (SECRET_NAMES4, 0), (SECRET2, 2)] {
        let (lines, told) = opened(&bytes(archive), &["another"]);
        assert!(says(&told, Unread::Locked), "{told:?}");
        assert_eq!((lines.len(), told.key), (members, None));
        assert!(lines.iter().all(|line| line.ends_with("| locked")), "{lines:?}");
    }
}

#[test]
fn a_purse_too_small_for_the_rounds_is_said() {
    for archive in [SECRET_NAMES5, SECRET_NAMES4] {
        let mut budget = Budget { derivation_left: 1000, ..Budget::default() };
        let (_, told) = opened_as(Kind::Rar, &bytes(archive), &["ひみつ"], &mut budget);
        assert_eq!(told.unread, [(Unread::Locked, "derivation".to_owned())]);
        assert_eq!(budget.derivation_left, 1000);
    }
}

#[test]
fn any_damage_is_said() {
    withstands_damage(&bytes(SOLID5), &[]);
}

#[test]
fn any_damage_to_encrypted_headers_is_said() {
    withstands_damage(&bytes(SECRET_NAMES5), &["ひみつ"]);
    withstands_damage(&bytes(SECRET_NAMES4), &["ひみつ"]);
}

/// Before RAR 3 an archive simply ended: one that is cut between two files is whole to whoever reads it.
#[test]
fn damage_to_an_archive_without_an_end_is_said_but_for_a_cut_between_files() {
    for archive in [SOLID15, SECRET2] {
        let whole = bytes(archive);
        for cut in 0..whole.len() {
            let (members, told) = opened(whole.get(..cut).unwrap(), &["himitsu"]);
            assert!(!told.unread.is_empty() || members.len() < 2, "cut at {cut}: {members:?}");
        }
    }
}
