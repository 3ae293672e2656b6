//! The README's Rust stands, line for line, in a file that is compiled: here, in `fixtures/readme`, or in example-app.
//! Its commands are run where the example's binary is, in example-app.

use std::fs;
use std::path::Path;

use clap::Parser;

mod cart {
    pub(crate) mod migrations {
        migrate_core::migrations!("fixtures/readme/cart");
    }
}

mod migrations {
    use super::cart;

    migrate_core::migrations!("fixtures/readme/migrations", with = [cart::migrations]);
}

/// Nobody runs it.
mod beside {
    migrate_core::models! {
        fn beside(op: &mut Op) {
            op.create_index(None, "users", [key("created_at").desc()]);
            op.create_view("newest", "SELECT max(created_at) AS at FROM users");
        }
    }
}

#[expect(dead_code, reason = "what stands in the README is not used")]
mod models {
    use migrate_core::sqlx::types::Uuid;
    use migrate_core::sqlx::types::chrono::{DateTime, Utc};

    #[derive(Table)]
    #[table(name = "orgs")]
    struct Org {
        #[column(primary_key)]
        id: Uuid,
    }

    use migrate_core::{Enumeration, Table};

    #[derive(Enumeration)]
    #[sqlx(type_name = "plan", rename_all = "lowercase")]
    enum Plan {
        Free,
        Pro,
    }

    #[derive(Table)]
    #[table(name = "users", unique(["org_id", "email"]))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        #[column(length = 255, index)]
        email: String,
        #[column(server_default = "free")]
        plan: Plan,
        #[column(references = Org::id, on_delete = Cascade)]
        org_id: Option<Uuid>,
        #[column(server_default = now())]
        created_at: DateTime<Utc>,
    }

    #[derive(Table)]
    #[table(name = "accounts", renamed_from = "users")]
    struct Account {
        #[column(renamed_from = "name")]
        full_name: String,
    }
}

#[derive(clap::Parser)]
enum App {
    /// Serve requests
    Serve,
    /// Migrate the database
    Migrate(migrate_cli::Migrate),
}

async fn run(app: App) -> std::process::ExitCode {
    match app {
        App::Serve => serve().await,
        App::Migrate(migrate) => migrate.run(migrations::migrator()).await,
    }
}

async fn serve() -> std::process::ExitCode {
    std::process::ExitCode::from(7)
}

/// Where the README's code is compiled, relative to the workspace's root.
const COMPILED: [&str; 9] = [
    "example-app/build.rs",
    "example-app/src/bin/migrate.rs",
    "example-app/src/main.rs",
    "example-app/src/migrations.rs",
    "example-app/tests/migrations.rs",
    "tests/fixtures/readme/migrations/full_name.rs",
    "tests/fixtures/readme/migrations/one_name.rs",
    "tests/fixtures/readme/migrations/users.rs",
    "tests/tests/readme.rs",
];

/// The lines of code as the README shows it.
fn lines(code: &str) -> Vec<String> {
    let shown = |line: &str| {
        let line = line.replace("fixtures/readme/", "");
        line.replace("example_app::", "my_app::").trim().to_owned()
    };
    code.lines().map(shown).collect()
}

#[test]
fn the_readme_s_rust_is_compiled() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let files = COMPILED.map(|path| lines(&fs::read_to_string(root.join(path)).unwrap()));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let blocks = readme.split("```rust\n").skip(1);
    let blocks: Vec<Vec<String>> = blocks
        .map(|rest| lines(rest.split("```").next().unwrap()))
        .collect();
    assert!(
        blocks.len() > 5,
        "the README's code is not where this test looks for it"
    );
    for block in blocks {
        assert!(
            files
                .iter()
                .any(|file| file.windows(block.len()).any(|window| window == block)),
            "compiled nowhere:\n{}",
            block.join("\n")
        );
    }
}

#[tokio::test]
async fn the_readme_s_migrations_make_sense_to_postgresql_and_its_application_runs() {
    let script = migrations::migrator()
        .script_upgrade("postgres", &migrate_graph::Heads::default(), "0a2b4c6d8e1f")
        .await
        .unwrap();
    assert!(script.contains("ALTER COLUMN \"email\" SET NOT NULL"), "{script}");
    let serve = App::try_parse_from(["my-app", "serve"]).unwrap();
    assert_eq!(run(serve).await, std::process::ExitCode::from(7));
}
