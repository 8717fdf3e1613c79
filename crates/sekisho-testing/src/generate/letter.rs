//! One text, one world, one stream of numbers → one raw mail. The way of a mail from words to bytes stands in [`write`].

use super::client::{Bodies, Client, Habits};
use super::quote::{self, Earlier};
use super::slots::{Scene, business_day};
use super::texts::{Frame, From, Shape, Text, Thread, texts};
use super::world::{Party, World};
use super::{Direction, Generated, html, prose, special};
use crate::encode::{Charset, WordForm, header_text, mailbox};
use crate::mime::{Entity, boundary, field, media_of};
use crate::{Rng, files};
use jiff::ToSpan;
use jiff::civil::{DateTime, date};

/// Writes the mail on some day of some year.
pub(crate) fn write(text: &'static Text, number: usize, world: &World, mut rng: Rng) -> Generated {
    let when = moment(&mut rng, &text.months);
    write_at(text, number, world, rng, when)
}

/// Writes the mail: people, words, thread, parts, header.
pub(crate) fn write_at(
    text: &'static Text,
    number: usize,
    world: &World,
    mut rng: Rng,
    when: DateTime,
) -> Generated {
    let direction = match text.from {
        From::Outgoing => Direction::Outgoing,
        From::Colleague => Direction::Internal,
        _ => Direction::Incoming,
    };
    let sender = world.sender(text, &mut rng);
    let own = other_than(&mut rng, &sender.address);
    let receiver = if direction == Direction::Outgoing { world.partner(&mut rng) } else { Party::own(own) };
    let own_address = if direction == Direction::Outgoing { own_address(&sender) } else { own.address };
    let habits = sender.client.habits_today(&mut rng);
    let mut scene = Scene::new(rng, when, sender, receiver);
    let display = scene.sender.display.clone();
    scene.sender.display = scene.fill(&display);
    let words = words(&mut scene, world, text, &habits);
    let mut content = content(&mut scene, text, &habits, &words);
    let mut fields = header(&mut scene, text, &habits, &words);
    fields.append(&mut content.fields);
    content.fields = fields;
    let mut bytes = Vec::new();
    content.write(&mut bytes);
    Generated { bytes, about: text.about, text: number, direction, own_address }
}

/// The words of a mail before they become parts.
struct Words {
    subject: String,
    body: String,
    quoted: Option<String>,
    earlier: Option<Earlier>,
    thread: Thread,
}

fn words(scene: &mut Scene, world: &World, text: &Text, habits: &Habits) -> Words {
    let subject = *scene.rng.pick(&text.subjects);
    let subject = scene.fill(subject);
    let thread = match text.thread {
        Thread::Either if text.frame == Frame::Full && !subject.contains('【') && scene.rng.chance(30) => {
            Thread::Reply
        }
        Thread::Either => Thread::New,
        fixed => fixed,
    };
    let mut body = prose::letter(scene, text, thread == Thread::Reply);
    let earlier = match thread {
        Thread::Reply | Thread::Forward => Some(earlier(scene, world, &subject, thread)),
        _ => None,
    };
    let quoted = earlier.as_ref().and_then(|earlier| match thread {
        Thread::Forward => Some(quote::forward(scene.sender.client, earlier)),
        // One answer in eight comes without the text that it answers.
        _ if scene.rng.chance(12) => None,
        _ => Some(quote::reply(scene.sender.client, earlier)),
    });
    let prefix = match thread {
        Thread::Reply => habits.reply,
        Thread::Forward => habits.forward,
        _ => "",
    };
    let answered = subject.to_lowercase().starts_with("re:") && thread == Thread::Reply;
    let mut subject = if answered { subject } else { format!("{prefix}{subject}") };
    if let Some(list) = text.list {
        subject = format!("[{list}:{}] {subject}", scene.rng.between(100, 9999));
        body = format!(
            "{body}\n\n_______________________________________________\n{list} mailing list\n{list}@lists.{}\nhttps://lists.{}/mailman/listinfo/{list}",
            scene.sender.domain(),
            scene.sender.domain()
        );
    }
    Words { subject, body, quoted, earlier, thread }
}

