//! Any bytes as a header block → what trusted hosts recorded, and what we write of it, which reads back as it was written.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_facts::Envelope;
use sekisho_mail::{AuthenticationResults, Limits, Received, ReceivedSpf, read};
use sekisho_sender::{Trust, authentication_results, is_forged_claim, recorded};

fuzz_target!(|bytes: &[u8]| {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let trust = Trust {
        authserv_ids: names(&["mx.midori.example"]),
        border_hosts: names(&["mx.midori.example", "10.0.0.0/8"]),
        ..Trust::default()
    };
    let anywhere = Trust { border_hosts: Vec::new(), ..trust.clone() };
    AuthenticationResults::parse(bytes);
    Received::parse(bytes);
    ReceivedSpf::parse(bytes);
    is_forged_claim("Authentication-Results", bytes, &trust);
    let message = read(bytes, &Limits::default());
    for trust in [&trust, &anywhere] {
        let sender = recorded(&message, trust).sender;
        let value = authentication_results("mx.midori.example", &sender, &Envelope::default());
        let field = AuthenticationResults::parse(value.replace("\r\n", "").as_bytes());
        assert_eq!(field.id.as_deref(), Some("mx.midori.example"));
        let written = value.matches(";\r\n\t").count() - usize::from(value.ends_with("\tnone"));
        assert_eq!(field.results.len(), written, "{value}");
    }
});
