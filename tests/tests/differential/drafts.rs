//! What `revision` and `merge` make of the same requests, here and in Alembic.
//!
//! Both must make a revision with the same links, or refuse for the same kind of reason. What Alembic writes and can
//! then not load is a refusal.

use std::collections::BTreeMap;

use migrate_graph::{Draft, DraftError, ErrorKind, GraphErrorKind, RevisionMap, RevisionSpec, Symbol};
use serde_json::{Value, json};

use crate::generate;
use crate::graph::{Graph, Set};
use crate::oracle;
use crate::random::Random;

const GRAPHS: usize = 600;
const REQUESTS: usize = 12;

/// What a new revision is asked to be.
struct Request<'a> {
    graph: &'a Graph,
    command: &'static str,
    draft: Draft,
}

/// The links of a revision: what it revises, and what it depends on.
type Links = (Vec<String>, Vec<String>);

/// What Alembic makes of a request.
enum Theirs {
    Written(Links),
    /// It writes the file, and cannot load it, or warns of it.
    Unloadable(String),
    /// The kind is none when it crashes.
    Refused(Option<ErrorKind>, String),
}

/// Where this tool deliberately does something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deviation {
    /// Alembic crashes: a dependency on `base`, a walk down from the heads beyond the first revision.
    Crash,
    /// An ambiguous abbreviation is "can't locate" there; and one that begins an id and a label of the same revision is
    /// not ambiguous here.
    Abbreviation,
    /// A head that another head needs does not count here; there it does for `head`, `label@head` and `label@heads`.
    EffectiveHeads,
    /// `-N` is a walk down from the heads there, which nobody means who wants a new revision.
    StepsBack,
    /// A merge of one revision, or of none, is an ordinary revision or a root there.
    MergeOfOne,
    /// A merge with one's own ancestor is written there, and crashes later; or it is refused as no head, as if
    /// `--splice` would help.
    MergeOfAncestor,
    /// A dependency that is named twice is written twice there.
    RepeatedDependency,
    /// Of several things that are wrong another one is told.
    SeveralWrong,
}

fn request<'a>(random: &mut Random, graph: &'a Graph) -> Request<'a> {
    let name = |random: &mut Random| {
        let names: Vec<&String> = graph.down.keys().chain(graph.labels.keys()).collect();
        (*random.pick(&names)).clone()
    };
    let merge = random.chance(40);
    let mut draft = Draft::new("new".parse().unwrap());
    let heads = if merge {
        1 + random.below(3)
    } else {
        random.below(2)
    };
    for _ in 0..heads {
        let tip = graph
            .map
            .heads()
            .nth(random.below(2))
            .filter(|_| random.chance(60));
        let target = match tip {
            Some(tip) => tip.id.to_string(),
            None if random.chance(5) => (*random.pick(&["-1", "-2", "+1", "left@-1"])).into(),
            None => generate::target(random, graph, "stamp"),
        };
        draft.heads.push(RevisionSpec::parse(&target).unwrap());
    }
    draft.splice = random.chance(40);
    if random.chance(10) {
        draft.id = name(random).parse().unwrap();
    }
    for _ in 0..if random.chance(20) { 1 + random.below(2) } else { 0 } {
        let label = if random.chance(30) {
            name(random)
        } else {
            (*random.pick(&["up", "new", "side"])).into()
        };
        draft.branch_labels.push(label.parse().unwrap());
    }
    for _ in 0..if random.chance(30) { 1 + random.below(2) } else { 0 } {
        let target = if random.chance(50) {
            name(random)
        } else {
            generate::target(random, graph, "stamp")
        };
        draft.depends_on.push(RevisionSpec::parse(&target).unwrap());
    }
    Request {
        graph,
        command: if merge { "merge" } else { "revision" },
        draft,
    }
}

