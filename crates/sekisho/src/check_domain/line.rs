//! A domain's health → one line of JSON (`sekisho.domain/1`). Fields may be added; those that are there never change.

use sekisho_judge::Lang;
use sekisho_sender::health::{Health, Item, Node, NodeState, Publish, Sends, State, Value};
use serde_json::{Map, Value as Json, json};

use super::sentences;
use crate::judging::json_line;

/// The line, with its end.
pub fn of(health: &Health) -> String {
    let counts: Map<String, Json> = [State::Pass, State::Note, State::Warn, State::Unknown, State::Fail]
        .into_iter()
        .map(|state| (state.id().to_owned(), json!(health.count(state))))
        .collect();
    json_line(&json!({
        "schema": "sekisho.domain/1",
        "program": env!("CARGO_PKG_VERSION"),
        "domain": health.domain.ascii(),
        "unicode": health.domain.unicode(),
        "sends": match health.sends { Sends::Mail => "mail", Sends::Nothing => "nothing" },
        "state": health.worst().id(),
        "counts": counts,
        "items": health.items.iter().map(item).collect::<Vec<_>>(),
        "spf": health.spf.as_ref().map(|record| json!({
            "record": record,
            "lookups": health.spf_tree.as_ref().map(|tree| tree.root.lookups),
            "tree": health.spf_tree.as_ref().map(|tree| tree.root.below.iter().map(node).collect::<Vec<_>>()),
        })),
        "dkim": health.selectors.iter().map(|selector| json!({
            "selector": selector.name,
            "from": selector.origin.id(),
            "works": selector.works,
        })).collect::<Vec<_>>(),
        "dmarc": { "record": health.dmarc, "policy": health.policy.map(|policy| policy.id()) },
        "path": health.path.as_ref().map(|path| json!({
            "stage": path.stage.id(),
            "steps": path.steps.iter().map(|step| json!({
                "id": step.id,
                "weeks_min": step.weeks_min,
                "record": publish(&step.publish),
                "title": { "ja": step.title.ja, "en": step.title.en },
                "before": { "ja": step.before.ja, "en": step.before.en },
            })).collect::<Vec<_>>(),
        })),
        "questions": health.questions,
    }))
}

fn item(item: &Item) -> Json {
    let both = |words: fn(&Item, Lang) -> String| json!({ "ja": words(item, Lang::Ja), "en": words(item, Lang::En) });
    let arguments: Map<String, Json> =
        item.arguments.iter().map(|(name, value)| ((*name).to_owned(), argument(value))).collect();
    json!({
        "id": item.topic.id,
        "area": item.topic.area.id(),
        "state": item.state().id(),
        "arguments": arguments,
        "says": both(sentences::says),
        "why": both(sentences::why),
        "fix": both(sentences::fix),
        "records": item.publish.iter().map(publish).collect::<Vec<_>>(),
        "file": item.file.as_ref().map(|file| json!({ "url": file.url, "content": file.content })),
    })
}

fn argument(value: &Value) -> Json {
    match value {
        Value::Foreign(text) | Value::Name(text) => json!(text),
        Value::Names(names) => json!(names),
        Value::Number(number) => json!(number),
        Value::Word(words) => json!({ "ja": words.ja, "en": words.en }),
    }
}

fn publish(record: &Publish) -> Json {
    json!({ "how": record.how.id(), "name": record.name, "type": record.kind, "value": record.value })
}

fn node(node: &Node) -> Json {
    let state = match node.state {
        NodeState::Found => "found",
        NodeState::Missing => "missing",
        NodeState::Broken => "broken",
        NodeState::Loop => "loop",
        NodeState::NotAsked => "not-asked",
        NodeState::NoAnswer => "no-answer",
    };
    // The depth is bounded by the walk.
    let below: Vec<Json> = node.below.iter().map(self::node).collect();
    json!({ "domain": node.domain, "term": node.term, "state": state, "lookups": node.lookups, "tree": below })
}
