//! `revision --autogenerate`, as somebody uses it: a model changes, a command writes the migration, and it runs.

use migrate_tests::{Project, TestDatabase, Transcript};

const DATABASES: [&str; 3] = ["sqlite", "postgres", "mysql"];

const FIRST: &str = r#"
use migrate_core::{Enumeration, Table};

#[derive(Enumeration)]
#[sqlx(type_name = "plan", rename_all = "lowercase")]
pub enum Plan { Free, Pro }

#[derive(Table)]
#[table(name = "users", index(["email"]).unique())]
pub struct User {
    #[column(primary_key)]
    pub id: i64,
    #[column(length = 80)]
    pub email: String,
    #[column(server_default = "free")]
    pub plan: Plan,
    pub nick: Option<String>,
}
"#;

const SECOND: &str = r#"
use migrate_core::{Enumeration, Table};

#[derive(Enumeration)]
#[sqlx(type_name = "plan", rename_all = "lowercase")]
pub enum Plan { Free, Pro }

#[derive(Table)]
#[table(name = "users", index(["email"]).unique())]
pub struct User {
    #[column(primary_key)]
    pub id: i64,
    #[column(length = 255)]
    pub email: String,
    #[column(server_default = "free")]
    pub plan: Plan,
    #[column(length = 200, comment = "it's \"theirs\"")]
    pub full_name: Option<String>,
}

#[derive(Table)]
#[table(name = "posts")]
pub struct Post {
    #[column(primary_key)]
    pub id: i64,
    #[column(references = User::id, on_delete = Cascade, index)]
    pub user_id: i64,
    pub title: String,
    #[column(server_default = 0)]
    pub likes: i32,
}
"#;

/// A package whose binary has these models.
fn package(name: &str, databases: &[&str], models: &str) -> Project {
    let program = env!("CARGO_BIN_EXE_fixture-cargo-migrate");
    let project = Project::package_for(program, name, databases);
    project.write(
        "src/lib.rs",
        "pub mod models;\n\nmigrate_core::migrations!(\"migrations\");\n",
    );
    // Cargo tells files apart by their times.
    project.write(
        "build.rs",
        "fn main() { println!(\"cargo::rerun-if-changed=migrations\"); }\n",
    );
    project.write("src/models.rs", models);
    project
}

struct Flow<'a> {
    project: Project,
    database: &'a TestDatabase,
}

impl Flow<'_> {
    fn run(&self, line: &str) -> Transcript {
        let mut command = self.project.command(line);
        command.env("DATABASE_URL", self.database.url());
        self.project.transcript(&mut command).without_cargo()
    }

    fn done(&self, line: &str) -> Transcript {
        let transcript = self.run(line);
        assert_eq!(transcript.code, Some(0), "{line}: {transcript}");
        transcript
    }

    /// Everything that stands behind the attribute of a migration.
    fn functions(&self, id: &str) -> String {
        let text = self.project.read(&format!("migrations/{id}.rs"));
        let (_, functions) = text.split_once(")]\n").unwrap_or_default();
        functions.to_owned()
    }
}

