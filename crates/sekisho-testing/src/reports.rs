//! A seed → DMARC aggregate reports as receivers send them: some dozen reporters, most of them with a few records and the
//! large ones with hundreds, as ZIP, gzip, plain XML or a mail with one of these attached.

use std::fmt::Write as _;
use std::io::Write as _;

use data_encoding::BASE64;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use crate::Rng;

/// Days over which reports are spread.
pub const DAYS: usize = 90;

/// Domains reported on, `d0.example` and so on.
pub const DOMAINS: usize = 20;

/// Reporters; the first ones are the large ones.
const REPORTERS: usize = 60;

/// Midnight of the first day, UTC: 1 August 2026.
const BEGIN: u64 = 1_785_542_400;

/// A file with one report.
pub struct ReportFile {
    /// Its name, different for each index.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Mails that it counts.
    pub messages: u64,
}

/// Report number `index` of the family `seed`.
pub fn report(seed: u64, index: u64) -> ReportFile {
    let mut rng = Rng::stream(seed, index);
    let reporter = rng.below(REPORTERS).min(rng.below(REPORTERS));
    let domain = format!("d{}.example", rng.below(DOMAINS).min(rng.below(DOMAINS)));
    let begin = BEGIN + rng.below(DAYS) as u64 * 86_400;
    // Most reports of most receivers are short; a large receiver now and then has hundreds of sources.
    let records = match (reporter, rng.below(100)) {
        (0..5, 0..20) => rng.between(100, 500),
        (0..5, _) => rng.between(5, 60),
        (_, 0..3) => rng.between(50, 200),
        _ => rng.between(1, 8),
    };
    let shape = reporter % 4;
    let mut xml = String::with_capacity(records * 900);
    head(&mut xml, shape, reporter, index, &domain, begin);
    let mut messages = 0;
    for _ in 0..records {
        messages += record(&mut xml, &mut rng, shape, &domain);
    }
    xml.push_str("</feedback>\n");
    if shape == 1 {
        xml = xml.replace('\n', "\r\n");
    }
    let stem = format!("r{reporter}.example!{domain}!{begin}!{}!{index}", begin + 86_399);
    let (name, bytes) = pack(&mut rng, &stem, xml.as_bytes());
    ReportFile { name, bytes, messages }
}

fn head(xml: &mut String, shape: usize, reporter: usize, index: u64, domain: &str, begin: u64) {
    let root = match shape {
        0 => "<feedback>\n",
        1 => {
            "<feedback xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<version>1.0</version>\n"
        }
        2 => "<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">\n<version>1.0</version>\n",
        _ => "<feedback><version>1.0</version>",
    };
    let _ = write!(
        xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}<report_metadata>\n<org_name>r{reporter}.example</org_name>\n<email>dmarc@r{reporter}.example</email>\n\
         <report_id>{index}.{begin}</report_id>\n<date_range>\n<begin>{begin}</begin>\n<end>{}</end>\n</date_range>\n</report_metadata>\n\
         <policy_published>\n<domain>{domain}</domain>\n<adkim>r</adkim>\n<aspf>r</aspf>\n<p>none</p>\n<sp>none</sp>\n{}</policy_published>\n",
        begin + 86_399,
        if shape == 2 {
            "<testing>n</testing>\n<discovery_method>treewalk</discovery_method>\n"
        } else {
            "<pct>100</pct>\n"
        }
    );
}

