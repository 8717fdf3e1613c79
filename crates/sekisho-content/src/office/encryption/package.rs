//! A compound file that wraps an encrypted package → the package ([MS-OFFCRYPTO] 2.3.4.1 to 2.3.4.4).

use super::{Attempt, Closed, Found, agile, binary, standard};
use crate::number::u16_le;
use crate::office::compound::Compound;

pub(super) fn unlock(bytes: &[u8], attempt: &mut Attempt<'_>) -> Result<Found, Closed> {
    let compound = Compound::parse(bytes).ok_or(Closed::Damaged)?;
    let Some(entry) = compound.find("EncryptionInfo") else {
        let rights = compound.entries().iter().any(|entry| entry.key.contains("drmtransform"));
        return Err(if rights { Closed::Rights } else { Closed::Damaged });
    };
    // Beside the package some programs may believe in a document in the open, which then is not looked at.
    const OTHERS: [&str; 4] = ["workbook", "book", "worddocument", "powerpoint document"];
    if compound.top().iter().any(|entry| OTHERS.contains(&entry.key.as_str())) {
        attempt.damaged = Some("two documents in one");
    }
    let info = binary::stream(&compound, entry, attempt)?;
    let package = compound.find("EncryptedPackage").ok_or(Closed::Damaged)?;
    let package = binary::stream(&compound, package, attempt)?;
    match u16_le(&info, 0).zip(u16_le(&info, 2)).ok_or(Closed::Damaged)? {
        (4, 4) => agile::unlock(info.get(8..).unwrap_or_default(), &package, attempt),
        (2..=4, 2) => standard::unlock(&info, &package, attempt),
        // 3.3 and 4.3 are extensible: a module of the sender's own decrypts.
        _ => Err(Closed::Unknown),
    }
}
