//! Archives that other programs made (Info-ZIP zip 3.0, 7-Zip 25.01) → what comes out of them, with passwords.

use sekisho_content::{Budget, Kind, Unread};

use super::{CLEAN, listed, seen_as};

/// The bytes of a constant below.
pub fn decoded(base64: &str) -> Vec<u8> {
    data_encoding::BASE64.decode(base64.as_bytes()).expect("base64")
}

const PLAN: &str = "Quarterly figures, quarterly figures, quarterly figures.\n";

#[test]
fn every_method_gives_the_same() {
    for (method, base64) in METHODS {
        let (seen, opened) =
            seen_as(Kind::Zip, &decoded(base64), &["sekisho", "first"], &mut Budget::default());
        assert_eq!(opened.unread, [], "{method}");
        let contents: Vec<_> = seen.iter().map(|(_, content)| String::from_utf8_lossy(content)).collect();
        assert_eq!(contents, [PLAN.repeat(3)], "{method}");
    }
}

#[test]
fn each_member_may_have_a_password_of_its_own() {
    let bytes = decoded(TRADITIONAL);
    assert_eq!(listed(&bytes, &["no", "barrier", "sekisho"]).0, ["plan.txt 171", "tool.ex_ 57"]);
    assert_eq!(seen_as(Kind::Zip, &bytes, &["no", "sekisho"], &mut Budget::default()).1.key, Some(1));
    let (lines, unread) = listed(&bytes, &["no", "sekisho"]);
    assert_eq!(lines, ["plan.txt 171", "tool.ex_ 57 locked"]);
    assert_eq!(unread, ["locked:tool.ex_"]);
    let (lines, unread) = listed(&bytes, &[]);
    assert_eq!(lines, ["plan.txt 171 locked", "tool.ex_ 57 locked"]);
    assert_eq!(unread, ["locked:plan.txt"]);
}

#[test]
fn aes_of_every_strength_is_opened() {
    let bytes = decoded(AES);
    let (lines, unread) = listed(&bytes, &["no", "first", "second", "third"]);
    assert_eq!(lines, ["nothing.exe 16", "plan.txt 171", "tool.ex_ 57"]);
    assert_eq!(unread, CLEAN);
    let (lines, unread) = listed(&bytes, &["third"]);
    assert_eq!(lines, ["nothing.exe 16", "plan.txt 171 locked", "tool.ex_ 57 locked"]);
    assert_eq!(unread, ["locked:plan.txt"]);
}

#[test]
fn a_password_in_cp932_opens() {
    assert_eq!(listed(&decoded(CP932), &["バス", "パス"]), (vec!["plan.txt 171".to_owned()], Vec::new()));
}

#[test]
fn a_wrong_password_is_never_believed() {
    let wrong: Vec<String> = (0..3000).map(|number| format!("wrong-{number}")).collect();
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
    // Stored bytes have no beginning that fails: only the CRC tells.
    let (seen, opened) = seen_as(Kind::Zip, &decoded(CP932), &wrong, &mut Budget::default());
    assert!(seen.iter().all(|(_, content)| content.is_empty()));
    assert!(opened.key.is_none() && opened.unread == [(Unread::Locked, "plan.txt".to_owned())]);
}

#[test]
fn a_purse_without_derivation_is_said() {
    let mut purse = Budget { derivation_left: 1500, ..Budget::default() };
    let (seen, opened) = seen_as(Kind::Zip, &decoded(AES), &["no", "first"], &mut purse);
    assert_eq!(seen.len(), 3);
    assert_eq!(opened.unread, [(Unread::Locked, "derivation".to_owned())]);
    let mut purse = Budget { derivation_left: 2500, ..Budget::default() };
    let (_, opened) = seen_as(Kind::Zip, &decoded(AES), &["no"], &mut purse);
    let details: Vec<&str> = opened.unread.iter().map(|(_, detail)| detail.as_str()).collect();
    assert_eq!(details, ["nothing.exe", "derivation"]);
}