fn texts<T: ToString>(list: &[T]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

impl Request<'_> {
    fn facts(&self) -> Value {
        json!({
            "revisions": self.graph.facts(),
            "rows": [],
            "command": self.command,
            "target": texts(&self.draft.heads),
            "id": self.draft.id.as_str(),
            "splice": self.draft.splice,
            "labels": texts(&self.draft.branch_labels),
            "depends_on": texts(&self.draft.depends_on),
        })
    }

    /// Ours loads again, whatever it is.
    fn answer(&self) -> Result<Links, Vec<DraftError>> {
        let map = &self.graph.map;
        let drafted = match self.command {
            "merge" => map.draft_merge(&self.draft),
            _ => map.draft(&self.draft),
        };
        drafted.map(|revision| {
            let links = (texts(&revision.down_revisions), texts(&revision.depends_on));
            let all = map.iter().cloned().chain([revision]).collect();
            RevisionMap::new(all).unwrap();
            links
        })
    }
}

impl Theirs {
    fn read(told: &Value) -> Self {
        let list = |key: &str| {
            let names = told[key].as_array().unwrap().iter();
            names.map(|name| name.as_str().unwrap().to_owned()).collect()
        };
        if let Some(problem) = told["unloadable"].as_str() {
            return Self::Unloadable(problem.to_owned());
        }
        if told["error"].is_null() {
            return Self::Written((list("down"), list("deps")));
        }
        let refused = oracle::refused(told);
        Self::Refused(refused.kind, refused.text)
    }
}

/// What differs; none when both made the same or refused for the same reason.
fn difference(
    request: &Request<'_>,
    ours: &Result<Links, Vec<DraftError>>,
    theirs: &Theirs,
) -> Option<String> {
    match (ours, theirs) {
        (Ok(ours), Theirs::Written(theirs)) => {
            // The order of `heads` is that of a set there.
            let heads = request
                .draft
                .heads
                .iter()
                .any(|spec| spec.symbol == Some(Symbol::Heads));
            let down = |links: &Links| {
                let mut down = links.0.clone();
                if heads {
                    down.sort();
                }
                (down, links.1.clone())
            };
            (down(ours) != down(theirs)).then(|| format!("{ours:?} here, {theirs:?} there"))
        }
        (Err(errors), Theirs::Refused(kind, text)) => {
            let same = kind.is_some() && errors.iter().any(|error| error.kind() == *kind);
            (!same).then(|| format!("other refusals: {errors:?} here, {text} there"))
        }
        (Err(errors), Theirs::Unloadable(_)) if errors.iter().any(|error| error.kind().is_none()) => None,
        (Err(errors), Theirs::Written(links)) => {
            Some(format!("refused here only: {errors:?}; {links:?} there"))
        }
        (_, Theirs::Unloadable(text)) => Some(format!("does not load there only: {text}; {ours:?} here")),
        (Ok(links), Theirs::Refused(_, text)) => Some(format!("refused there only: {text}; {links:?} here")),
    }
}

