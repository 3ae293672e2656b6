//! The same questions to migrate-graph and to Alembic, on thousands of generated graphs.
//!
//! Alembic answers through oracle/graph.py, one process for all. Both must run the same revisions and leave the
//! same rows, or both refuse for the same kind of reason. Where this tool deliberately does something else, a
//! [`Deviation`] says what, and is believed only when the case has the features that lead to it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use migrate_graph::{
    ErrorKind, Heads, Offset, Plan, ResolveError, Revision, RevisionId, RevisionMap, RevisionSpec, Symbol,
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    thread,
};

const GRAPHS: u64 = 1000;
const STATES: usize = 3;
const TARGETS: usize = 8;

/// Marsaglia's xorshift: the same graphs on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % bound
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

type Set = BTreeSet<String>;

/// A graph, with what a naive reading of it says.
struct Graph {
    revisions: Vec<Revision>,
    map: RevisionMap,
    /// By `down_revision` alone, and with `depends_on` resolved.
    down: BTreeMap<String, Set>,
    needs: BTreeMap<String, Set>,
    labels: BTreeMap<String, String>,
}

impl Graph {
    fn random(random: &mut Random) -> Self {
        let count = 1 + random.below(9);
        let mut ids: Vec<String> = Vec::new();
        let mut labels = vec!["left", "right", "abcd", "cart", "l"];
        let mut revisions: Vec<Revision> = Vec::new();
        let merges = random.below(40);
        let depends = random.below(60);
        while ids.len() < count {
            let length = if random.chance(70) {
                4 + random.below(3)
            } else {
                1 + random.below(3)
            };
            let id: String = (0..length).map(|_| *random.pick(&['a', 'b', 'c', '0'])).collect();
            if ids.contains(&id) || id == "abcd" {
                continue;
            }
            let mut down: Vec<String> = Vec::new();
            let mut depends_on: Vec<String> = Vec::new();
            if !ids.is_empty() && !random.chance(15) {
                let parents = if random.chance(merges) {
                    2 + random.below(2)
                } else {
                    1
                };
                for _ in 0..parents {
                    let recent = ids.len().saturating_sub(4);
                    let parent = &ids[recent + random.below(ids.len() - recent)];
                    if !down.contains(parent) {
                        down.push(parent.clone());
                    }
                }
            }
            if !ids.is_empty() && random.chance(depends) {
                for _ in 0..1 + random.below(2) {
                    let need = random.below(ids.len());
                    let label = revisions[need]
                        .branch_labels
                        .first()
                        .filter(|_| random.chance(50));
                    let name = label
                        .map_or(ids[need].as_str(), |label| label.as_str())
                        .to_owned();
                    if !depends_on.contains(&name) {
                        depends_on.push(name);
                    }
                }
            }
            let label =
                (random.chance(25) && !labels.is_empty()).then(|| labels.remove(random.below(labels.len())));
            revisions.push(Revision {
                id: id.parse().unwrap(),
                down_revisions: down.iter().map(|id| id.parse().unwrap()).collect(),
                depends_on: depends_on.iter().map(|name| name.parse().unwrap()).collect(),
                branch_labels: label.iter().map(|label| label.parse().unwrap()).collect(),
            });
            ids.push(id);
        }
        Self::new(revisions)
    }

    fn new(revisions: Vec<Revision>) -> Self {
        let carried = |revision: &Revision| {
            let id = revision.id.to_string();
            revision
                .branch_labels
                .iter()
                .map(|label| (label.to_string(), id.clone()))
                .collect::<Vec<_>>()
        };
        let labels: BTreeMap<String, String> = revisions.iter().flat_map(carried).collect();
        let mut down = BTreeMap::new();
        let mut needs = BTreeMap::new();
        for revision in &revisions {
            let parents: Set = revision.down_revisions.iter().map(ToString::to_string).collect();
            let depends = revision.depends_on.iter().map(ToString::to_string);
            let depends = depends.map(|name| labels.get(&name).cloned().unwrap_or(name));
            needs.insert(
                revision.id.to_string(),
                depends.chain(parents.iter().cloned()).collect(),
            );
            down.insert(revision.id.to_string(), parents);
        }
        let map = RevisionMap::new(revisions.clone()).unwrap();
        Self {
            revisions,
            map,
            down,
            needs,
            labels,
        }
    }

