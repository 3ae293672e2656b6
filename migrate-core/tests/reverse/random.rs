//! Random schemas and random changes of them: whatever is reversed is as it was.

use migrate_core::operation::{Operation, Recorded, reverse};
use migrate_core::prelude::*;
use migrate_core::schema::{Metadata, Type};
use proptest::prelude::*;

/// The choices that an operation is made of, when it is known what is there.
type Choice = (u8, u8, u8);

/// One of a list, if it has any.
fn pick<T: Clone>(list: impl IntoIterator<Item = T>, choice: u8) -> Option<T> {
    let list: Vec<T> = list.into_iter().collect();
    (!list.is_empty()).then(|| list[usize::from(choice) % list.len()].clone())
}

fn ty(choice: u8) -> Type {
    match choice % 5 {
        0 => integer(),
        1 => bigint(),
        2 => text(),
        3 => varchar(20),
        _ => Type::Enumeration(enumeration(format!("kind{}", choice % 3), ["a", "b"])),
    }
}

/// Records an operation that is possible in most cases, about what is there.
fn record(op: &mut Op, metadata: &Metadata, (what, one, two): Choice) -> Option<()> {
    let free = format!("n{}", two % 12);
    let table = || pick(metadata.tables.keys().cloned(), one);
    let column = |table| {
        let columns = metadata.tables.get(table)?.columns.iter();
        pick(columns.map(|column| column.name.clone()), two)
    };
    let constraint = |table| {
        let constraints = metadata.tables.get(table)?.constraints.iter();
        pick(constraints.map(|constraint| constraint.name().to_owned()), two)
    };
    match what % 28 {
        0..=2 => {
            op.create_table(&free, |t| {
                t.column("id", integer()).primary_key();
                t.column("a", ty(one)).comment("c");
                t.column("b", ty(two)).server_default("x");
                t.check("b <> 'a'").name("ck");
            })
            .comment("t");
        }
        3 => drop(op.drop_table(table()?)),
        4 => op.rename_table(table()?, &free),
        5 => op.create_table_comment(table()?, &free),
        6 => op.drop_table_comment(table()?),
        7 | 8 => drop(op.add_column(table()?, &free, ty(one)).not_null().unique()),
        9 => drop(op.drop_column(table()?, &column(&table()?)?)),
        10 => drop(op.alter_column(table()?, &column(&table()?)?).rename(&free)),
        11 => drop(
            op.alter_column(table()?, &column(&table()?)?)
                .set_type(ty(two))
                .not_null(),
        ),
        12 => drop(
            op.alter_column(table()?, &column(&table()?)?)
                .server_default(7)
                .nullable()
                .comment("d"),
        ),
        13 => drop(
            op.alter_column(table()?, &column(&table()?)?)
                .drop_server_default()
                .drop_comment(),
        ),
        14 => drop(
            op.create_index(&format!("ix{two}"), table()?, [column(&table()?)?])
                .where_("a > 'b'"),
        ),
        15 => {
            let (table, name) = pick(metadata.indexes.keys().cloned(), one)?;
            op.drop_index(&name, table);
        }
        16 => drop(op.create_unique_constraint(free.as_str(), table()?, [column(&table()?)?, "id".into()])),
        17 => drop(op.create_foreign_key(
            free.as_str(),
            table()?,
            pick(metadata.tables.keys(), two)?,
            ["a"],
            ["id"],
        )),
        18 => drop(op.drop_constraint(&constraint(&table()?)?, table()?)),
        19 => op.create_enum(enumeration(format!("kind{}", two % 4), ["a", "b"])),
        20 => op.rename_enum_value(pick(metadata.enumerations.keys(), one)?, "a", "z"),
        21 => drop(op.drop_enum(pick(metadata.enumerations.keys(), one)?)),
        22 => drop(op.create_trigger(&free, table()?, Before, [UpdateOf(vec![column(&table()?)?])], "x")),
        23 => {
            let (table, name) = pick(metadata.triggers.keys().cloned(), one)?;
            op.drop_trigger(&name, table);
        }
        24 => drop(op.replace_view(format!("view{}", one % 2), &free)),
        25 => drop(op.rename_constraint(table()?, &constraint(&table()?)?, &free)),
        26 => {
            let (table, name) = pick(metadata.indexes.keys().cloned(), one)?;
            op.rename_index(table, &name, &free);
        }
        _ => drop(op.drop_view(pick(metadata.views.keys(), one)?)),
    }
    Some(())
}

/// Applies what the choices come to, leaving out what is impossible, and gives what was done.
fn run(metadata: &mut Metadata, choices: &[Choice]) -> Vec<Recorded> {
    let mut done = Vec::new();
    for choice in choices {
        let mut op = Op::new();
        record(&mut op, metadata, *choice);
        for recorded in op.finish() {
            let mut next = metadata.clone();
            if next.apply(&recorded.operation).is_ok() {
                *metadata = next;
                done.push(recorded);
            }
        }
    }
    done
}

/// Without what has no way back. The rest is still possible: what is left out changed values only, or made a view.
fn reversible(recorded: Vec<Recorded>, before: &Metadata) -> Vec<Recorded> {
    let mut state = before.clone();
    let possible = recorded.into_iter().filter(|recorded| {
        let kept = reverse(std::slice::from_ref(recorded), &state).is_ok()
            && state.clone().apply(&recorded.operation).is_ok();
        if kept {
            state.apply(&recorded.operation).unwrap();
        }
        kept
    });
    possible.collect()
}

/// In the order of names: a column or constraint that comes back is the last of its table.
fn sorted(mut metadata: Metadata) -> Metadata {
    for table in metadata.tables_mut(|_| true) {
        table.columns.sort_by(|one, other| one.name.cmp(&other.name));
        table
            .constraints
            .sort_by(|one, other| one.name().cmp(other.name()));
    }
    metadata
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_reversed_is_as_it_was(
        first in proptest::collection::vec(any::<Choice>(), 0..25),
        then in proptest::collection::vec(any::<Choice>(), 1..25),
    ) {
        let mut before = Metadata::default();
        run(&mut before, &first);
        let mut state = before.clone();
        let recorded = reversible(run(&mut state, &then), &before);
        let mut state = before.clone();
        for recorded in &recorded {
            state.apply(&recorded.operation).unwrap();
        }
        for recorded in reverse(&recorded, &before).unwrap() {
            let outcome = state.apply(&recorded.operation);
            prop_assert_eq!(outcome, Ok(()), "{} of {:#?}", recorded.operation, display(&recorded.operation));
        }
        prop_assert_eq!(sorted(state), sorted(before));
    }
}

fn display(operation: &Operation) -> String {
    format!("{operation:?}")
}