/// The mail that is answered or forwarded.
fn earlier(scene: &mut Scene, world: &World, subject: &str, thread: Thread) -> Earlier {
    // In an answer the roles are turned round; what is forwarded came to the sender from somebody else.
    let (writer, reader) = match thread {
        Thread::Reply => (scene.receiver.clone(), scene.sender.clone()),
        _ => (world.partner(&mut scene.rng), scene.sender.clone()),
    };
    let candidates: Vec<&Text> = texts().iter().filter(|text| could_write(&writer, text)).collect();
    let chosen: &Text = scene.rng.pick::<&Text>(&candidates);
    let mut rng = Rng::new(scene.rng.draw());
    let back = rng.between(1, 5) as i64;
    let when = scene.date.saturating_sub(back.days()).with().hour(rng.between(8, 19) as i8).build();
    let when = when.unwrap_or(scene.date);
    let mut inner = Scene::new(rng, when, writer.clone(), reader.clone());
    let body = prose::letter(&mut inner, chosen, false);
    let plain_subject = subject.trim_start_matches("Re: ").trim_start_matches("RE: ").to_owned();
    Earlier {
        message_id: writer.client.message_id(&mut inner.rng, writer.domain()),
        date: when,
        name: writer.full,
        address: writer.address,
        to_name: reader.full,
        to_address: reader.address,
        subject: plain_subject,
        body,
    }
}

fn could_write(writer: &Party, text: &Text) -> bool {
    let fits = match &text.from {
        From::Outgoing => writer.trade == "own",
        From::Trades(trades) => trades.contains(&writer.trade),
        _ => false,
    };
    fits && text.frame == Frame::Full && text.list.is_none() && text.thread != Thread::Forward
}

fn content(scene: &mut Scene, text: &Text, habits: &Habits, words: &Words) -> Entity {
    if let Some(kind) = text.special
        && let Some(entity) = special::entity(kind, scene, &words.body)
    {
        return entity;
    }
    let shown = bodies(scene, text, habits, words);
    let mut parts = vec![shown];
    for name in &text.attachments {
        parts.push(attachment(scene, habits, name));
    }
    let edge = boundary(&mut scene.rng, habits.boundary);
    Entity::multipart("mixed", parts, &edge)
}

fn bodies(scene: &mut Scene, text: &Text, habits: &Habits, words: &Words) -> Entity {
    if text.shape == Shape::Newsletter {
        let plain = html::newsletter_text(&words.body);
        let page = html::newsletter(&mut scene.rng, &words.body, text.via);
        let web = Entity::text("html", &page, Charset::Utf8, habits.transfer);
        if scene.rng.chance(25) {
            return web;
        }
        let side = Entity::text("plain", &plain, Charset::Utf8, habits.transfer);
        let edge = boundary(&mut scene.rng, "=_news_");
        return Entity::multipart("alternative", vec![side, web], &edge);
    }
    let mut plain = words.body.clone();
    if let Some(quoted) = &words.quoted {
        plain = format!("{plain}\n\n{quoted}");
    }
    plain.push('\n');
    let side = Entity::text("plain", &plain, habits.charset, habits.transfer);
    let choice = if text.shape == Shape::Plain { Bodies::Plain } else { habits.bodies };
    if choice == Bodies::Plain {
        return side;
    }
    let page = html::letter(scene.sender.client, &words.body, words.quoted.as_deref());
    let logo = matches!(text.from, From::Trades(_)) && scene.sender.taste.is_multiple_of(6);
    let id = format!("image001.png@01DA{}", scene.rng.hex(8).to_uppercase());
    let page = if logo {
        page.replace("</body>", &format!("<img src=\"cid:{id}\" alt=\"\">\n</body>"))
    } else {
        page
    };
    let web = Entity::text("html", &page, habits.charset, habits.transfer);
    let both = if choice == Bodies::HtmlOnly {
        web
    } else {
        let edge = boundary(&mut scene.rng, habits.boundary);
        Entity::multipart("alternative", vec![side, web], &edge)
    };
    if !logo {
        return both;
    }
    let edge = boundary(&mut scene.rng, "_004_");
    let picture = Entity::inline("image001.png", "image/png", &files::png(), &id);
    Entity::multipart("related; type=\"multipart/alternative\"", vec![both, picture], &edge)
}

