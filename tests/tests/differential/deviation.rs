//! [`Deviation`]: where this tool deliberately does something else than Alembic. A difference is believed to be one
//! of them only when the question has the features that lead to it.

use std::collections::BTreeMap;

use migrate_graph::{ErrorKind, Heads, Offset, RevisionSpec, SpecRange, Symbol};

use crate::graph::Set;
use crate::oracle::Theirs;
use crate::question::{Answer, Question, Refused, Said};

/// What is done here in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deviation {
    /// Alembic crashes: `rev+N` too far, `rev-N` that reaches base, `label@-1` without a row, a merge of a
    /// revision and its own ancestor, some stamps of several targets.
    Crash,
    /// An ambiguous abbreviation is "can't locate" there; and one that begins an id and a label of the same
    /// revision is not ambiguous here.
    Abbreviation,
    /// A head that another head needs does not count here; there it does for `head`, `label@head` and `label@heads`.
    EffectiveHeads,
    /// A downgrade to `label@head`, and `label@head+N`, resolve plain `head` there.
    LabelledHead,
    /// `base-N` walks down from the heads there.
    BelowBase,
    /// `-N` from several rows takes the first row there, with a warning that this will go away.
    SeveralRows,
    /// A downgrade, `label@rev+N` and `label@base` do not look there whether the label exists, or whether the
    /// target is on its line.
    LabelUnchecked,
    /// A downgrade to a revision above the one that carries the label is refused there.
    LabelBelowTarget,
    /// A downgrade with a label removes other branches there.
    LabelWidens,
    /// A stamp loses there what its target does not need: the other side of a merge, what depends on it.
    StampLoses,
    /// A stamp to `label@base` leaves here what a downgrade to it leaves; there it deletes rows, and with them
    /// the other side of a merge, but not a row that only implies a revision of the line.
    StampToBase,
    /// Targets of a stamp of which one needs another make rows there that its own upgrade refuses.
    StampOverlaps,
    /// Several targets of a stamp are each taken against the rows before the stamp there.
    StampSeveral,
    /// `-N:END` counts from the heads there if that is below the end, is refused when it comes to base, and from
    /// several heads also lists what one of them needs above where another one begins.
    RangeBack,
    /// `:current` is `:heads` there when nothing is applied.
    RangeToNothing,
    /// A label at the start of a range means the one label that it reaches there, if it is the whole of an id, and
    /// else what a label of that very text reaches, which is now and then nothing below the revision that carries
    /// it; here it is the line.
    RangeLabel,
    /// Of several things that are wrong another one is told.
    SeveralWrong,
}