/// The reason why a difference is meant, if the request has what leads to it.
fn known_deviation(
    request: &Request<'_>,
    ours: &Result<Links, Vec<DraftError>>,
    theirs: &Theirs,
) -> Option<Deviation> {
    let graph = request.graph;
    let draft = &request.draft;
    let specs = || draft.heads.iter().chain(&draft.depends_on);
    let refused = match theirs {
        Theirs::Refused(None, _) => return ours.is_err().then_some(Deviation::Crash),
        Theirs::Refused(kind, _) => *kind,
        Theirs::Written(_) | Theirs::Unloadable(_) => None,
    };
    let mut names = specs().flat_map(|spec| {
        let symbol = match &spec.symbol {
            Some(Symbol::Name(name)) => Some(name),
            Some(Symbol::Head | Symbol::Heads | Symbol::Base | Symbol::Current) | None => None,
        };
        spec.label.iter().chain(symbol)
    });
    if refused == Some(ErrorKind::CantLocate) && names.any(|name| graph.begins(name).len() > 1) {
        return Some(Deviation::Abbreviation);
    }
    let heads = graph.heads(None);
    let word = |spec: &RevisionSpec| matches!(spec.symbol, Some(Symbol::Head | Symbol::Heads));
    let asked = draft.heads.is_empty() || specs().any(word);
    let effective = asked && !heads.is_disjoint(&graph.needed(&heads));
    if effective && refused == Some(ErrorKind::MultipleHeads) {
        return Some(Deviation::EffectiveHeads);
    }
    let errors = match (ours, theirs) {
        (Ok((ours, _)), Theirs::Written((theirs, _))) => {
            let heads: Set = theirs.iter().cloned().collect();
            let same = graph.maximal(&heads) == ours.iter().cloned().collect::<Set>();
            return (effective && same).then_some(Deviation::EffectiveHeads);
        }
        (Ok(_), _) => return None,
        (Err(errors), _) => errors,
    };
    let of = |error: &DraftError| match error {
        DraftError::NotAPlace { .. } => Some(Deviation::StepsBack),
        DraftError::NothingToMerge { .. } => Some(Deviation::MergeOfOne),
        DraftError::Target(error) if error.kind() == ErrorKind::Overlap => Some(Deviation::MergeOfAncestor),
        DraftError::Graph(error) => match error.kind {
            GraphErrorKind::RepeatedReference { .. } => Some(Deviation::RepeatedDependency),
            GraphErrorKind::DuplicateRevision { .. }
            | GraphErrorKind::DuplicateLabel { .. }
            | GraphErrorKind::LabelIsRevision { .. }
            | GraphErrorKind::UnknownDownRevision { .. }
            | GraphErrorKind::UnknownDependency { .. }
            | GraphErrorKind::SelfReference
            | GraphErrorKind::Cycle { .. }
            | GraphErrorKind::DependencyCycle { .. } => None,
        },
        DraftError::Target(_)
        | DraftError::NotADependency { .. }
        | DraftError::MultipleHeads { .. }
        | DraftError::DuplicateHeads { .. }
        | DraftError::NotAHead { .. }
        | DraftError::IdIsLabel { .. } => None,
    };
    match errors.as_slice() {
        [DraftError::NotAPlace { .. }] => Some(Deviation::StepsBack),
        [error] if matches!(refused, None | Some(ErrorKind::NotAValidTarget)) => of(error),
        [_] => None,
        _ if refused.is_some() => Some(Deviation::SeveralWrong),
        several => several
            .iter()
            .map(of)
            .collect::<Option<Vec<_>>>()?
            .first()
            .copied(),
    }
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn new_revisions_and_merges_agree_with_alembic_on_generated_graphs() {
    let mut random = Random::new(0x94D0_49BB_1331_11EB);
    let graphs: Vec<Graph> = (0..GRAPHS).map(|_| generate::graph(&mut random)).collect();
    let requests: Vec<Request<'_>> = graphs
        .iter()
        .flat_map(|graph| (0..REQUESTS).map(move |_| graph))
        .map(|graph| request(&mut random, graph))
        .collect();
    let mut known: BTreeMap<Deviation, usize> = BTreeMap::new();
    let (mut unknown, mut made) = (Vec::new(), 0);
    let mut asked = requests.iter();
    oracle::exchange(requests.iter().map(Request::facts), |told| {
        let request = asked.next().unwrap();
        let (ours, theirs) = (request.answer(), Theirs::read(told));
        made += usize::from(ours.is_ok());
        if let Some(difference) = difference(request, &ours, &theirs) {
            match known_deviation(request, &ours, &theirs) {
                Some(deviation) => *known.entry(deviation).or_default() += 1,
                None => unknown.push(format!("{difference}\n    {}", request.facts())),
            }
        }
    });
    println!("{} requests, {made} revisions, {known:#?}", requests.len());
    assert!(
        unknown.is_empty(),
        "{} differences:\n{}",
        unknown.len(),
        unknown.join("\n")
    );
    assert!(
        made * 4 > requests.len(),
        "{made} of {} requests made a revision",
        requests.len()
    );
}
