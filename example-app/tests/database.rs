//! The application's migrations on SQLite, PostgreSQL and MariaDB: the schema that the documents describe, there and back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use example_app::migrations::migrator;
use migrate_tests::TestDatabase;

/// Every table with the number of its columns.
const TABLES: [&str; 7] = [
    "agent_actions | 10",
    "conversations | 7",
    "magic_links | 8",
    "messages | 12",
    "objectives | 7",
    "policies | 8",
    "users | 10",
];

/// Table, column, and the table it points to, for every foreign key; all of them cascade.
const FOREIGN_KEYS: [&str; 6] = [
    "agent_actions | conversation_id | conversations | CASCADE",
    "conversations | objective_id | objectives | CASCADE",
    "magic_links | user_id | users | CASCADE",
    "messages | conversation_id | conversations | CASCADE",
    "objectives | user_id | users | CASCADE",
    "policies | user_id | users | CASCADE",
];

/// Index, its column, and whether it is unique.
const INDEXES: [&str; 10] = [
    "ix_agent_actions_conversation_id | conversation_id | 0",
    "ix_conversations_gmail_thread_id | gmail_thread_id | 0",
    "ix_conversations_objective_id | objective_id | 0",
    "ix_magic_links_token | token | 1",
    "ix_magic_links_user_id | user_id | 0",
    "ix_messages_conversation_id | conversation_id | 0",
    "ix_messages_gmail_message_id | gmail_message_id | 1",
    "ix_objectives_user_id | user_id | 0",
    "ix_policies_user_id | user_id | 0",
    "ix_users_email | email | 1",
];

/// How a database is asked for its schema.
struct Catalog {
    tables: &'static str,
    foreign_keys: &'static str,
    indexes: &'static str,
    /// Whatever a downgrade to base must not leave.
    everything: &'static str,
}

const SQLITE: Catalog = Catalog {
    tables: "SELECT t.name, count(*) FROM sqlite_master t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name <> 'alembic_version' GROUP BY t.name ORDER BY t.name",
    foreign_keys: "SELECT t.name, k.\"from\", k.\"table\", k.on_delete
                   FROM sqlite_master t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table' ORDER BY 1, 2",
    indexes: "SELECT i.name, c.name, i.\"unique\"
              FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
              WHERE t.type = 'table' AND i.origin = 'c' ORDER BY 1",
    everything: "SELECT name FROM sqlite_master WHERE tbl_name <> 'alembic_version'",
};

const POSTGRES: Catalog = Catalog {
    tables: "SELECT table_name, count(*) FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name <> 'alembic_version' GROUP BY 1 ORDER BY 1",
    foreign_keys: "SELECT k.conrelid::regclass, a.attname, k.confrelid::regclass,
                          CASE k.confdeltype WHEN 'c' THEN 'CASCADE' ELSE k.confdeltype::text END
                   FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                   WHERE k.contype = 'f' ORDER BY k.conrelid::regclass::text, 2",
    indexes: "SELECT i.relname, a.attname, x.indisunique::int
              FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
              JOIN pg_attribute a ON a.attrelid = i.oid
              WHERE t.relnamespace = 'public'::regnamespace AND NOT x.indisprimary ORDER BY 1",
    everything: "SELECT relname FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'alembic_version%'
                 UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'",
};

/// A key takes an index, and uses one that is there.
const MYSQL: Catalog = Catalog {
    tables: "SELECT table_name, count(*) FROM information_schema.columns
             WHERE table_schema = DATABASE() AND table_name <> 'alembic_version' GROUP BY 1 ORDER BY 1",
    foreign_keys: "SELECT k.table_name, k.column_name, k.referenced_table_name, r.delete_rule
                   FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
                   ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
                   WHERE k.table_schema = DATABASE() ORDER BY 1, 2",
    indexes: "SELECT index_name, column_name, 1 - non_unique FROM information_schema.statistics
              WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY' ORDER BY 1",
    everything: "SELECT table_name FROM information_schema.tables
                 WHERE table_schema = DATABASE() AND table_name <> 'alembic_version'",
};

async fn has_the_schema_and_loses_it_again(database: &TestDatabase, catalog: &Catalog) {
    let migrator = migrator();
    for round in ["first", "again"] {
        let report = migrator.upgrade(database.url(), "head").await.unwrap();
        assert_eq!(report.applied.len(), 3, "{round}");
        assert_eq!(
            database.rows("SELECT version_num FROM alembic_version").await,
            ["003"]
        );
        assert_eq!(database.rows(catalog.tables).await, TABLES, "{round}");
        assert_eq!(database.rows(catalog.foreign_keys).await, FOREIGN_KEYS, "{round}");
        assert_eq!(database.rows(catalog.indexes).await, INDEXES, "{round}");

        let report = migrator.downgrade(database.url(), "base").await.unwrap();
        assert_eq!(report.applied.len(), 3, "{round}");
        assert!(database.rows(catalog.everything).await.is_empty(), "{round}");
        assert!(
            database
                .rows("SELECT version_num FROM alembic_version")
                .await
                .is_empty(),
            "{round}"
        );
    }
}