/// One record: our servers, a service, a forwarder, a mailing list, a forger.
fn record(xml: &mut String, rng: &mut Rng, shape: usize, domain: &str) -> u64 {
    let count = if rng.chance(70) { rng.between(1, 5) } else { rng.between(1, 400) } as u64;
    let (address, dkim, spf, carrier, reason) = match rng.below(100) {
        0..55 => (format!("203.0.113.{}", rng.between(1, 9)), "pass", "pass", None, ""),
        55..75 => (format!("198.51.100.{}", rng.between(1, 250)), "pass", "fail", Some("news.example"), ""),
        75..85 => (
            format!("192.0.2.{}", rng.between(1, 250)),
            "fail",
            "fail",
            Some("lists.example"),
            "mailing_list",
        ),
        85..92 => {
            (format!("2001:db8:{:x}::{:x}", rng.below(40), rng.between(1, 90)), "pass", "fail", None, "")
        }
        _ => (
            format!("10.{}.{}.{}", rng.below(20), rng.below(200), rng.between(1, 254)),
            "fail",
            "fail",
            None,
            "",
        ),
    };
    let done = if shape == 2 && dkim == "pass" { "pass" } else { "none" };
    let _ = write!(
        xml,
        "<record>\n<row>\n<source_ip>{address}</source_ip>\n<count>{count}</count>\n<policy_evaluated>\n<disposition>{done}</disposition>\n<dkim>{dkim}</dkim>\n<spf>{spf}</spf>\n"
    );
    if !reason.is_empty() {
        let _ = write!(xml, "<reason>\n<type>{reason}</type>\n<comment></comment>\n</reason>\n");
    }
    let _ = write!(
        xml,
        "</policy_evaluated>\n</row>\n<identifiers>\n<header_from>{domain}</header_from>\n</identifiers>\n<auth_results>\n"
    );
    if dkim == "pass" {
        let _ = write!(
            xml,
            "<dkim>\n<domain>{domain}</domain>\n<selector>s1</selector>\n<result>pass</result>\n</dkim>\n"
        );
    }
    if let Some(carrier) = carrier {
        let _ = write!(
            xml,
            "<dkim>\n<domain>{carrier}</domain>\n<selector>k{}</selector>\n<result>pass</result>\n</dkim>\n",
            rng.below(3)
        );
    }
    let (from, result) = match (carrier, spf) {
        (Some(carrier), _) => (carrier, "pass"),
        (None, "pass") => (domain, "pass"),
        _ => (domain, "softfail"),
    };
    let _ = write!(
        xml,
        "<spf>\n<domain>{from}</domain>\n<scope>mfrom</scope>\n<result>{result}</result>\n</spf>\n</auth_results>\n</record>\n"
    );
    count
}

fn pack(rng: &mut Rng, stem: &str, xml: &[u8]) -> (String, Vec<u8>) {
    match rng.below(100) {
        0..45 => (format!("{stem}.xml.gz"), gzip(xml)),
        45..80 => (format!("{stem}.zip"), zip(&format!("{stem}.xml"), xml)),
        80..90 => (format!("{stem}.xml"), xml.to_vec()),
        _ => (format!("{stem}.eml"), mail(stem, &gzip(xml))),
    }
}

/// A gzip file.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// A ZIP archive with one deflated member (APPNOTE 4.3).
pub fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let _ = encoder.write_all(bytes);
    let packed = encoder.finish().unwrap_or_default();
    let mut checksum = flate2::Crc::new();
    checksum.update(bytes);
    let length = |of: usize| u32::try_from(of).unwrap_or(u32::MAX).to_le_bytes();
    // What the local and the central header have in common, from the version needed to the length of the extra field.
    let mut shared = vec![20, 0, 0, 0, 8, 0, 0, 0, 33, 93];
    shared.extend(checksum.sum().to_le_bytes());
    shared.extend(length(packed.len()));
    shared.extend(length(bytes.len()));
    shared.extend(&length(name.len())[..2]);
    shared.extend([0, 0]);
    let local = [b"PK\x03\x04", shared.as_slice(), name.as_bytes(), &packed].concat();
    let central = [b"PK\x01\x02\x14\x00", shared.as_slice(), &[0; 14], name.as_bytes()].concat();
    let end =
        [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &length(central.len()), &length(local.len()), &[0, 0]]
            .concat();
    [local, central, end].concat()
}

/// A mail with a report attached.
fn mail(stem: &str, attached: &[u8]) -> Vec<u8> {
    let encoded = BASE64.encode(attached);
    let lines: Vec<&str> =
        encoded.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    format!(
        "From: dmarc@reporter.example\r\nTo: dmarc@midori.example\r\nSubject: Report Domain: {stem}\r\nMessage-ID: <{stem}@reporter.example>\r\n\
         Date: Sat, 01 Aug 2026 00:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nThis is an aggregate report.\r\n--b\r\nContent-Type: application/gzip\r\n\
         Content-Disposition: attachment; filename=\"{stem}.xml.gz\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_the_same_report() {
        let (one, again, other) = (report(1, 5), report(1, 5), report(1, 6));
        assert_eq!((one.name.as_str(), &one.bytes), (again.name.as_str(), &again.bytes));
        assert_ne!(one.name, other.name);
        assert!(one.messages > 0);
    }
}