    /// Some revisions and all that the links lead to.
    fn closure(links: &BTreeMap<String, Set>, start: impl IntoIterator<Item = String>) -> Set {
        let mut found = Set::new();
        let mut todo: Vec<String> = start.into_iter().collect();
        while let Some(id) = todo.pop() {
            todo.extend(links[&id].iter().cloned());
            found.insert(id);
        }
        found
    }

    fn implied(&self, rows: &Set) -> Set {
        Self::closure(&self.needs, rows.iter().cloned())
    }

    /// The members of a set that no other member needs, directly or not.
    fn maximal(&self, set: &Set) -> Set {
        let below = |id: &String| Self::closure(&self.needs, self.needs[id].iter().cloned());
        let needed: Set = set.iter().flat_map(below).collect();
        set.difference(&needed).cloned().collect()
    }

    fn shares_lineage(&self, a: &str, b: &str) -> bool {
        let above = |id: &str| Self::closure(&self.down, [id.to_owned()]);
        above(a).contains(b) || above(b).contains(a)
    }

    /// The names that a name may stand for, with their revisions: itself, else those of four characters or more
    /// that begin with it.
    fn begins(&self, name: &str) -> BTreeMap<String, String> {
        let ids = self.down.keys().map(|id| (id.clone(), id.clone()));
        let names: BTreeMap<String, String> = ids.chain(self.labels.clone()).collect();
        if let Some(id) = names.get(name) {
            return [(name.to_owned(), id.clone())].into();
        }
        names
            .into_iter()
            .filter(|(other, _)| other.len() > 3 && other.starts_with(name))
            .collect()
    }

    /// The revisions that no other revises, on the line of a label.
    fn heads(&self, carrier: Option<&str>) -> Set {
        let revised: Set = self.down.values().flatten().cloned().collect();
        let on_line = |id: &&String| carrier.is_none_or(|carrier| self.shares_lineage(carrier, id));
        self.down
            .keys()
            .filter(|id| !revised.contains(*id))
            .filter(on_line)
            .cloned()
            .collect()
    }

    fn question(&self) -> Value {
        let names = |names: &mut dyn Iterator<Item = &str>| names.map(Value::from).collect::<Vec<_>>();
        let revision = |revision: &Revision| {
            json!({
                "id": revision.id.as_str(),
                "down": names(&mut revision.down_revisions.iter().map(|id| id.as_str())),
                "deps": names(&mut revision.depends_on.iter().map(|name| name.as_str())),
                "labels": names(&mut revision.branch_labels.iter().map(|label| label.as_str())),
            })
        };
        self.revisions.iter().map(revision).collect()
    }

    /// A target, of any form that Alembic takes for the command.
    fn target(&self, random: &mut Random, command: &str) -> String {
        let ids: Vec<&str> = self
            .revisions
            .iter()
            .map(|revision| revision.id.as_str())
            .collect();
        let names: Vec<&str> = ids
            .iter()
            .copied()
            .chain(self.labels.keys().map(String::as_str))
            .collect();
        let prefix = |random: &mut Random| {
            let name = *random.pick(&names);
            name[..1 + random.below(name.len())].to_owned()
        };
        let offset = |random: &mut Random| {
            let steps = 1 + random.below(3);
            format!("{}{steps}", if random.chance(50) { '+' } else { '-' })
        };
        let symbol = |random: &mut Random| match random.below(10) {
            0 => "head".into(),
            1 => "heads".into(),
            2 => "base".into(),
            3 => prefix(random),
            4 => (*random.pick(&names)).to_owned(),
            _ => (*random.pick(&ids)).to_owned(),
        };
        let label = if random.chance(40) {
            let name = if random.chance(60) && !self.labels.is_empty() {
                (*random.pick(&names[ids.len()..])).to_owned()
            } else if random.chance(20) {
                prefix(random)
            } else {
                (*random.pick(&ids)).to_owned()
            };
            format!("{name}@")
        } else {
            String::new()
        };
        match random.below(10) {
            0..6 => label + &symbol(random),
            6..8 if command != "stamp" => label + &offset(random),
            8 if command != "stamp" => label + &symbol(random) + &offset(random),
            9 if label.is_empty() => (*random.pick(&["nowhere", "0000000"])).into(),
            _ => symbol(random),
        }
    }
}

