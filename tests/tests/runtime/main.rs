//! The runtime on real databases: the same themes on SQLite, on PostgreSQL and, but for what takes a transaction around
//! tables, on MariaDB.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

/// Instantiates each theme for each database; `on_mariadb` says which of them hold there.
macro_rules! themes {
    ($($theme:ident: [$($test:ident),+ $(,)?]),+; on_mariadb $($shared:ident: [$($also:ident),+ $(,)?]),+ $(,)?) => {
        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    crate::$theme::$test(migrate_tests::TestDatabase::sqlite()).await;
                }
            )+)+
        }

        mod postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                #[ignore = "needs PostgreSQL: run by cargo xtask test"]
                async fn $test() {
                    crate::$theme::$test(migrate_tests::TestDatabase::postgres().await).await;
                }
            )+)+
        }

        mod mariadb {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                #[ignore = "needs MariaDB: run by cargo xtask test"]
                async fn $also() {
                    crate::$shared::$also(migrate_tests::TestDatabase::mysql().await).await;
                }
            )+)+
        }
    };
}

mod alterations;
mod arguments;
mod backfill;
mod connections;
mod data_steps;
mod enum_types;
mod failures;
mod half_done;
mod half_done_on_mariadb;
mod mysql;
mod names;
mod rights;
mod rows;
mod schemas;
mod version_table;
mod without_transaction;

