//! A field and the column that it is.

use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::arguments::Arguments;
use crate::errors::Errors;
use crate::table::old_name;

/// A field that is a column.
pub(super) struct Field {
    pub(super) ident: syn::Ident,
    /// The column's name.
    pub(super) column: String,
    /// What the column was called before.
    pub(super) renamed_from: Option<String>,
    /// The Rust type.
    pub(super) rust: syn::Type,
    /// The column's type, where it is said.
    pub(super) ty: Option<syn::Expr>,
    pub(super) nullable: bool,
    /// What refines the column, in order: `primary_key()`, `server_default(now())`.
    pub(super) refinements: Vec<(syn::Ident, Option<syn::Expr>)>,
    /// `identity().start(5)`, which ends what is said of the column.
    pub(super) identity: Option<syn::Expr>,
    pub(super) references: Option<Reference>,
    pub(super) index: bool,
}

/// The column that a foreign key points to.
pub(super) struct Reference {
    pub(super) target: Target,
    pub(super) refinements: Vec<(syn::Ident, Option<syn::Expr>)>,
}

pub(super) enum Target {
    /// A field of a model.
    Field { model: syn::Path, field: syn::Ident },
    /// A column by names.
    Named { table: String, column: String },
}

const FLAGS: [&str; 3] = ["primary_key", "unique", "autoincrement"];
const VALUES: [&str; 6] = [
    "server_default",
    "check",
    "collate",
    "generated_stored",
    "generated_virtual",
    "comment",
];

impl Field {
    /// Reads a field. One that sqlx skips is no column.
    pub(super) fn read(
        field: &syn::Field,
        rename_all: Option<&syn::LitStr>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut sqlx = Arguments::read(&field.attrs, "sqlx", errors);
        let mut arguments = Arguments::read(&field.attrs, "column", errors);
        if sqlx.flag("skip") || arguments.flag("skip") {
            return None;
        }
        if sqlx.flag("flatten") {
            errors.push(ident.span(), FLATTENED);
            return None;
        }
        let name = arguments
            .text("name", errors)
            .or_else(|| sqlx.text("rename", errors));
        let column = match name {
            Some(name) => name.value(),
            None => renamed(&ident.unraw().to_string(), rename_all, errors),
        };
        let mut refinements = Vec::new();
        for flag in FLAGS.into_iter().filter(|flag| arguments.flag(flag)) {
            refinements.push((syn::Ident::new(flag, ident.span()), None));
        }
        for key in VALUES {
            if let Some(value) = arguments.value(key) {
                refinements.push((syn::Ident::new(key, value.span()), Some(value)));
            }
        }
        let identity = arguments.calls(&["identity", "identity_always"]).pop();
        let references = reference(&mut arguments, errors);
        if let (Some(identity), Some(_)) = (&identity, &references) {
            errors.push(identity.span(), NUMBERED);
        }
        let read = Self {
            nullable: is_option(&field.ty),
            rust: field.ty.clone(),
            ty: ty(&mut arguments),
            identity,
            references,
            index: arguments.flag("index"),
            renamed_from: old_name(&mut arguments, &column, errors),
            refinements,
            column,
            ident,
        };
        arguments.finish(errors);
        Some(read)
    }
}

/// `ty = varchar(80)`, or `length = 80` for the same.
fn ty(arguments: &mut Arguments) -> Option<syn::Expr> {
    let length = arguments.value("length");
    arguments
        .value("ty")
        .or_else(|| length.map(|length| syn::parse_quote! { varchar(#length) }))
}

fn reference(arguments: &mut Arguments, errors: &mut Errors) -> Option<Reference> {
    let value = arguments.value("references")?;
    let mut refinements = Vec::new();
    for (key, method) in [
        ("foreign_key", "name"),
        ("on_delete", "on_delete"),
        ("on_update", "on_update"),
    ] {
        if let Some(said) = arguments.value(key) {
            refinements.push((syn::Ident::new(method, said.span()), Some(said)));
        }
    }
    for flag in ["match_full", "deferrable", "initially_deferred"] {
        if arguments.flag(flag) {
            refinements.push((syn::Ident::new(flag, value.span()), None));
        }
    }
    let target = target(&value);
    if target.is_none() {
        errors.push(value.span(), NO_TARGET);
    }
    Some(Reference {
        target: target?,
        refinements,
    })
}

fn target(value: &syn::Expr) -> Option<Target> {
    if let syn::Expr::Path(path) = value {
        let mut model = path.path.clone();
        let field = model.segments.pop()?.ident;
        model.segments.pop_punct();
        (!model.segments.is_empty()).then_some(Target::Field { model, field })
    } else if let syn::Expr::Lit(syn::ExprLit {
        lit: syn::Lit::Str(text),
        ..
    }) = value
    {
        let (table, column) = text
            .value()
            .rsplit_once('.')
            .map(|(table, column)| (table.to_owned(), column.to_owned()))?;
        Some(Target::Named { table, column })
    } else {
        None
    }
}

/// As sqlx renames the fields of a row.
fn renamed(name: &str, rename_all: Option<&syn::LitStr>, errors: &mut Errors) -> String {
    let Some(style) = rename_all else {
        return name.to_owned();
    };
    match crate::rename::renamed(name, &style.value()) {
        Some(name) => name,
        None => {
            errors.push(style.span(), "sqlx knows no such style");
            name.to_owned()
        }
    }
}

fn is_option(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path)
        if path.path.segments.last().is_some_and(|segment| segment.ident == "Option"))
}

const FLATTENED: &str = "a flattened field is more than one column\n\
    hint: give its fields here, or leave the table to a struct of its own";
const NUMBERED: &str = "a numbered column points to no other here\n\
    hint: `foreign_key([..], \"table\", [..])` at the struct says where it points to";
const NO_TARGET: &str = "what a foreign key points to is a field of a model, `references = Org::id`, or a column by \
    names, `references = \"orgs.id\"`";
