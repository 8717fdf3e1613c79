//! Objects as bytes → deeds and members.

use crate::office::compound::SIGNATURE;
use crate::{Budget, Keys, Kind, kind, open, sample};

fn told(bytes: &[u8], kind_of: Kind) -> String {
    let mut members = Vec::new();
    let opened = open(bytes, kind_of, &Keys::default(), &mut Budget::default(), &mut |member| {
        members.push(format!("{}={}", member.names.join("|"), kind(&member.bytes).id()));
    });
    let deeds = opened.deeds.iter().map(|deed| format!("{:?} {:?}", deed.kind, deed.danger));
    deeds.chain(members).collect::<Vec<_>>().join(", ")
}

#[test]
fn cut_and_changed_documents_end() {
    let bytes = sample(Kind::Ole).unwrap();
    assert!(bytes.starts_with(&SIGNATURE));
    for end in (0..bytes.len()).step_by(61) {
        let _ = told(&bytes[..end], Kind::Ole);
    }
    let mut seed = 11_u32;
    for _ in 0..1000 {
        let mut changed = bytes.clone();
        for _ in 0..6 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (seed >> 8) as usize % 2048.min(changed.len());
            changed[at] = (seed & 0xff) as u8;
        }
        let _ = told(&changed, Kind::Ole);
    }
}