/// Makes the models' tables, changes the models, and goes there, back, and there again.
fn flow(name: &str, database: &TestDatabase) {
    let project = package(name, &DATABASES, FIRST);
    let toml = project.read("migrate.toml");
    project.write("migrate.toml", format!("file_template = \"{{rev}}\"\n{toml}"));
    let flow = Flow { project, database };
    let first = flow.done("revision --autogenerate -m first --rev-id a1").stderr;
    flow.done("upgrade head");
    flow.done("check");
    flow.project.write("src/models.rs", SECOND);
    let behind = flow.run("check");
    assert_eq!(behind.code, Some(1), "{behind}");
    let second = flow.done("revision --autogenerate -m second --rev-id b1").stderr;
    let functions = flow.functions("b1");
    for line in [
        "upgrade head",
        "check",
        "downgrade -1",
        "upgrade head",
        "check",
        "downgrade base",
        "upgrade head",
    ] {
        flow.done(line);
    }
    let idle = flow.done("revision --autogenerate -m third --rev-id c1");
    assert_eq!(idle.stdout, "");
    assert!(!flow.project.path().join("migrations/c1.rs").exists());
    insta::allow_duplicates! {
    insta::assert_snapshot!(format!("{first}{second}{}\n{functions}", idle.stderr), @r#"
    Detected added table `users`
    Detected added index `ix_users_email` on `users`
    Generating migrations/a1.rs ... done
    Running post write hook 'rustfmt' ... done
    Detected added table `posts`
    Detected added index `ix_posts_user_id` on `posts`
    Detected added column `users.full_name`
    Detected changed column `users.email`: type from varchar(80) to varchar(255)
    Detected removed column `users.nick`
    Generating migrations/b1.rs ... done
    Running post write hook 'rustfmt' ... done
    Nothing to do: the models say what is there already; no file is written
    hint: a model counts once it is compiled in: its file needs a `mod`, and its crate a `use`

    pub fn upgrade(op: &mut Op) {
        op.create_table("posts", |t| {
            t.column("id", bigint()).primary_key();
            t.column("user_id", bigint())
                .not_null()
                .references("users", "id")
                .on_delete(Cascade);
            t.column("title", text()).not_null();
            t.column("likes", integer()).not_null().server_default(0);
        });
        op.create_index(None, "posts", ["user_id"]);
        op.add_column("users", "full_name", varchar(200))
            .comment("it's \"theirs\"");
        op.alter_column("users", "email").set_type(varchar(255));
        // The values of the column are lost.
        op.drop_column("users", "nick");
    }

    pub fn downgrade(op: &mut Op) {
        op.add_column("users", "nick", text());
        op.alter_column("users", "email").set_type(varchar(80));
        // The values of the column are lost.
        op.drop_column("users", "full_name");
        // The rows of the table are lost.
        op.drop_table("posts");
    }
    "#);
    }
}

#[test]
fn a_changed_model_becomes_a_migration_that_goes_up_and_down_and_up_again_on_sqlite() {
    flow("autogenerate-sqlite", &TestDatabase::sqlite());
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_changed_model_becomes_a_migration_that_goes_up_and_down_and_up_again_on_postgres() {
    flow("autogenerate-postgres", &TestDatabase::postgres().await);
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_changed_model_becomes_a_migration_that_goes_up_and_down_and_up_again_on_mariadb() {
    flow("autogenerate-mariadb", &TestDatabase::mysql().await);
}

/// What is said, and that no file was written.
fn said(project: &Project, line: &str) -> String {
    let before = project.files();
    let transcript = project.run(line).without_cargo();
    let files = |files: std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| -> Vec<_> {
        files
            .into_keys()
            .filter(|path| path.extension().is_some_and(|it| it == "rs"))
            .collect()
    };
    assert_eq!(files(before), files(project.files()), "{line}");
    format!("$ cargo migrate {line}\n{transcript}\n")
}

/// The code of the migration that was written last.
fn written(project: &Project, id: &str) -> String {
    let text = project.read(&format!("migrations/{id}.rs"));
    let (_, functions) = text.split_once(")]\n").unwrap_or_default();
    functions.to_owned()
}

#[test]
fn what_only_has_another_name_is_renamed_when_somebody_says_so() {
    let project = package("autogenerate-renames", &["sqlite"], FIRST);
    let toml = project.read("migrate.toml");
    project.write("migrate.toml", format!("file_template = \"{{rev}}\"\n{toml}"));
    let done = |line: &str| {
        let transcript = project.run(line).without_cargo();
        assert_eq!(transcript.code, Some(0), "{line}: {transcript}");
        transcript.stderr
    };
    done("revision --autogenerate -m first --rev-id a1");
    done("upgrade head");
    let renamed = FIRST.replace("pub nick:", "pub nickname:");
    project.write("src/models.rs", &renamed);
    let mut text = said(&project, "check");
    text += &said(&project, "check --rename users.nick:users.name");
    text += &said(&project, "check --rename users.name:users.nickname");
    text += &said(&project, "check --rename users.nick:nickname");
    // Nobody sits there to be asked.
    text += &done("revision --autogenerate -m second --rev-id b1");
    text += &written(&project, "b1");
    std::fs::remove_file(project.path().join("migrations/b1.rs")).unwrap();
    text += &done("revision --autogenerate -m second --rev-id b1 --rename users.nick:nickname");
    text += &written(&project, "b1");
    done("upgrade head");
    // What a model says may stay there.
    let said_so = renamed
        .replace(
            "\"users\", index",
            "\"accounts\", renamed_from = \"users\", index",
        )
        .replace(
            "pub nickname:",
            "#[column(renamed_from = \"nick\")]\n    pub nickname:",
        );
    project.write("src/models.rs", &said_so);
    text += &done("revision --autogenerate -m third --rev-id c1");
    text += &written(&project, "c1");
    for line in ["upgrade head", "check", "downgrade base", "upgrade head", "check"] {
        done(line);
    }
    insta::assert_snapshot!(text, @r#"
    $ cargo migrate check
    exit code 1
    --- stdout
    New upgrade operations detected:
        op.add_column("users", "nickname", text());
        op.drop_column("users", "nick");
    maybe `users.nick` is only called `users.nickname` now: say so by `renamed_from` on the model, or by `--rename users.nick:users.nickname`

    $ cargo migrate check --rename users.nick:users.name
    exit code 2
    --- stderr
    error: no model describes a table or a column `users.name`: the new name is the one that the models have, as in `users:accounts` or `users.name:users.full_name`

    $ cargo migrate check --rename users.name:users.nickname
    exit code 2
    --- stderr
    error: `users.name:users.nickname` renames nothing: there is no `users.name` to be renamed, or there is a `users.nickname` already

    $ cargo migrate check --rename users.nick:nickname
    exit code 1
    --- stdout
    New upgrade operations detected:
        op.alter_column("users", "nick").rename("nickname");

    Detected added column `users.nickname`
    Detected removed column `users.nick`
    warning: maybe `users.nick` is only called `users.nickname` now: say so by `renamed_from` on the model, or by `--rename users.nick:users.nickname`
    Generating migrations/b1.rs ... done
    Running post write hook 'rustfmt' ... done
    pub fn upgrade(op: &mut Op) {
        op.add_column("users", "nickname", text());
        // Maybe `users.nick` is `users.nickname` now: say so by `renamed_from` on the model, or by `--rename users.nick:users.nickname`, and nothing is lost.
        // The values of the column are lost.
        op.drop_column("users", "nick");
    }

    pub fn downgrade(op: &mut Op) {
        op.add_column("users", "nick", text());
        // The values of the column are lost.
        op.drop_column("users", "nickname");
    }
    Detected changed column `users.nick`: name to `nickname`
    Generating migrations/b1.rs ... done
    Running post write hook 'rustfmt' ... done
    pub fn upgrade(op: &mut Op) {
        op.alter_column("users", "nick").rename("nickname");
    }

    pub fn downgrade(op: &mut Op) {
        op.alter_column("users", "nickname").rename("nick");
    }
    Detected renamed table `users` to `accounts`
    Detected renamed constraint `pk_users` of `accounts` to `pk_accounts`
    Detected renamed index `ix_users_email` on `accounts` to `ix_accounts_email`
    Generating migrations/c1.rs ... done
    Running post write hook 'rustfmt' ... done
    pub fn upgrade(op: &mut Op) {
        op.rename_table("users", "accounts");
        op.rename_constraint("accounts", "pk_users", "pk_accounts")
            .primary_key();
        op.rename_index("accounts", "ix_users_email", "ix_accounts_email");
    }

    pub fn downgrade(op: &mut Op) {
        op.rename_index("accounts", "ix_accounts_email", "ix_users_email");
        op.rename_constraint("accounts", "pk_accounts", "pk_users")
            .primary_key();
        op.rename_table("accounts", "users");
    }
    "#);
}

#[test]
fn what_cannot_be_generated_is_told_and_no_file_is_written() {
    let project = package("autogenerate-refused", &["sqlite"], "");
    let mut text = said(&project, "revision --offline -m x");
    text += &said(&project, "revision --autogenerate -m x");
    text += &said(&project, "revision --autogenerate -m x --format json");
    let one = "#[derive(migrate_core::Table)]\n#[table(name = \"users\")]\npub struct User { pub id: i32 }\n";
    project.write("src/models.rs", one);
    project.write(
        "migrations/migration.rs.jinja",
        "#[migration({{ attribute }})]\npub fn upgrade(_op: &mut Op) {}\n",
    );
    text += &said(&project, "revision --autogenerate -m x");
    project.write("migrations/migration.rs.jinja", "");
    project.line("None", &["a1"]);
    text += &said(&project, "revision --autogenerate -m x --quiet");
    std::fs::remove_file(project.path().join("migrations/migration.rs.jinja")).unwrap();
    let offline = project.run("revision --autogenerate --offline -m x --quiet");
    assert_eq!(offline.code, Some(0), "{offline}");
    insta::assert_snapshot!(text, @r#"
    $ cargo migrate revision --offline -m x
    exit code 2
    --- stderr
    error: `--offline` is for `--autogenerate`

    $ cargo migrate revision --autogenerate -m x
    exit code 2
    --- stderr
    error: there are no models: no `#[derive(Table)]` is linked into this program

    $ cargo migrate revision --autogenerate -m x --format json
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "models",
        "message": "there are no models: no `#[derive(Table)]` is linked into this program",
        "hints": []
      }
    }

    $ cargo migrate revision --autogenerate -m x
    exit code 2
    --- stderr
    Detected added table `users`
    error: `migrations/migration.rs.jinja` does not write the statements of `upgrade`
    hint: `pub fn upgrade({{ upgrade.op }}: &mut Op) {{ upgrade.body }}` writes them, and `downgrade` likewise

    $ cargo migrate revision --autogenerate -m x --quiet
    exit code 2
    --- stderr
    error: Target database is not up to date.
    hint: `upgrade head` brings it there; `check --offline` asks no database

    "#);
}
