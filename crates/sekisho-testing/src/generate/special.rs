//! Mail that systems make in forms of their own: bounces, receipts, invitations (RFC 3464, RFC 8098, RFC 5545).

use super::slots::Scene;
use crate::encode::{Charset, Transfer, WordForm, header_text};
use crate::mime::{Entity, boundary};

/// The content of a special mail; `None` for a name that is not special.
pub(super) fn entity(kind: &str, scene: &mut Scene, text: &str) -> Option<Entity> {
    let shown = Entity::text("plain", text, Charset::Utf8, Transfer::Base64);
    let edge = boundary(&mut scene.rng, "=_special_");
    Some(match kind {
        "bounce" => {
            let original = original_header(scene);
            Entity::multipart(
                "report; report-type=delivery-status",
                vec![
                    shown,
                    Entity::plain("message/delivery-status", delivery_status(scene).as_bytes()),
                    Entity::plain("text/rfc822-headers", &original),
                ],
                &edge,
            )
        }
        "receipt" => {
            let notice = scene.fill(
                "Reporting-UA: {domain}; mail\r\nFinal-Recipient: rfc822;{address}\r\nOriginal-Message-ID: <{id}@midori.example>\r\n\
                 Disposition: manual-action/MDN-sent-manually; displayed\r\n",
            );
            Entity::multipart(
                "report; report-type=disposition-notification",
                vec![shown, Entity::plain("message/disposition-notification", notice.as_bytes())],
                &edge,
            )
        }
        "invitation" => {
            let calendar = calendar(scene);
            let mut event = Entity::text("calendar", &calendar, Charset::Utf8, Transfer::Base64);
            for (name, value) in &mut event.fields {
                if name == "Content-Type" {
                    value.extend_from_slice(b"; method=REQUEST");
                }
            }
            Entity::multipart("alternative", vec![shown, event], &edge)
        }
        _ => return None,
    })
}

fn delivery_status(scene: &mut Scene) -> String {
    scene.fill(
        "Reporting-MTA: dns; mx.midori.example\r\nArrival-Date: {iso}\r\n\r\nFinal-Recipient: rfc822; {id}@unknown.example\r\n\
         Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n",
    )
}

fn original_header(scene: &mut Scene) -> Vec<u8> {
    let subject = scene.fill("{project}の打合せについて");
    let head = scene.fill(
        "From: {me_address}\r\nTo: {id}@unknown.example\r\nMessage-ID: <{hex8}@midori.example>\r\nSubject: ",
    );
    [head.into_bytes(), header_text(&subject, Charset::Iso2022Jp, WordForm::B), b"\r\n".to_vec()].concat()
}

fn calendar(scene: &mut Scene) -> String {
    scene.fill(
        "BEGIN:VCALENDAR\nPRODID:-//Calendar//JA\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nDTSTART:{ymd}T010000Z\nDTEND:{ymd}T020000Z\n\
         DTSTAMP:{ymd}T000000Z\nORGANIZER;CN={sender_full}:mailto:{address}\nUID:{id2}@{domain}\nATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:{me_address}\n\
         SUMMARY:{project} 定例\nLOCATION:{place}\nSTATUS:CONFIRMED\nEND:VEVENT\nEND:VCALENDAR\n",
    )
}