/// One question.
struct Case<'a> {
    graph: &'a Graph,
    rows: Set,
    command: &'static str,
    targets: Vec<String>,
}

impl Case<'_> {
    fn question(&self) -> Value {
        json!({
            "revisions": self.graph.question(),
            "rows": self.rows,
            "command": self.command,
            "target": self.targets,
        })
    }

    fn ours(&self) -> Result<Plan, ResolveError> {
        let rows: Vec<&String> = self.rows.iter().collect();
        let current = Heads::read(&self.graph.map, &rows)?;
        let specs: Vec<RevisionSpec> = self
            .targets
            .iter()
            .map(|text| RevisionSpec::parse(text).unwrap())
            .collect();
        match self.command {
            "upgrade" => self.graph.map.plan_upgrade(&current, &specs[0]),
            "downgrade" => self.graph.map.plan_downgrade(&current, &specs[0]),
            _ => self.graph.map.plan_stamp(&current, &specs),
        }
    }
}

/// Alembic's answer.
enum Theirs {
    Steps {
        ran: Vec<(Option<String>, Set)>,
        rows: Set,
        warned: bool,
    },
    Refused {
        class: String,
        message: String,
    },
}

fn strings(value: &Value) -> Set {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

impl Theirs {
    fn read(line: &str) -> Self {
        let answer: Value = serde_json::from_str(line).unwrap();
        let warned = answer["warnings"]
            .as_array()
            .is_some_and(|warnings| !warnings.is_empty());
        if let Some(class) = answer["error"].as_str() {
            return Self::Refused {
                class: class.into(),
                message: answer["message"].as_str().unwrap().into(),
            };
        }
        let step = |step: &Value| {
            (
                step["revision"].as_str().map(str::to_owned),
                strings(&step["rows"]),
            )
        };
        Self::Steps {
            ran: answer["steps"].as_array().unwrap().iter().map(step).collect(),
            rows: strings(&answer["rows"]),
            warned,
        }
    }

    /// The kind of a refusal, told by Alembic's sentence; none for a crash.
    fn kind(class: &str, message: &str) -> Option<ErrorKind> {
        let kinds = [
            ("Can't locate revision", ErrorKind::CantLocate),
            ("Multiple head", ErrorKind::MultipleHeads),
            ("is not a valid downgrade target", ErrorKind::NotAValidTarget),
            ("Not a valid downgrade target", ErrorKind::NotAValidTarget),
            ("Ambiguous", ErrorKind::AmbiguousTarget),
            ("didn't produce", ErrorKind::Relative),
            ("Walked too far", ErrorKind::Relative),
            ("overlaps", ErrorKind::Overlap),
        ];
        let told = kinds.iter().find(|(sentence, _)| message.contains(sentence));
        told.filter(|_| class == "CommandError").map(|&(_, kind)| kind)
    }
}

/// Where this tool deliberately does something else. (DESIGN 3.4 and 4; Alembic's quirks.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deviation {
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
    /// A downgrade does not look there whether the label exists, or whether the target is on its line.
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
}

