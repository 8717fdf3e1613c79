//! Where a macro goes on: down, elsewhere, round again, or nowhere.

use super::{Machine, Spot, below};
use crate::limits::EXCEL_MACRO_DEPTH_MAX;
use crate::office::excel4::book::{Range, Value};
use crate::office::excel4::expression::Expression;

/// Where a formula leads, if not down.
pub(super) enum Flow {
    Stop,
    Jump(Spot),
    Begin(Begun),
    Next,
}

/// A loop that begins.
pub(super) enum Begun {
    /// Whether it is entered, where that is known.
    While(Option<bool>),
    /// A name that counts from one number to another.
    Count { name: String, from: f64, to: f64, step: f64 },
    /// A name that goes through cells.
    Cells { name: String, range: Range },
    /// One whose bounds are not known; its body is gone through once.
    Once,
}

/// A loop on its way.
pub(super) enum Loop {
    /// Goes back to the condition.
    While(Spot),
    Count {
        first: Spot,
        name: String,
        at: f64,
        to: f64,
        step: f64,
    },
    Cells {
        first: Spot,
        name: String,
        range: Range,
        at: (u32, u32),
    },
    Once,
}

impl Machine<'_> {
    /// Enters a loop, or goes behind it; where the macro goes on.
    pub(super) fn begin(&mut self, begun: Begun, spot: Spot, loops: &mut Vec<Loop>) -> Option<Spot> {
        let first = below(spot)?;
        if loops.len() > EXCEL_MACRO_DEPTH_MAX {
            return Some(first);
        }
        match begun {
            Begun::While(Some(false)) => return self.behind(first),
            Begun::While(Some(true)) => loops.push(Loop::While(spot)),
            Begun::While(None) | Begun::Once => loops.push(Loop::Once),
            Begun::Count { name, from, to, step } => {
                if step == 0.0 || (step > 0.0 && from > to) || (step < 0.0 && from < to) {
                    return self.behind(first);
                }
                self.names.insert(name.clone(), Value::Number(from));
                loops.push(Loop::Count { first, name, at: from, to, step });
            }
            Begun::Cells { name, range } => {
                let at = range.first;
                self.names.insert(name.clone(), Value::Range(Range { first: at, last: at, ..range }));
                loops.push(Loop::Cells { first, name, range, at });
            }
        }
        Some(first)
    }

    /// At the end of a loop's body: where it begins again, or `None` where it goes on behind.
    pub(super) fn next(&mut self, loops: &mut Vec<Loop>) -> Option<Spot> {
        match loops.pop()? {
            Loop::Once => None,
            Loop::While(condition) => Some(condition),
            Loop::Count { first, name, at, to, step } => {
                let at = at + step;
                self.names.insert(name.clone(), Value::Number(at));
                let goes_on = if step > 0.0 { at <= to } else { at >= to };
                if goes_on {
                    loops.push(Loop::Count { first, name, at, to, step });
                }
                goes_on.then_some(first)
            }
            Loop::Cells { first, name, range, at } => {
                let at = if at.1 < range.last.1 { (at.0, at.1 + 1) } else { (at.0 + 1, range.first.1) };
                if at.0 > range.last.0 {
                    return None;
                }
                self.names.insert(name.clone(), Value::Range(Range { first: at, last: at, ..range }));
                loops.push(Loop::Cells { first, name, range, at });
                Some(first)
            }
        }
    }

    /// The cell behind the end of the loop that this cell is in.
    fn behind(&mut self, from: Spot) -> Option<Spot> {
        let mut open = 0_usize;
        let mut at = Some(from);
        while let Some(spot) = at.and_then(|at| self.next_cell(at)) {
            if !self.pays(1) {
                return None;
            }
            at = below(spot);
            let formula = self.cell(spot).and_then(|cell| cell.formula.as_ref());
            let Some(Expression::Call(name, _)) = formula else { continue };
            match name.as_str() {
                "WHILE" | "FOR" | "FOR.CELL" => open += 1,
                "NEXT" if open == 0 => return at,
                "NEXT" => open -= 1,
                _ => {}
            }
        }
        None
    }
}
