//! Graphs, states and targets by chance: small graphs with short ids that begin alike, since these are where targets
//! are ambiguous and rules meet.

use migrate_graph::Revision;

use crate::graph::{Graph, Set};
use crate::question::Question;
use crate::random::Random;

/// A graph of up to nine revisions.
pub(crate) fn graph(random: &mut Random) -> Graph {
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
    Graph::new(revisions)
}

/// The rows of a database that is somewhere in a graph.
pub(crate) fn rows(random: &mut Random, graph: &Graph) -> Set {
    let count = random.below(4);
    let some: Set = (0..count)
        .map(|_| random.pick(&graph.revisions).id.to_string())
        .collect();
    graph.maximal(&graph.implied(&some))
}

/// A question about a plan from there.
pub(crate) fn plan<'a>(random: &mut Random, graph: &'a Graph, rows: &Set) -> Question<'a> {
    let command = *random.pick(&["upgrade", "downgrade", "stamp"]);
    let several = if command == "stamp" && random.chance(15) {
        2
    } else {
        1
    };
    let purge = command == "stamp" && random.chance(20);
    let targets = (0..several).map(|_| target(random, graph, command)).collect();
    Question {
        graph,
        rows: rows.clone(),
        command: if purge { "purge" } else { command },
        targets,
    }
}

/// A question about which revisions a target or a range means. Alembic counts back from a head (`-2:`), and up from
/// the start or from a revision at the end (`base:+2`, `:a1+2`), and nowhere else.
pub(crate) fn listing<'a>(random: &mut Random, graph: &'a Graph, rows: &Set) -> Question<'a> {
    let command = *random.pick(&["show", "history"]);
    let mut place = |sign: &str| match random.below(10) {
        0 => "current".to_owned(),
        1 => format!("{sign}{}", 1 + random.below(3)),
        2 if sign == "+" => format!("{}+{}", target(random, graph, "stamp"), 1 + random.below(3)),
        _ => target(random, graph, "stamp"),
    };
    let text = if command == "show" {
        place("-")
    } else {
        let (start, end) = (place("-"), place("+"));
        match random.below(5) {
            0 => format!("{start}:"),
            1 => format!(":{end}"),
            _ => format!("{start}:{end}"),
        }
    };
    Question {
        graph,
        rows: rows.clone(),
        command,
        targets: [text].into(),
    }
}

/// A target, of any form that Alembic takes for the command.
pub(crate) fn target(random: &mut Random, graph: &Graph, command: &str) -> String {
    let ids: Vec<&str> = graph
        .revisions
        .iter()
        .map(|revision| revision.id.as_str())
        .collect();
    let names: Vec<&str> = ids
        .iter()
        .copied()
        .chain(graph.labels.keys().map(String::as_str))
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
        let name = if random.chance(60) && !graph.labels.is_empty() {
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