fn attachment(scene: &mut Scene, habits: &Habits, template: &str) -> Entity {
    let filled = scene.fill(template);
    if let Some(name) = filled.strip_prefix("locked:") {
        let inner = name.replace(".zip", ".pdf");
        let bytes = files::locked_zip(&mut scene.rng, &[inner.as_str()]);
        return Entity::file(name, "application/zip", &bytes, habits.naming);
    }
    let bytes = files::by_name(&mut scene.rng, &filled);
    Entity::file(&filled, media_of(&filled), &bytes, habits.naming)
}

fn header(scene: &mut Scene, text: &Text, habits: &Habits, words: &Words) -> Vec<(String, Vec<u8>)> {
    let sender = scene.sender.clone();
    let mut fields = Vec::new();
    let returned = match text.via {
        // A bounce has no sender in the envelope (RFC 5321 section 4.5.5).
        None if text.special == Some("bounce") => String::new(),
        Some(service) => format!("bounces+{}@{service}", scene.rng.digits(9)),
        None => sender.address.clone(),
    };
    fields.push(field("Return-Path", format!("<{returned}>")));
    fields.append(&mut trace(scene, text, &returned));
    if let Some((name, value)) = habits.mailer {
        fields.push(field(name, value));
    }
    fields.push(field("Date", rfc5322(scene.date)));
    let listed = text.list.map(|list| format!("{list}@lists.{}", sender.domain()));
    let from = match &listed {
        // Lists that keep DMARC whole put themselves into From.
        Some(address) if scene.rng.chance(40) => mailbox(
            &format!("{} via {}", sender.full, text.list.unwrap_or_default()),
            address,
            habits.charset,
            habits.words,
        ),
        _ => mailbox(&sender.display, &sender.address, habits.charset, habits.words),
    };
    fields.push(("From".into(), from));
    fields.push(("To".into(), to(scene, habits, listed.as_deref())));
    if let Some(list) = listed {
        fields.push(field("Reply-To", format!("<{list}>")));
        fields.push(field("List-Id", format!("<{}>", list.replace('@', "."))));
        fields.push(field("Precedence", "list"));
    } else if let Some(address) = text.reply_to {
        let address = scene.fill(address);
        fields.push(field("Reply-To", address));
    }
    if text.shape == Shape::Newsletter {
        let unsubscribe = format!("<https://www.{}/unsubscribe/{}>", sender.domain(), scene.rng.hex(16));
        fields.push(field("List-Unsubscribe", unsubscribe));
    }
    fields.push(("Subject".into(), header_text(&words.subject, habits.charset, habits.words)));
    let id = sender.client.message_id(&mut scene.rng, sender.domain());
    fields.push(field("Message-ID", id));
    thread_fields(scene, words, &mut fields);
    habit_fields(scene, habits, &mut fields);
    fields.push(field("MIME-Version", "1.0"));
    fields
}

fn to(scene: &mut Scene, habits: &Habits, list: Option<&str>) -> Vec<u8> {
    if let Some(list) = list {
        return list.as_bytes().to_vec();
    }
    let receiver = &scene.receiver;
    let name = match scene.rng.below(4) {
        0 => String::new(),
        1 => format!("{}様", receiver.full.replace(' ', "")),
        _ => receiver.full.clone(),
    };
    let words = if habits.words == WordForm::Raw { WordForm::B } else { habits.words };
    mailbox(&name, &receiver.address, habits.charset, words)
}

fn thread_fields(scene: &mut Scene, words: &Words, fields: &mut Vec<(String, Vec<u8>)>) {
    let Some(earlier) = &words.earlier else { return };
    // Forwarding starts a new thread in most programs; some phones and form systems lose it in answers too.
    let kept = words.thread == Thread::Reply && scene.rng.chance(90);
    if kept {
        fields.push(field("In-Reply-To", &earlier.message_id));
        let first = format!("<{}@{}>", scene.rng.alphanumeric(20), scene.sender.domain());
        let chain = if scene.rng.chance(40) {
            format!("{first}\r\n {}", earlier.message_id)
        } else {
            earlier.message_id.clone()
        };
        fields.push(field("References", chain));
    }
}

