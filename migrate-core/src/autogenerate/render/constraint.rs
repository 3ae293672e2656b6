//! Constraints, in a new table and on one that there is.

use super::literal::{name, say, text, texts};
use crate::operation::{AddConstraint, DropConstraint, RenameConstraint};
use crate::schema::{
    Action, Column, Constraint, ConstraintKind, Deferrable, Exclude, ForeignKey, QualifiedName, Table,
    Unique, naming,
};

/// The constraints of a new table that no column said, each as a clause: `unique(["a", "b"]).name("uq")`. A check without a
/// name is called by its number, in which those of columns come first.
pub(in crate::autogenerate) fn clauses(table: &Table, said: &[&Constraint]) -> Vec<String> {
    let is_check = |constraint: &Constraint| matches!(constraint, Constraint::Check(_));
    let mut checks = said.iter().filter(|one| is_check(one)).count();
    let mut left = Vec::new();
    for one in table.constraints.iter().filter(|one| !said.contains(one)) {
        checks += usize::from(is_check(one));
        left.push(clause(&table.name, one, checks));
    }
    left
}

fn clause(table: &QualifiedName, constraint: &Constraint, number: usize) -> String {
    let own = constraint.name();
    let named = |convention: &str| {
        if own == convention {
            String::new()
        } else {
            format!(".name({})", text(own))
        }
    };
    match constraint {
        Constraint::PrimaryKey(key) => format!(
            "primary_key({}){}{}",
            texts(&key.columns),
            named(&naming::primary_key(&table.name)),
            deferrable(key.deferrable),
        ),
        Constraint::Unique(unique) => format!(
            "unique({}){}{}",
            texts(&unique.columns),
            named(&naming::unique(&table.name, &unique.columns)),
            unique_rest(unique),
        ),
        Constraint::ForeignKey(key) => format!(
            "foreign_key({}, {}, {}){}{}",
            texts(&key.columns),
            name(&key.referent),
            texts(&key.referent_columns),
            named(&naming::foreign_key(
                &table.name,
                &key.columns,
                &key.referent.name
            )),
            foreign_key_rest(key),
        ),
        Constraint::Check(check) => format!(
            "check({}){}",
            text(&check.condition),
            named(&naming::check(&table.name, number)),
        ),
        Constraint::Exclude(exclude) => {
            format!(
                "exclude({}, {}){}",
                text(own),
                excluded(exclude),
                exclude_rest(exclude)
            )
        }
    }
}

/// What refines a column instead, when a constraint is over it alone and has its conventional name.
pub(in crate::autogenerate) fn refinement(
    table: &QualifiedName,
    column: &Column,
    constraint: &Constraint,
) -> Option<String> {
    let own = |columns: &[String]| columns == [column.name.clone()];
    match constraint {
        Constraint::PrimaryKey(key) => {
            let plain = own(&key.columns) && key.deferrable.is_none();
            (plain && key.name == naming::primary_key(&table.name)).then(|| ".primary_key()".into())
        }
        Constraint::Unique(unique) => {
            let plain = own(&unique.columns) && unique_rest(unique).is_empty();
            (plain && unique.name == naming::unique(&table.name, &unique.columns)).then(|| ".unique()".into())
        }
        Constraint::Check(check) => (check.name == naming::check(&table.name, &column.name))
            .then(|| format!(".check({})", text(&check.condition))),
        Constraint::ForeignKey(_) | Constraint::Exclude(_) => None,
    }
}

/// A foreign key that ends the refinements of its column.
pub(super) fn reference(table: &QualifiedName, column: &Column, key: &ForeignKey) -> Option<String> {
    let [referent] = key.referent_columns.as_slice() else {
        return None;
    };
    let convention = naming::foreign_key(&table.name, &key.columns, &key.referent.name);
    let mut out = String::new();
    say(
        &mut out,
        "references",
        &format!("{}, {}", name(&key.referent), text(referent)),
    );
    if key.name != convention {
        say(&mut out, "name", &text(&key.name));
    }
    out.push_str(&foreign_key_rest(key));
    (key.columns == [column.name.clone()]).then_some(out)
}

