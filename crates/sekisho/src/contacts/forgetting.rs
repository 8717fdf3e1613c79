//! `contacts forget`: a person → nothing but a mark, and what was forgotten, what stays and how that goes, in words; `contacts readmit`: no mark.

use jiff::Timestamp;
use sekisho_mail::Address;
use sekisho_store::{Forgotten, Store, StoreError};

use super::{EXIT_DONE, EXIT_FAILED, EXIT_NOTHING};
use crate::conversations::{agreed, opened};
use crate::decisions;
use crate::flags::{Forget, Readmit};
use crate::learn::withdraw;
use crate::memory;
use crate::setup::Setup;
use crate::terminal;
use crate::words::{either, harmless_address};

/// Asks, and forgets.
pub fn run(forget: &Forget, setup: &Setup) -> Result<u8, String> {
    let lang = setup.lang;
    decisions::by_whom(&forget.by, lang)?;
    drop(opened(setup)?);
    let address = harmless_address(&forget.address.to_string());
    let question = either(
        lang,
        format!("{address} について覚えていることをすべて消します。元には戻せません。よろしいですか"),
        format!("Everything remembered of {address} is removed for good. Go on?"),
    );
    if !agreed(forget.yes, &question, setup)? {
        return Ok(EXIT_FAILED);
    }
    let refused = |error: StoreError| memory::words(&error, lang);
    let mut store = memory::open(setup).map_err(|error| error.words(lang))?;
    let forgotten =
        store.forget(&forget.address, &forget.by, Timestamp::now().as_second()).map_err(refused)?;
    memory::erase(&mut store, setup);
    let staying = mails_in_mailbox(&mut store, &forget.address).map_err(refused)?;
    let is_nothing = forgotten == Forgotten::default();
    if !is_nothing {
        let _ = terminal::print(&told(&address, forgotten, setup));
    }
    if staying > 0 {
        let _ = terminal::print(&told_staying(&address, staying, setup));
    } else if is_nothing {
        let _ = terminal::print(&told_nothing(&address, setup));
        return Ok(EXIT_NOTHING);
    }
    Ok(EXIT_DONE)
}

/// Takes the mark back.
pub fn readmit(readmit: &Readmit, setup: &Setup) -> Result<u8, String> {
    let lang = setup.lang;
    drop(opened(setup)?);
    let address = harmless_address(&readmit.address.to_string());
    let mut store = memory::open(setup).map_err(|error| error.words(lang))?;
    let was_there = store.let_return(&readmit.address).map_err(|error| memory::words(&error, lang))?;
    let (text, status) = match was_there {
        true => (
            either(
                lang,
                format!(
                    "{address} を忘れたときの印を外しました。これから届くメールは学習します。これまでのメールも、同じメールボックスで `sekisho learn` をもう一度実行すれば、残っている分を学習し、こちらから送ったメールの相手としても元に戻ります。それまでは、こちらのメールを引用した返信に警告が出ることがあります。確認や例外は戻りませんので、必要なら登録し直してください\n"
                ),
                format!(
                    "The mark of {address} is taken back, and their mail is learned from now on. Run `sekisho learn` once more over the same mailboxes: what still lies there is learned, and they are put back as receivers of your own mail. Until then their answers that quote your mail may be warned of. Confirmations and exceptions do not come back; make them again where they are needed.\n"
                ),
            ),
            EXIT_DONE,
        ),
        false => (
            either(
                lang,
                format!("{address} を忘れた印はありません。アドレスが正しいか確かめてください\n"),
                format!("{address} bears no mark of having been forgotten; check the address\n"),
            ),
            EXIT_NOTHING,
        ),
    };
    let _ = terminal::print(&text);
    Ok(status)
}

/// How many mails are remembered from a mailbox of this owner.
fn mails_in_mailbox(store: &mut Store, owner: &Address) -> Result<u64, StoreError> {
    let owner = owner.to_string();
    let mailboxes = store.summary()?.mailboxes;
    let own = mailboxes.iter().find(|summary| summary.mailbox.eq_ignore_ascii_case(&owner));
    Ok(own.map_or(0, |summary| summary.mails))
}

fn told(address: &str, forgotten: Forgotten, setup: &Setup) -> String {
    let Forgotten { mails, received, facts } = forgotten;
    either(
        setup.lang,
        format!(
            "{address} を忘れました: この人からのメール {mails} 通、宛先や写しとしての記録 {received} 件、名前・知らせ・確認・例外 {facts} 件。学習し直しても戻らないよう、内容のない印だけを残しました\n"
        ),
        format!(
            "Forgot {address}: {mails} mails from them, {received} entries as a receiver, {facts} names, announcements, confirmations and exceptions. \
             A mark without content stays, so that learning again does not bring them back.\n"
        ),
    )
}

/// The mailbox's own mails are what others wrote: they are taken with the mailbox.
fn told_staying(address: &str, mails: u64, setup: &Setup) -> String {
    let command = withdraw::of_mailbox(address);
    either(
        setup.lang,
        format!(
            "{address} さんのメールボックスから学習した、ほかの方のメール {mails} 通は残っています。これも消すには {command} を実行してください\n"
        ),
        format!(
            "What others wrote to the mailbox of {address} stays (mails: {mails}). To remove it too, run {command}.\n"
        ),
    )
}

fn told_nothing(address: &str, setup: &Setup) -> String {
    either(
        setup.lang,
        format!(
            "{address} について覚えていることはありませんでした。アドレスが正しいか確かめてください。これから学習することのないよう、内容のない印だけを残しました。打ち間違いなら `sekisho contacts readmit {address}` で印を外せます\n"
        ),
        format!(
            "Nothing was known of {address}: check the address. A mark without content is kept, so that it is not learned later; if it was mistyped, `sekisho contacts readmit {address}` takes the mark back.\n"
        ),
    )
}