/// The reason why a difference is meant, if the question has what leads to it.
pub(crate) fn known_deviation(question: &Question<'_>, ours: &Answer, theirs: &Theirs) -> Option<Deviation> {
    let graph = question.graph;
    let kind = ours.as_ref().err().and_then(|refused| refused.kind);
    let refused = match &theirs.answer {
        Err(Refused { kind: None, .. }) => return Some(Deviation::Crash),
        Err(Refused { kind, .. }) => *kind,
        Ok(_) => None,
    };
    if question.command == "history" {
        return known_deviation_of_range(question, ours, theirs);
    }
    let specs: Vec<RevisionSpec> = question
        .targets
        .iter()
        .map(|text| RevisionSpec::parse(text).unwrap())
        .collect();
    let spec = &specs[0];
    let names = specs.iter().flat_map(|spec| {
        let symbol = match &spec.symbol {
            Some(Symbol::Name(name)) => Some(name),
            Some(Symbol::Head | Symbol::Heads | Symbol::Base | Symbol::Current) | None => None,
        };
        spec.label.iter().chain(symbol)
    });
    let abbreviated = names.clone().any(|name| graph.begins(name).len() > 1);
    if abbreviated && refused == Some(ErrorKind::CantLocate) && kind != refused {
        return Some(Deviation::Abbreviation);
    }
    let stamp = matches!(question.command, "stamp" | "purge");
    if stamp && specs.len() > 1 {
        if kind == Some(ErrorKind::Overlap) {
            return Some(Deviation::StampOverlaps);
        }
        let heads = specs.iter().any(|spec| spec.symbol == Some(Symbol::Head));
        if refused.is_none() || heads && refused == Some(ErrorKind::MultipleHeads) {
            return Some(Deviation::StampSeveral);
        }
    }
    let head = matches!(spec.symbol, Some(Symbol::Head | Symbol::Heads));
    let label = spec.label.as_deref().map(|label| graph.begins(label));
    let carrier = label.as_ref().and_then(|found| found.values().next());
    let up = matches!(spec.offset, Some(Offset::Up(_)));
    if head && label.is_some() && (up || question.command == "downgrade") {
        return Some(Deviation::LabelledHead);
    }
    if head && matches!(refused, Some(ErrorKind::MultipleHeads | ErrorKind::Overlap)) {
        let heads = graph.heads(carrier.map(String::as_str));
        let needed = graph.needed(&heads);
        return (!heads.is_disjoint(&needed)).then_some(Deviation::EffectiveHeads);
    }
    if question.command == "show" {
        return known_deviation_of_show(question, spec, ours, theirs);
    }
    let down = matches!(spec.offset, Some(Offset::Down(_)));
    if spec.symbol == Some(Symbol::Base) && down && kind == Some(ErrorKind::Relative) {
        return Some(Deviation::BelowBase);
    }
    let warned = theirs.warned || theirs.answer.is_err();
    if spec.symbol.is_none() && label.is_none() && down && question.rows.len() > 1 && warned {
        return (kind == Some(ErrorKind::AmbiguousTarget)).then_some(Deviation::SeveralRows);
    }
    let found = match &spec.symbol {
        Some(Symbol::Name(name)) => graph.begins(name),
        Some(Symbol::Head | Symbol::Heads | Symbol::Base | Symbol::Current) | None => BTreeMap::new(),
    };
    let unchecked = matches!(kind, Some(ErrorKind::CantLocate | ErrorKind::AmbiguousId));
    if let Some(label) = &label
        && unchecked
    {
        let member = |id: &String| label.values().any(|carrier| graph.shares_lineage(carrier, id));
        let known = label.len() == 1 && found.values().all(member);
        return (!known).then_some(Deviation::LabelUnchecked);
    }
    if stamp {
        let (Ok(Said::Plan { rows: ours, .. }), Ok(Said::Plan { rows, .. })) = (ours, &theirs.answer) else {
            return None;
        };
        if label.is_some() && spec.symbol == Some(Symbol::Base) {
            let rows: Vec<&String> = question.rows.iter().collect();
            let downgraded = graph
                .map
                .plan_downgrade(&Heads::read(&graph.map, &rows).unwrap(), spec)
                .unwrap();
            let downgraded: Set = downgraded.to.iter().map(ToString::to_string).collect();
            return (*ours == downgraded).then_some(Deviation::StampToBase);
        }
        let (ours, theirs) = (graph.implied(ours), graph.implied(rows));
        return (ours.is_superset(&theirs) && ours != theirs).then_some(Deviation::StampLoses);
    }
    let label = label?;
    let off_line = |id: &String| !label.values().any(|carrier| graph.shares_lineage(carrier, id));
    match (ours, &theirs.answer) {
        (_, Err(Refused { text, .. })) => text
            .contains("Not a valid downgrade target from current heads")
            .then_some(Deviation::LabelBelowTarget),
        (Ok(Said::Plan { ran: ours, .. }), Ok(Said::Plan { ran, .. })) if question.command == "downgrade" => {
            let (ours, theirs) = (Said::revisions(ours), Said::revisions(ran));
            let more: Set = theirs.difference(&ours).cloned().collect();
            (ours.is_subset(&theirs) && more.iter().any(off_line)).then_some(Deviation::LabelWidens)
        }
        (Err(_), Ok(Said::Plan { ran, .. })) if kind == Some(ErrorKind::NotAValidTarget) => {
            Said::revisions(ran)
                .iter()
                .any(off_line)
                .then_some(Deviation::LabelWidens)
        }
        (Ok(_) | Err(_), Ok(_)) => None,
    }
}