/// A constraint for a table that there is.
pub(super) fn add(add: &AddConstraint) -> String {
    let AddConstraint {
        table,
        constraint,
        not_valid,
    } = add;
    let own = constraint.name();
    let called = |convention: &str| {
        if own == convention {
            "None".to_owned()
        } else {
            text(own)
        }
    };
    let not_valid = if *not_valid { ".not_valid()" } else { "" };
    match constraint {
        Constraint::PrimaryKey(key) => format!(
            "op.create_primary_key({}, {}, {}){};",
            called(&naming::primary_key(&table.name)),
            name(table),
            texts(&key.columns),
            deferrable(key.deferrable),
        ),
        Constraint::Unique(unique) => format!(
            "op.create_unique_constraint({}, {}, {}){};",
            called(&naming::unique(&table.name, &unique.columns)),
            name(table),
            texts(&unique.columns),
            unique_rest(unique),
        ),
        Constraint::ForeignKey(key) => format!(
            "op.create_foreign_key({}, {}, {}, {}, {}){}{not_valid};",
            called(&naming::foreign_key(
                &table.name,
                &key.columns,
                &key.referent.name
            )),
            name(table),
            name(&key.referent),
            texts(&key.columns),
            texts(&key.referent_columns),
            foreign_key_rest(key),
        ),
        Constraint::Check(check) => format!(
            "op.create_check_constraint({}, {}, {}){not_valid};",
            text(own),
            name(table),
            text(&check.condition),
        ),
        Constraint::Exclude(exclude) => format!(
            "op.create_exclude_constraint({}, {}, {}){};",
            text(own),
            name(table),
            excluded(exclude),
            exclude_rest(exclude),
        ),
    }
}

pub(super) fn rename(rename: &RenameConstraint) -> String {
    format!(
        "op.rename_constraint({}, {}, {}){};",
        name(&rename.table),
        text(&rename.name),
        text(&rename.to),
        if rename.primary_key { ".primary_key()" } else { "" },
    )
}

pub(super) fn drop(drop: &DropConstraint) -> String {
    let kind = match drop.kind {
        Some(ConstraintKind::PrimaryKey) => ".primary_key()",
        Some(ConstraintKind::Unique) => ".unique()",
        Some(ConstraintKind::ForeignKey) => ".foreign_key()",
        Some(ConstraintKind::Check) => ".check()",
        Some(ConstraintKind::Exclude) | None => "",
    };
    format!(
        "op.drop_constraint({}, {}){kind}{}{};",
        text(&drop.name),
        name(&drop.table),
        if drop.if_exists { ".if_exists()" } else { "" },
        if drop.cascade { ".cascade()" } else { "" },
    )
}

fn deferrable(deferrable: Option<Deferrable>) -> &'static str {
    match deferrable {
        Some(Deferrable::InitiallyImmediate) => ".deferrable()",
        Some(Deferrable::InitiallyDeferred) => ".initially_deferred()",
        None => "",
    }
}

fn unique_rest(unique: &Unique) -> String {
    let nulls = if unique.nulls_not_distinct {
        ".nulls_not_distinct()"
    } else {
        ""
    };
    format!("{nulls}{}", deferrable(unique.deferrable))
}

fn foreign_key_rest(key: &ForeignKey) -> String {
    let mut rest = String::new();
    for (method, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        if let Some(action) = action {
            say(&mut rest, method, self::action(action));
        }
    }
    if key.match_full {
        rest.push_str(".match_full()");
    }
    rest.push_str(deferrable(key.deferrable));
    rest
}

pub(in crate::autogenerate) fn action(action: Action) -> &'static str {
    match action {
        Action::NoAction => "NoAction",
        Action::Restrict => "Restrict",
        Action::Cascade => "Cascade",
        Action::SetNull => "SetNull",
        Action::SetDefault => "SetDefault",
    }
}

fn excluded(exclude: &Exclude) -> String {
    let elements = exclude.elements.iter();
    let elements: Vec<String> = elements
        .map(|(element, operator)| format!("({}, {})", super::literal::element(element), text(operator)))
        .collect();
    format!("[{}]", elements.join(", "))
}

fn exclude_rest(exclude: &Exclude) -> String {
    let mut rest = String::new();
    if let Some(method) = &exclude.method {
        say(&mut rest, "using", &text(method));
    }
    if let Some(condition) = &exclude.predicate {
        say(&mut rest, "where_", &text(condition));
    }
    rest.push_str(deferrable(exclude.deferrable));
    rest
}