async fn names_the_nameless(database: &TestDatabase) {
    let migrator = migrator();
    migrator.upgrade(database.url(), "002").await.unwrap();
    let users = "INSERT INTO users (id, email, name) VALUES
        ('00000000-0000-4000-8000-000000000001', 'ada.lovelace+work@example.com', NULL),
        ('00000000-0000-4000-8000-000000000002', 'grace@example.com', 'Admiral ''Amazing Grace'' Hopper')";
    database.execute(users).await;

    migrator.upgrade(database.url(), "head").await.unwrap();
    let names = "SELECT email, display_name FROM users ORDER BY email";
    assert_eq!(
        database.rows(names).await,
        [
            "ada.lovelace+work@example.com | Ada Lovelace",
            "grace@example.com | Admiral 'Amazing Grace' Hopper"
        ]
    );

    migrator.downgrade(database.url(), "-1").await.unwrap();
    let emptied = ["ada.lovelace+work@example.com | NULL", "grace@example.com | NULL"];
    assert_eq!(database.rows(names).await, emptied);
}

async fn deletes_what_belongs_to_a_deleted_user(database: &TestDatabase) {
    migrator().upgrade(database.url(), "head").await.unwrap();
    let id = |number: u8| format!("'00000000-0000-4000-8000-{number:012}'");
    let (user, objective, conversation) = (id(1), id(2), id(3));
    let rows = [
        format!("INSERT INTO users (id, email) VALUES ({user}, 'ada@example.com')"),
        format!("INSERT INTO objectives (id, user_id, title) VALUES ({objective}, {user}, 'Answer')"),
        format!(
            "INSERT INTO conversations (id, objective_id, participants) VALUES ({conversation}, {objective}, '[]')"
        ),
        format!(
            "INSERT INTO agent_actions (id, conversation_id, action_type, risk_level)
             VALUES ({}, {conversation}, 'reply', 'low')",
            id(4)
        ),
    ];
    database.execute(&rows.join(";")).await;
    for (table, default) in [("agent_actions", "pending"), ("objectives", "waiting_on_you")] {
        assert_eq!(
            database.rows(&format!("SELECT status FROM {table}")).await,
            [default]
        );
    }

    database.execute("DELETE FROM users").await;
    assert_eq!(database.rows("SELECT count(*) FROM agent_actions").await, ["0"]);
}

mod sqlite {
    use super::*;

    #[tokio::test]
    async fn the_schema_is_that_of_the_documents_and_goes_again() {
        has_the_schema_and_loses_it_again(&TestDatabase::sqlite(), &SQLITE).await;
    }

    #[tokio::test]
    async fn the_data_step_names_the_nameless() {
        names_the_nameless(&TestDatabase::sqlite()).await;
    }

    #[tokio::test]
    async fn what_belongs_to_a_user_goes_with_it() {
        deletes_what_belongs_to_a_deleted_user(&TestDatabase::sqlite()).await;
    }
}

mod postgres {
    use super::*;

    #[tokio::test]
    #[ignore = "needs PostgreSQL: run by cargo xtask test"]
    async fn the_schema_is_that_of_the_documents_and_goes_again() {
        has_the_schema_and_loses_it_again(&TestDatabase::postgres().await, &POSTGRES).await;
    }

    #[tokio::test]
    #[ignore = "needs PostgreSQL: run by cargo xtask test"]
    async fn the_data_step_names_the_nameless() {
        names_the_nameless(&TestDatabase::postgres().await).await;
    }

    #[tokio::test]
    #[ignore = "needs PostgreSQL: run by cargo xtask test"]
    async fn what_belongs_to_a_user_goes_with_it() {
        deletes_what_belongs_to_a_deleted_user(&TestDatabase::postgres().await).await;
    }
}

mod mysql {
    use super::*;

    #[tokio::test]
    #[ignore = "needs MariaDB: run by cargo xtask test"]
    async fn the_schema_is_that_of_the_documents_and_goes_again() {
        has_the_schema_and_loses_it_again(&TestDatabase::mysql().await, &MYSQL).await;
    }

    #[tokio::test]
    #[ignore = "needs MariaDB: run by cargo xtask test"]
    async fn the_data_step_names_the_nameless() {
        names_the_nameless(&TestDatabase::mysql().await).await;
    }

    #[tokio::test]
    #[ignore = "needs MariaDB: run by cargo xtask test"]
    async fn what_belongs_to_a_user_goes_with_it() {
        deletes_what_belongs_to_a_deleted_user(&TestDatabase::mysql().await).await;
    }
}