/// Two members with passwords of their own: `sekisho`, `barrier`.
pub const TRADITIONAL: &str = "\
    UEsDBBQACQAIAMxWel1WX+JWKQAAAKsAAAAIAAAAcGxhbi50eHT7ay6M3Z4KFWEt+Cq/HXk0u8gRH3XeoIhUxYtyroJSIKmCqPMp\
    qgWhQVBLBwhWX+JWKQAAAKsAAABQSwMEFAAJAAgAzFZ6Xcw+cH84AAAAOQAAAAgAAAB0b29sLmV4X4vLg55PIsBUGH4fwrQ+JQJm\
    Cm0dLXlu5xq82iUPSxFXoLnm8I0yaCXCj3Lr+4o0bVi8GyadP4g1UEsHCMw+cH84AAAAOQAAAFBLAQIeAxQACQAIAMxWel1WX+JW\
    KQAAAKsAAAAIAAAAAAAAAAEAAACkgQAAAABwbGFuLnR4dFBLAQIeAxQACQAIAMxWel3MPnB/OAAAADkAAAAIAAAAAAAAAAEAAACk\
    gV8AAAB0b29sLmV4X1BLBQYAAAAAAgACAGwAAADNAAAAAAA=\
";

/// AES-192 `third`, AES-256 `first`, AES-128 `second`.
pub const AES: &str = "\
    UEsDBDMAAQBjAM1Wel0AAAAAKAAAABAAAAALAAsAbm90aGluZy5leGUBmQcAAgBBRQIAABbJvsPZInVmZ2XJrtf7q46g4ZxRY8ag\
    6+v7qBaRfjTCef/iZC2F7nlQSwMEMwABAGMAzVZ6XQAAAABJAAAAqwAAAAgACwBwbGFuLnR4dAGZBwACAEFFAwgAegPcSi5bDNCn\
    6MbdgHSLJKDOIOKv1bHxrIwdX356WHYG9Vdgtsc57eBRdt3pgIAylI4fCP5DRjlSjuLfV3zJVArwptjBQ1S1z1BLAwQzAAEAYwDN\
    VnpdAAAAAEsAAAA5AAAACAALAHRvb2wuZXhfAZkHAAIAQUUBCAAwg2JUmJv/96mQtC67t/ZVh2CNC+IB3+juucTARNXF2zVhflpz\
    tFpwm/VFopZjmNmAsNFu8uDQAA4sYVUy5Fl1Mfzj3lAmBf3MxCBQSwECPwMzAAEAYwDNVnpdAAAAACgAAAAQAAAACwAvAAAAAAAA\
    ACCApIEAAAAAbm90aGluZy5leGUKACAAAAAAAAEAGACxkeh/lH3dAQAAAAAAAAAAAAAAAAAAAAABmQcAAgBBRQIAAFBLAQI/AzMA\
    AQBjAM1Wel0AAAAASQAAAKsAAAAIAC8AAAAAAAAAIICkgVwAAABwbGFuLnR4dAoAIAAAAAAAAQAYALGR6H+Ufd0BAAAAAAAAAAAA\
    AAAAAAAAAAGZBwACAEFFAwgAUEsBAj8DMwABAGMAzVZ6XQAAAABLAAAAOQAAAAgALwAAAAAAAAAggKSB1gAAAHRvb2wuZXhfCgAg\
    AAAAAAABABgAsZHof5R93QEAAAAAAAAAAAAAAAAAAAAAAZkHAAIAQUUBCABQSwUGAAAAAAMAAwAyAQAAUgEAAAAA\
";

/// Stored, with the password `パス` in CP932.
pub const CP932: &str = "\
    UEsDBAoACQAAAMxWel1WX+JWtwAAAKsAAAAIAAAAcGxhbi50eHSMCMoa1emZdNOosnIkqBoVx2kPjNeYVgEX6z+AvFH401a7Fh2V\
    xkhwvVsZWAeK3+8ZSnKsy64p2NxAc7Sv+1KD5IPBF6IyGEeTr63x6pkfxjwU1loUXQSfSp9BxkOqNnm+142SFWtzcdL38RQne37y\
    N/SDsH1GhGA16faZGiYN0Qnn6sYjHtOqwqiC4O0AQ7DTFjFlvMZSJ9b994M3HwpL+5zhfZYnquGA2Dm2kYE29p6EaMhqACNQSwcI\
    Vl/iVrcAAACrAAAAUEsBAh4DCgAJAAAAzFZ6XVZf4la3AAAAqwAAAAgAAAAAAAAAAAAAAKSBAAAAAHBsYW4udHh0UEsFBgAAAAAB\
    AAEANgAAAO0AAAAAAA==\
";