/// The reason why a difference is meant, if the case has what leads to it.
fn known_deviation(case: &Case<'_>, ours: &Result<Plan, ResolveError>, theirs: &Theirs) -> Option<Deviation> {
    let graph = case.graph;
    let kind = ours.as_ref().err().map(ResolveError::kind);
    let refused = match theirs {
        Theirs::Refused { class, .. } if class != "CommandError" => return Some(Deviation::Crash),
        Theirs::Refused { class, message } => Theirs::kind(class, message),
        Theirs::Steps { .. } => None,
    };
    let specs: Vec<RevisionSpec> = case
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
    if case.command == "stamp" && specs.len() > 1 {
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
    if head && label.is_some() && (up || case.command == "downgrade") {
        return Some(Deviation::LabelledHead);
    }
    if head && matches!(refused, Some(ErrorKind::MultipleHeads | ErrorKind::Overlap)) {
        let heads = graph.heads(carrier.map(String::as_str));
        let below = |id: &String| Graph::closure(&graph.needs, graph.needs[id].iter().cloned());
        let needed: Set = heads.iter().flat_map(below).collect();
        return heads
            .iter()
            .any(|head| needed.contains(head))
            .then_some(Deviation::EffectiveHeads);
    }
    let down = matches!(spec.offset, Some(Offset::Down(_)));
    if spec.symbol == Some(Symbol::Base) && down && kind == Some(ErrorKind::Relative) {
        return Some(Deviation::BelowBase);
    }
    let warned = matches!(
        theirs,
        Theirs::Steps { warned: true, .. } | Theirs::Refused { .. }
    );
    if spec.symbol.is_none() && label.is_none() && down && case.rows.len() > 1 && warned {
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
    if case.command == "stamp" {
        let (Ok(plan), Theirs::Steps { rows, .. }) = (ours, theirs) else {
            return None;
        };
        if label.is_some() && spec.symbol == Some(Symbol::Base) {
            let rows: Vec<&String> = case.rows.iter().collect();
            let downgraded = graph
                .map
                .plan_downgrade(&Heads::read(&graph.map, &rows).unwrap(), spec)
                .unwrap();
            return (plan.to == downgraded.to).then_some(Deviation::StampToBase);
        }
        let (ours, theirs) = (graph.implied(&ids(&plan.to)), graph.implied(rows));
        return (ours.is_superset(&theirs) && ours != theirs).then_some(Deviation::StampLoses);
    }
    let label = label?;
    let off_line = |id: &String| !label.values().any(|carrier| graph.shares_lineage(carrier, id));
    match (ours, theirs) {
        (_, Theirs::Refused { message, .. }) => message
            .contains("Not a valid downgrade target from current heads")
            .then_some(Deviation::LabelBelowTarget),
        (Ok(plan), Theirs::Steps { ran, .. }) if case.command == "downgrade" => {
            let ours: Set = plan
                .steps
                .iter()
                .flat_map(|step| &step.revision)
                .map(ToString::to_string)
                .collect();
            let theirs: Set = ran.iter().filter_map(|(revision, _)| revision.clone()).collect();
            let more: Set = theirs.difference(&ours).cloned().collect();
            (ours.is_subset(&theirs) && more.iter().any(off_line)).then_some(Deviation::LabelWidens)
        }
        (Err(_), Theirs::Steps { ran, .. }) if kind == Some(ErrorKind::NotAValidTarget) => {
            let off_line = ran
                .iter()
                .filter_map(|(revision, _)| revision.as_ref())
                .any(off_line);
            off_line.then_some(Deviation::LabelWidens)
        }
        (Ok(_) | Err(_), Theirs::Steps { .. }) => None,
    }
}

fn ids(ids: &[RevisionId]) -> Set {
    ids.iter().map(ToString::to_string).collect()
}

/// A plan keeps the rule about rows at every step: they are what nothing applied needs.
fn assert_rows(case: &Case<'_>, plan: &Plan) {
    let graph = case.graph;
    let mut applied = graph.implied(&case.rows);
    for step in plan.steps.iter().filter(|_| case.command != "stamp") {
        let revision = step.revision.as_ref().unwrap().to_string();
        if !applied.remove(&revision) {
            applied.insert(revision.clone());
        }
        assert_eq!(
            ids(&step.heads_after),
            graph.maximal(&applied),
            "rows after {revision}"
        );
        assert_eq!(
            graph.implied(&ids(&step.heads_after)),
            applied,
            "what the rows after {revision} imply"
        );
    }
}

/// What differs between two answers; none when they agree.
fn difference(case: &Case<'_>, ours: &Result<Plan, ResolveError>, theirs: &Theirs) -> Option<String> {
    let graph = case.graph;
    match (ours, theirs) {
        (Ok(plan), Theirs::Steps { ran, rows, .. }) => {
            if case.command != "stamp" {
                let ours: Set = plan
                    .steps
                    .iter()
                    .flat_map(|step| &step.revision)
                    .map(ToString::to_string)
                    .collect();
                let theirs: Set = ran.iter().filter_map(|(revision, _)| revision.clone()).collect();
                if ours != theirs {
                    return Some(format!("other revisions: {ours:?} here, {theirs:?} there"));
                }
                // Their rows after each of their steps say the same as the rule that ours follow.
                let mut applied = graph.implied(&case.rows);
                for (revision, rows) in ran {
                    let revision = revision.clone().unwrap();
                    if !applied.remove(&revision) {
                        applied.insert(revision.clone());
                    }
                    if graph.maximal(&graph.implied(rows)) != graph.maximal(&applied) {
                        return Some(format!("other rows after {revision}: {rows:?} there"));
                    }
                }
            }
            let theirs = graph.maximal(rows);
            (ids(&plan.to) != theirs)
                .then(|| format!("other rows: {:?} here, {theirs:?} there", ids(&plan.to)))
        }
        (Err(error), Theirs::Refused { class, message }) => (Some(error.kind())
            != Theirs::kind(class, message))
        .then(|| format!("other refusals: {error} here, {class}: {message} there")),
        (Ok(plan), Theirs::Refused { class, message }) => {
            let ours: Vec<_> = plan
                .steps
                .iter()
                .flat_map(|step| &step.revision)
                .map(RevisionId::as_str)
                .collect();
            Some(format!(
                "refused there only: {class}: {message}; here {ours:?} to {:?}",
                ids(&plan.to)
            ))
        }
        (Err(error), Theirs::Steps { rows, .. }) => {
            Some(format!("refused here only: {error}; {rows:?} there"))
        }
    }
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn plans_agree_with_alembic_on_generated_graphs() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let graphs: Vec<Graph> = (0..GRAPHS).map(|_| Graph::random(&mut random)).collect();
    let mut cases = Vec::new();
    for graph in &graphs {
        for _ in 0..STATES {
            let count = random.below(4);
            let some: Set = (0..count)
                .map(|_| random.pick(&graph.revisions).id.to_string())
                .collect();
            let rows = graph.maximal(&graph.implied(&some));
            for _ in 0..TARGETS {
                let command = *random.pick(&["upgrade", "downgrade", "stamp"]);
                let several = if command == "stamp" && random.chance(15) {
                    2
                } else {
                    1
                };
                let targets = (0..several).map(|_| graph.target(&mut random, command)).collect();
                cases.push(Case {
                    graph,
                    rows: rows.clone(),
                    command,
                    targets,
                });
            }
        }
    }

    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/oracle/graph.py");
    let mut oracle = Command::new(migrate_tests::python())
        .arg(script)
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = oracle.stdin.take().unwrap();
    let answers = BufReader::new(oracle.stdout.take().unwrap());
    let mut known: BTreeMap<Deviation, usize> = BTreeMap::new();
    let mut unknown = Vec::new();
    let asked = thread::scope(|scope| {
        let cases = &cases;
        scope.spawn(move || {
            for case in cases {
                writeln!(questions, "{}", case.question()).unwrap();
            }
        });
        let mut asked = 0;
        for (case, line) in cases.iter().zip(answers.lines()) {
            asked += 1;
            let theirs = Theirs::read(&line.unwrap());
            let ours = case.ours();
            if let Ok(plan) = &ours {
                assert_rows(case, plan);
            }
            if let Some(difference) = difference(case, &ours, &theirs) {
                match known_deviation(case, &ours, &theirs) {
                    Some(deviation) => *known.entry(deviation).or_default() += 1,
                    None => unknown.push(format!("{difference}\n    {}", case.question())),
                }
            }
        }
        asked
    });
    assert!(oracle.wait().unwrap().success());
    assert_eq!(asked, cases.len(), "the oracle answers every question");
    println!("{asked} questions, {known:#?}");
    assert!(
        unknown.is_empty(),
        "{} differences:\n{}",
        unknown.len(),
        unknown.join("\n")
    );
    let share = known.values().sum::<usize>() * 100 / asked;
    assert!(share < 12, "{share} % of the answers differ on purpose");
}