themes! {
    rows: [
        an_upgrade_writes_one_row_and_a_downgrade_to_base_leaves_none,
        a_branch_has_two_rows_and_its_merge_one,
        an_upgrade_at_its_target_does_nothing,
        a_row_that_another_implies_is_reported_and_mended_by_the_next_step,
        an_unknown_row_is_refused_and_a_purging_stamp_repairs_it,
        a_stamp_runs_no_migration,
        a_migrator_of_revisions_alone_stamps_and_runs_nothing,
    ],
    arguments: [
        a_migration_does_what_the_run_tells_it_and_its_reverse_takes_that_back,
        what_a_migration_misses_is_said_before_anything_is_sent,
    ],
    failures: [
        a_failing_statement_is_named_with_its_place_and_leaves_the_old_state,
        a_syntax_error_is_told_of_the_statement_that_has_it,
        what_came_before_a_failing_migration_stays,
        nothing_of_a_single_transaction_stays_when_its_last_migration_fails,
        a_statement_that_would_end_the_transaction_is_refused_before_anything_is_sent,
        several_statements_in_one_execute_cannot_hide_a_commit,
        several_statements_in_one_execute_fail_together_with_their_migration,
        an_irreversible_migration_stops_a_downgrade_before_anything_is_sent,
        a_migration_that_returns_an_error_stops_the_run_before_anything_is_sent,
        a_commit_that_is_refused_leaves_the_old_state,
        a_table_that_was_there_before_any_migration_is_named,
    ],
    data_steps: [
        a_data_step_sees_what_was_recorded_before_it_and_not_what_comes_after,
        a_failing_data_step_takes_the_whole_migration_back,
        a_transaction_of_a_data_step_is_a_savepoint_of_the_migration,
        a_data_step_that_commits_by_hand_is_named_and_writes_no_version_row,
    ],
    names: [a_name_is_refused_before_anything_is_sent_where_the_database_would_refuse_it],
    connections: [
        a_pool_can_be_migrated_and_used_afterwards,
        an_upgrade_is_a_future_that_can_be_spawned,
        an_upgrade_that_is_dropped_leaves_the_old_state_and_no_lock,
        a_lent_connection_can_be_used_after_a_migration_failed_on_it,
        a_pool_of_one_connection_is_enough,
    ],
    version_table: [
        a_wrong_row_is_refused_in_its_own_words_until_a_purge,
        an_id_that_does_not_fit_is_refused_before_anything_is_sent,
        a_table_without_the_column_is_the_databases_own_error,
        more_columns_of_others_are_left_alone,
        a_view_in_its_place_changes_nothing_or_works,
        a_version_table_may_have_any_name,
        a_schema_that_does_not_exist_is_named_and_nothing_is_made,
    ],
    half_done: [
        a_step_that_failed_is_mended_and_what_is_committed_is_not_run_again,
        what_was_changed_or_is_passed_by_is_refused_and_a_stamp_ends_it,
        runs_at_the_same_moment_do_each_step_once,
        a_step_in_doubt_is_refused_until_somebody_says_what_became_of_it,
    ],
    backfill: [
        every_row_is_filled_once_in_batches_that_are_told,
        what_failed_half_way_goes_on_where_it_stopped_when_it_is_mended,
        what_is_filled_may_be_mended_after_a_failure_and_the_key_may_not,
        what_is_half_filled_and_passed_by_is_refused_and_a_stamp_ends_it,
        runs_at_the_same_moment_fill_each_row_once,
        a_run_that_is_dropped_goes_on_behind_what_it_committed,
        it_is_refused_in_a_single_transaction_and_runs_without_one,
        it_runs_on_a_connection_that_was_lent,
        it_walks_along_whatever_key_there_is,
        a_key_that_cannot_be_walked_is_named,
    ],
    without_transaction: [
        a_statement_that_refuses_a_transaction_runs_and_is_recorded,
        what_stands_alone_in_the_middle_of_a_migration_parts_it,
        it_is_refused_within_a_single_transaction_before_anything_is_sent,
        one_that_fails_half_way_says_what_stays_and_writes_no_row,
    ];
    on_mariadb
    rows: [
        an_upgrade_writes_one_row_and_a_downgrade_to_base_leaves_none,
        a_branch_has_two_rows_and_its_merge_one,
        an_upgrade_at_its_target_does_nothing,
        a_row_that_another_implies_is_reported_and_mended_by_the_next_step,
        an_unknown_row_is_refused_and_a_purging_stamp_repairs_it,
        a_stamp_runs_no_migration,
        a_migrator_of_revisions_alone_stamps_and_runs_nothing,
    ],
    arguments: [
        a_migration_does_what_the_run_tells_it_and_its_reverse_takes_that_back,
        what_a_migration_misses_is_said_before_anything_is_sent,
    ],
    failures: [
        a_table_that_was_there_before_any_migration_is_named,
        what_came_before_a_failing_migration_stays,
        a_statement_that_would_end_the_transaction_is_refused_before_anything_is_sent,
        several_statements_in_one_execute_cannot_hide_a_commit,
        several_statements_in_one_execute_fail_together_with_their_migration,
        an_irreversible_migration_stops_a_downgrade_before_anything_is_sent,
        a_migration_that_returns_an_error_stops_the_run_before_anything_is_sent,
    ],
    data_steps: [a_data_step_sees_what_was_recorded_before_it_and_not_what_comes_after],
    names: [a_name_is_refused_before_anything_is_sent_where_the_database_would_refuse_it],
    connections: [an_upgrade_is_a_future_that_can_be_spawned],
    backfill: [
        every_row_is_filled_once_in_batches_that_are_told,
        what_failed_half_way_goes_on_where_it_stopped_when_it_is_mended,
        what_is_filled_may_be_mended_after_a_failure_and_the_key_may_not,
        what_is_half_filled_and_passed_by_is_refused_and_a_stamp_ends_it,
        runs_at_the_same_moment_fill_each_row_once,
        a_run_that_is_dropped_goes_on_behind_what_it_committed,
        it_is_refused_in_a_single_transaction_and_runs_without_one,
        it_runs_on_a_connection_that_was_lent,
        it_walks_along_whatever_key_there_is,
        a_key_that_cannot_be_walked_is_named,
    ],
    version_table: [
        more_columns_of_others_are_left_alone,
        a_version_table_may_have_any_name,
        a_schema_that_does_not_exist_is_named_and_nothing_is_made,
    ],
}