/// One text in every method, encrypted and streamed as well.
pub const METHODS: &[(&str, &str)] = &[
    (
        "Deflate64",
        "\
        UEsDBBUAAAAJAM1Wel1WX+JWLQAAAKsAAAAIAAAAcGxhbi50eHS9y7ENACAIBMDeKRjAuIsjWKAxsfGBgu1ZgYr2kpu2oIzntO8x\
        sHT6CRqtPgZQSwECPwMVAAAACQDNVnpdVl/iVi0AAACrAAAACAAkAAAAAAAAACCApIEAAAAAcGxhbi50eHQKACAAAAAAAAEAGACx\
        keh/lH3dAQAAAAAAAAAAAAAAAAAAAABQSwUGAAAAAAEAAQBaAAAAUwAAAAAA\
        ",
    ),
    (
        "BZip2",
        "\
        UEsDBC4AAAAMAM1Wel1WX+JWTwAAAKsAAAAIAAAAcGxhbi50eHRCWmg5MUFZJlNZQSVNFQAADdOAABBABSAAI6Q+ICAAUKBgAApV\
        RtQB6T9U4sjS5jVkZGR5jmNxxHC7RuNx0jUbsX6Mj+LuSKcKEggkqaKgUEsBAj8DLgAAAAwAzVZ6XVZf4lZPAAAAqwAAAAgAJAAA\
        AAAAAAAggKSBAAAAAHBsYW4udHh0CgAgAAAAAAABABgAsZHof5R93QEAAAAAAAAAAAAAAAAAAAAAUEsFBgAAAAABAAEAWgAAAHUA\
        AAAAAA==\
        ",
    ),
    (
        "LZMA",
        "\
        UEsDBD8AAgAOAM1Wel1WX+JWMAAAAKsAAAAIAAAAcGxhbi50eHQZAQUAXQAQAAAAKJ1IJ1Yu0vb514f4ArMmmLFYvX78iCmHUwyu\
        T9JSXov//3akAABQSwECPwM/AAIADgDNVnpdVl/iVjAAAACrAAAACAAkAAAAAAAAACCApIEAAAAAcGxhbi50eHQKACAAAAAAAAEA\
        GACxkeh/lH3dAQAAAAAAAAAAAAAAAAAAAABQSwUGAAAAAAEAAQBaAAAAVgAAAAAA\
        ",
    ),
    (
        "PPMd",
        "\
        UEsDBD8AAABiAM1Wel1WX+JWIwAAAKsAAAAIAAAAcGxhbi50eHQHAFEl6J7ANM5htm7Oqm8pX+kqwin/Yts1syjJ3kalDZZaAFBL\
        AQI/Az8AAABiAM1Wel1WX+JWIwAAAKsAAAAIACQAAAAAAAAAIICkgQAAAABwbGFuLnR4dAoAIAAAAAAAAQAYALGR6H+Ufd0BAAAA\
        AAAAAAAAAAAAAAAAAFBLBQYAAAAAAQABAFoAAABJAAAAAAA=\
        ",
    ),
    (
        "XZ",
        "\
        UEsDBBQAAABfAM1Wel1WX+JWXAAAAKsAAAAIAAAAcGxhbi50eHT9N3pYWgAAAWki3jYCACEBAAAAADcnl9bgAKoAIF0AKJ1IJ1Yu\
        0vb514f4ArMmmLFYvX78iCmHUwyuT9ESK4AAVl/iVgABOKsBAAAA/5g3lD4wDYsCAAAAAAFZWlBLAQI/AxQAAABfAM1Wel1WX+JW\
        XAAAAKsAAAAIACQAAAAAAAAAIICkgQAAAABwbGFuLnR4dAoAIAAAAAAAAQAYALGR6H+Ufd0BAAAAAAAAAAAAAAAAAAAAAFBLBQYA\
        AAAAAQABAFoAAACCAAAAAAA=\
        ",
    ),
    (
        "streamed",
        "\
        UEsDBC0AAAAIAMxWel1WX+JW//////////8BABQALQEAEACrAAAAAAAAAB0AAAAAAAAACyxNLCpJLcqpVEjLTC8tSi3WUSgkQkiP\
        K5DuGgFQSwECHgMtAAAACADMVnpdVl/iVh0AAACrAAAAAQAAAAAAAAABAAAAgBEAAAAALVBLBgYsAAAAAAAAAB4DLQAAAAAAAAAA\
        AAEAAAAAAAAAAQAAAAAAAAAvAAAAAAAAAFAAAAAAAAAAUEsGBwAAAAB/AAAAAAAAAAEAAABQSwUGAAAAAAEAAQAvAAAAUAAAAAAA\
        ",
    ),
    (
        "streamed, stored",
        "\
        UEsDBC0AAAAAAMxWel1WX+JW//////////8BABQALQEAEACrAAAAAAAAAKsAAAAAAAAAUXVhcnRlcmx5IGZpZ3VyZXMsIHF1YXJ0\
        ZXJseSBmaWd1cmVzLCBxdWFydGVybHkgZmlndXJlcy4KUXVhcnRlcmx5IGZpZ3VyZXMsIHF1YXJ0ZXJseSBmaWd1cmVzLCBxdWFy\
        dGVybHkgZmlndXJlcy4KUXVhcnRlcmx5IGZpZ3VyZXMsIHF1YXJ0ZXJseSBmaWd1cmVzLCBxdWFydGVybHkgZmlndXJlcy4KUEsB\
        Ah4DLQAAAAAAzFZ6XVZf4larAAAAqwAAAAEAAAAAAAAAAAAAAIARAAAAAC1QSwYGLAAAAAAAAAAeAy0AAAAAAAAAAAABAAAAAAAA\
        AAEAAAAAAAAALwAAAAAAAADeAAAAAAAAAFBLBgcAAAAADQEAAAAAAAABAAAAUEsFBgAAAAABAAEALwAAAN4AAAAAAA==\
        ",
    ),
    (
        "streamed, encrypted",
        "\
        UEsDBC0ACQAIAMxWel1WX+JW//////////8BABQALQEAEACrAAAAAAAAACkAAAAAAAAAG51h2IIcCcMSu+uY1Fhk/TSyqQZy1SoH\
        TNBfWCqhgB17ybhtBd7kmwhQSwcIVl/iVikAAAAAAAAAqwAAAAAAAABQSwECHgMtAAkACADMVnpdVl/iVikAAACrAAAAAQAAAAAA\
        AAABAAAAgBEAAAAALVBLBgYsAAAAAAAAAB4DLQAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAvAAAAAAAAAHQAAAAAAAAAUEsGBwAA\
        AACjAAAAAAAAAAEAAABQSwUGAAAAAAEAAQAvAAAAdAAAAAAA\
        ",
    ),
    (
        "LZMA in AES-256",
        "\
        UEsDBD8AAwBjAM1Wel0AAAAATAAAAKsAAAAIAAsAcGxhbi50eHQBmQcAAgBBRQMOACdxKt96HHHnF49lBNNqZLqRfcVqe/dDtv5g\
        KGx8EAwILe9zcBsFcJpooKGXLx++kFHoMt1cENzNo6WaqDqF2eh2LHMx++Jqb8Qb5ghQSwECPwM/AAMAYwDNVnpdAAAAAEwAAACr\
        AAAACAAvAAAAAAAAACCApIEAAAAAcGxhbi50eHQKACAAAAAAAAEAGACxkeh/lH3dAQAAAAAAAAAAAAAAAAAAAAABmQcAAgBBRQMO\
        AFBLBQYAAAAAAQABAGUAAAB9AAAAAAA=\
        ",
    ),
];