fn known_deviation_of_show(
    question: &Question<'_>,
    spec: &RevisionSpec,
    ours: &Answer,
    theirs: &Theirs,
) -> Option<Deviation> {
    let refused = ours.as_ref().err().and_then(|refused| refused.kind);
    let not_found = matches!(refused, Some(ErrorKind::CantLocate | ErrorKind::AmbiguousId));
    match (ours, &theirs.answer) {
        (Err(_), Ok(_)) if not_found && spec.label.is_some() && spec.symbol == Some(Symbol::Base) => {
            Some(Deviation::LabelUnchecked)
        }
        (Err(_), Err(_)) if spec.symbol.is_none() && question.graph.heads(None).len() > 1 => {
            Some(Deviation::SeveralWrong)
        }
        (Ok(Said::Revisions(ours)), Ok(Said::Revisions(theirs))) if spec.symbol == Some(Symbol::Heads) => {
            let heads = theirs.iter().cloned().collect();
            let effective: Set = ours.iter().cloned().collect();
            (question.graph.maximal(&heads) == effective).then_some(Deviation::EffectiveHeads)
        }
        (_, _) => None,
    }
}

fn known_deviation_of_range(question: &Question<'_>, ours: &Answer, theirs: &Theirs) -> Option<Deviation> {
    let graph = question.graph;
    let range = SpecRange::parse(&question.targets[0]).unwrap();
    let ends: Vec<&RevisionSpec> = [&range.start, &range.end].into_iter().flatten().collect();
    let is = |spec: &Option<RevisionSpec>, symbol: Symbol| {
        spec.as_ref().is_some_and(|spec| spec.symbol == Some(symbol))
    };
    let kind = |answer: &Answer| answer.as_ref().err().and_then(|refused| refused.kind);
    let (refused, told) = (kind(ours), kind(&theirs.answer));
    let ambiguous = |name: &String| graph.begins(name).len() > 1;
    let names = ends.iter().flat_map(|spec| {
        let symbol = match &spec.symbol {
            Some(Symbol::Name(name)) => Some(name),
            Some(Symbol::Head | Symbol::Heads | Symbol::Base | Symbol::Current) | None => None,
        };
        spec.label.iter().chain(symbol)
    });
    if names.clone().any(ambiguous) && told == Some(ErrorKind::CantLocate) {
        return Some(Deviation::Abbreviation);
    }
    let heads = graph.heads(None);
    let back = range.start.as_ref().is_some_and(|start| start.symbol.is_none());
    if back && (theirs.answer.is_err() || range.end.is_some() || heads.len() > 1) {
        return Some(Deviation::RangeBack);
    }
    if is(&range.end, Symbol::Current) && question.rows.is_empty() {
        return Some(Deviation::RangeToNothing);
    }
    if let Some(end) = &range.end
        && end.label.is_some()
    {
        let up = matches!(end.offset, Some(Offset::Up(_)));
        let head = matches!(end.symbol, Some(Symbol::Head | Symbol::Heads));
        if up && head {
            return Some(Deviation::LabelledHead);
        }
        let unchecked = up && !head || end.symbol == Some(Symbol::Base);
        if unchecked && matches!(refused, Some(ErrorKind::CantLocate | ErrorKind::AmbiguousId)) {
            return Some(Deviation::LabelUnchecked);
        }
    }
    let effective = !heads.is_disjoint(&graph.needed(&heads));
    let head = |spec: &&RevisionSpec| matches!(spec.symbol, Some(Symbol::Head | Symbol::Heads));
    let plural = matches!(told, Some(ErrorKind::MultipleHeads | ErrorKind::Overlap));
    if ends.iter().any(head) && effective && plural {
        return Some(Deviation::EffectiveHeads);
    }
    if let Some(label) = range.start.as_ref().and_then(|start| start.label.as_deref())
        && let Some(carrier) = graph.begins(label).into_values().next()
    {
        let reaches = |id: &String, label: &str| graph.map.labels(id).any(|other| other.as_str() == label);
        let text = match graph.map.labels(label).next() {
            Some(only) if graph.down.contains_key(label) => only.as_str(),
            Some(_) | None => label,
        };
        let below = |id: &String| *id != carrier && graph.implied(&[carrier.clone()].into()).contains(id);
        let differs = |id: &String| graph.shares_lineage(&carrier, id) != reaches(id, text) || below(id);
        let listed = |answer: &Answer| match answer {
            Ok(Said::Revisions(ids)) => ids.clone(),
            Ok(Said::Plan { .. }) | Err(_) => Vec::new(),
        };
        let listed: Set = listed(ours).into_iter().chain(listed(&theirs.answer)).collect();
        if graph.maximal(&listed).iter().any(differs) {
            return Some(Deviation::RangeLabel);
        }
    }
    let both = ends.len() == 2 && refused.is_some() && told.is_some();
    both.then_some(Deviation::SeveralWrong)
}
