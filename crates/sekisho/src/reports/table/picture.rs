//! Counts day by day → a line of little bars, as wide as the page; days without reports are gaps.

use sekisho_sender::reports::{Day, Domain};

use crate::reports::words;
use crate::setup::Setup;
use crate::words::either;

/// Bars of rising height.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Bars where the page has no width of its own.
const BARS_MAX: usize = 60;

/// Columns beside the bars: the words before and behind them.
const BESIDE_COLUMNS: usize = 44;

/// Two lines: mails, and failing mails; nothing for a single day.
pub fn draw(domain: &Domain, setup: &Setup) -> String {
    let Some((first, last)) = domain
        .series
        .first_key_value()
        .zip(domain.series.last_key_value())
        .map(|(first, last)| (*first.0, *last.0))
    else {
        return String::new();
    };
    if first == last {
        return String::new();
    }
    let room = setup.page.columns.map_or(BARS_MAX, |columns| columns.saturating_sub(BESIDE_COLUMNS)).max(10);
    let days_a_bar = days_a_bar(first, last, room);
    let lang = setup.lang;
    let line = |name: &str, which: fn(&sekisho_sender::reports::Series) -> u64| {
        let bars = bars(domain, first, last, days_a_bar, which);
        let most = bars.iter().flatten().max().copied().unwrap_or(0);
        let drawn: String = bars.iter().map(|bar| bar.map_or(' ', |count| height(count, most))).collect();
        let most = words::number(most);
        let behind = match days_a_bar {
            1 => either(lang, format!("最大 1 日 {most} 通"), format!("at most {most} a day")),
            days => either(
                lang,
                format!("1 本 {days} 日、最大 {most} 通"),
                format!("{days} days a bar, at most {most}"),
            ),
        };
        format!("  {name} {drawn}  {behind}\n")
    };
    let (all, failed) = either(lang, ("全体  ", "不合格"), ("mails  ", "failing"));
    format!("{}{}", line(all, |day| day.messages), line(failed, |day| day.failed))
}

fn days_a_bar(first: Day, last: Day, room: usize) -> i32 {
    let days = usize::try_from(last.since(first)).unwrap_or(0) + 1;
    i32::try_from(days.div_ceil(room)).unwrap_or(i32::MAX)
}

/// The highest day of each bar; nothing where no report is about its days.
fn bars(
    domain: &Domain,
    first: Day,
    last: Day,
    days_a_bar: i32,
    which: fn(&sekisho_sender::reports::Series) -> u64,
) -> Vec<Option<u64>> {
    let mut bars = Vec::new();
    let mut day = first;
    // As many turns as bars fit on the page.
    while day <= last {
        let end = day.plus(days_a_bar - 1);
        bars.push(domain.series.range(day..=end).map(|(_, series)| which(series)).max());
        day = end.plus(1);
    }
    bars
}

fn height(count: u64, most: u64) -> char {
    if count == 0 {
        return '·';
    }
    let steps = BARS.len() as u128;
    let at = (u128::from(count) * steps).div_ceil(u128::from(most.max(1))).saturating_sub(1);
    usize::try_from(at).ok().and_then(|at| BARS.get(at)).copied().unwrap_or('█')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_rise_with_the_counts() {
        assert_eq!([0, 1, 50, 51, 99, 100].map(|count| height(count, 100)), ['·', '▁', '▄', '▅', '█', '█']);
        assert_eq!(height(u64::MAX, u64::MAX), '█');
        assert_eq!(days_a_bar(Day(0), Day(59), 60), 1);
        assert_eq!(days_a_bar(Day(0), Day(60), 60), 2);
    }
}
