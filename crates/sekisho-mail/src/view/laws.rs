//! What must hold for every view, whatever it was made from.

use std::ops::Range;

use super::{HiddenBy, View};
use crate::Limits;

/// Panics where a view breaks a promise of its type.
pub(super) fn hold(view: &View) {
    let inside =
        |range: &Range<usize>| assert!(view.text.get(range.clone()).is_some(), "{range:?} of {view:?}");
    let mut last = 0;
    for hidden in &view.hidden {
        assert!(view.text.is_char_boundary(hidden.at) && hidden.at >= last, "{view:?}");
        assert!(hidden.text.chars().count() <= 4_000);
        last = hidden.at;
    }
    let mut last = 0;
    for link in &view.links {
        inside(&link.range);
        assert!(link.range.start >= last, "{view:?}");
        last = link.range.start;
    }
    let mut last = 0;
    for quote in &view.quotes {
        inside(&quote.range);
        inside(&quote.words);
        assert!(quote.range.start >= last && quote.range.start <= quote.words.start, "{view:?}");
        assert!(quote.words.end <= quote.range.end, "{view:?}");
        last = quote.range.end;
    }
    assert!(!view.text.contains('\r'), "{view:?}");
}

#[test]
fn invisible_characters_leave_the_text() {
    let view = View::of_html("パス\u{200B}ワー<b>\u{E0041}\u{E0042}</b>ド　A\u{AD}B", &Limits::default());
    hold(&view);
    assert_eq!(view.text, "パスワード　AB");
    assert_eq!(view.hidden.len(), 3);
    assert!(view.hidden.iter().all(|hidden| hidden.by == HiddenBy::Invisible));
}
