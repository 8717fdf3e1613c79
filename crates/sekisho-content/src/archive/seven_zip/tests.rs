//! Archives that 7-Zip wrote, whole and damaged.

use crate::archive::tested::{bytes, opened, opened_as, says, withstands_damage};
use crate::open::Budget;
use crate::{Kind, Unread};

/// `空.txt` without content, then `b.txt` and `注文/見積.txt` in one folder, LZMA.
const SOLID: &str = "
377abcaf271c0004cc8def629c000000000000002100000000000000571727f70039994891b1699607da1f9626254ccce0b95290d78671a4284e8ce1
1c000000813307ae0fcfeb30140febea9e010d62038dd3e2090581dfda8b52ae486003c15b6794208a0669547623fbc8a14454816007a9728c720dd2
f52052b30957d71ccaffcdc7aaab6dbba2c79f2292933efa14d8c0292155648067777e3dbc88dda44a14030955810b478cf4f8211a69758786772832
b1f904fe7800000017061e01097e00070b01000123030101055d001000000c80ae0a0129465ebe0000";

/// The same files, PPMd.
const PPMD: &str = "
377abcaf271c00043f7b43c699000000000000002100000000000000fcd3c4220072f07e6753990ab4bc71476efe2653549a1f748adf75c786a10000
00813307ae0fcfb5ef100febea9e010ee8c4aa4fad5e4d7419d226bc7a87bc2c897e36dd192dfe8d9ba71572b7e0fc9641ac8440141a2b29e18cae95
d4be456fc019d5f341236b3db80625cfa01cc421696d3bc7089b2a41b664c521fa43403d890e382337124f5e2c5d03033a1c5756b40a1cb5605dd05d
c15100000017061b01097e00070b01000123030101055d001000000c80ae0a01deaa7a860000";

/// `b.txt`, content and names behind the password `ひみつ`.
const SECRET_NAMES: &str = "
377abcaf271c000479dbb01790000000000000002e000000000000004b32926477ca54b6f691ea2de1b92049bc2b6f3519b042ef3b81df37afe80dea
2ec8d81309b6f7dff8e07d5d6b81d92d70b88337368f19956f94f4b4982e24c144bc3b6560404382c15c6e5556c628e15673d618e8190081e064ec3c
a1ee0331f5a43ee74c49eff3c1e574ee5b94fa79ee1a8322bbd2fc2206322b41ba147a200b1f44ff787d1d7f45100446f1e5e320a0c161d917062001
097000070b0100012406f1070112530ff98cc761bb052b02e25e987ffbc210700c620a0180f5defb0000";

/// `b.txt`, its content behind `ひみつ` and not packed, so that nothing but the checksum tells a false password.
const SECRET_COPY: &str = "
377abcaf271c0004c92d4ffd2000000000000000620000000000000068d14d55e19cffe64adf603935e81ee69ed890f35c209e37f402809c3102fcae
8f0d18320104060001092000070b0100022406f1070112530fea12f9801b6acf9b46d5adad2ff4830c010001000c1c1c00080a01989bf98800000501
1903000000110d0062002e007400780074000000140a010031dfd6d5927ddd01150601002080a4810000";

const FILES: [&str; 3] = [
    "空.txt | 0 | ",
    "b.txt | 28 | second member, second member",
    "注文/見積.txt | 23 | hello hello hello hello",
];

#[test]
fn files_come_in_their_order() {
    for archive in [SOLID, PPMD] {
        let (members, told) = opened(&bytes(archive), &[]);
        assert_eq!(members, FILES);
        assert_eq!((told.unread, told.key), (Vec::new(), None));
    }
}

#[test]
fn a_password_is_proved_by_the_checksum() {
    for archive in [SECRET_NAMES, SECRET_COPY] {
        let (members, told) = opened(&bytes(archive), &["himitsu", "ひみつ"]);
        assert_eq!(members, FILES.get(1..2).unwrap());
        assert_eq!((told.unread, told.key), (Vec::new(), Some(1)));
    }
    let (members, told) = opened(&bytes(SECRET_COPY), &["himitsu"]);
    assert_eq!(members, ["b.txt | 28 | locked"]);
    assert!(says(&told, Unread::Locked) && told.key.is_none());
    let (members, told) = opened(&bytes(SECRET_NAMES), &["himitsu"]);
    assert!(members.is_empty() && says(&told, Unread::Locked));
}

#[test]
fn a_purse_too_small_for_the_rounds_is_said() {
    let mut budget = Budget { derivation_left: 1000, ..Budget::default() };
    let (_, told) = opened_as(Kind::SevenZip, &bytes(SECRET_NAMES), &["ひみつ"], &mut budget);
    assert_eq!(told.unread, [(Unread::Locked, "derivation".to_owned())]);
}

#[test]
fn damage_is_said_and_what_stands_before_it_kept() {
    let mut archive = bytes(SOLID);
    // In the packed content of the second file, behind the first.
    *archive.get_mut(55).unwrap() ^= 0x10;
    let (members, told) = opened(&archive, &[]);
    assert_eq!(members.get(..2).unwrap(), FILES.get(..2).unwrap());
    assert_eq!(members.get(2).unwrap(), "注文/見積.txt | 23 | damaged");
    assert!(says(&told, Unread::Damaged));
}

#[test]
fn any_damage_is_said() {
    withstands_damage(&bytes(SOLID), &[]);
    withstands_damage(&bytes(PPMD), &[]);
}

#[test]
fn any_damage_to_an_encrypted_archive_is_said() {
    withstands_damage(&bytes(SECRET_COPY), &["ひみつ"]);
}