/// What some people and programs add: copies, a sender on behalf, the wish for a receipt, importance.
fn habit_fields(scene: &mut Scene, habits: &Habits, fields: &mut Vec<(String, Vec<u8>)>) {
    let sender = scene.sender.clone();
    if sender.trade == "service" || sender.trade == "private" {
        return;
    }
    if scene.rng.chance(20) {
        let mut colleague = other_than(&mut scene.rng, &scene.receiver.address);
        while colleague.address == sender.address {
            colleague = other_than(&mut scene.rng, &scene.receiver.address);
        }
        fields.push(("Cc".into(), mailbox(colleague.name, colleague.address, habits.charset, WordForm::B)));
    }
    if scene.rng.chance(3) {
        let name = format!("{} 秘書室", sender.company);
        let address = format!("secretary@{}", sender.domain());
        fields.push(("Sender".into(), mailbox(&name, &address, habits.charset, WordForm::B)));
    }
    if scene.rng.chance(4) {
        fields.push(field("Disposition-Notification-To", format!("<{}>", sender.address)));
    }
    match sender.client {
        Client::Outlook | Client::OutlookEnglish => {
            fields.push(field("Accept-Language", "ja-JP, en-US"));
            fields.push(field("Content-Language", "ja-JP"));
            fields.push(field("X-MS-Exchange-Organization-SCL", "1"));
        }
        Client::OutlookOld if scene.rng.chance(10) => {
            fields.push(field("X-Priority", "1"));
            fields.push(field("Importance", "High"));
        }
        Client::Becky if scene.rng.chance(10) => fields.push(field("X-Priority", "3")),
        _ => {}
    }
}

fn trace(scene: &mut Scene, text: &Text, returned: &str) -> Vec<(String, Vec<u8>)> {
    let domain = scene.sender.domain().to_owned();
    let carrier = text.via.map_or_else(|| format!("mail.{domain}"), |via| format!("o1.{via}"));
    let stamp = rfc5322(scene.date);
    let id = scene.rng.alphanumeric(11);
    let ip = scene.fill("{ip}");
    let mut fields = Vec::new();
    if domain != "midori.example" {
        fields.push(field(
            "Received",
            format!("from {carrier} ({carrier} [{ip}])\r\n\tby mx.midori.example (Postfix) with ESMTPS id {id}\r\n\tfor <{}>; {stamp}", scene.receiver.address),
        ));
        let envelope = returned.rsplit_once('@').map_or(carrier.as_str(), |(_, domain)| domain);
        fields.push(field(
            "Authentication-Results",
            format!("mx.midori.example;\r\n\tspf=pass smtp.mailfrom={envelope};\r\n\tdkim=pass header.d={domain};\r\n\tdmarc=pass header.from={domain}"),
        ));
    }
    let inner = scene.rng.alphanumeric(9);
    fields.push(field("Received", format!("by {carrier} with ESMTPA id {inner};\r\n\t{stamp}")));
    fields
}

fn moment(rng: &mut Rng, months: &[i8]) -> DateTime {
    let year = rng.between(2023, 2026) as i16;
    let month = if months.is_empty() { rng.between(1, 10) as i8 } else { *rng.pick(months) };
    // No office writes mail in the first three days of a year.
    let day = business_day(date(year, month, rng.between(4, 24) as i8));
    day.at(rng.between(8, 19) as i8, rng.below(60) as i8, rng.below(60) as i8, 0)
}

fn rfc5322(when: DateTime) -> String {
    when.strftime("%a, %d %b %Y %H:%M:%S +0900").to_string()
}

fn other_than(rng: &mut Rng, address: &str) -> &'static crate::Person {
    let people: Vec<&'static crate::Person> =
        crate::organisation().people.iter().filter(|person| person.address != address).collect();
    rng.pick::<&'static crate::Person>(&people)
}

fn own_address(sender: &Party) -> &'static str {
    crate::organisation()
        .people
        .iter()
        .find(|person| person.address == sender.address)
        .map_or("info@midori.example", |person| person.address)
}
