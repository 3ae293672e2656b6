//! A project with many revisions: what is printed begins before it ends, may be cut off, and takes time in proportion
//! to the number of files.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::project;
use migrate_tests::Project;

/// A line of this many migrations.
fn line(count: usize) -> Project {
    let project = project();
    let ids: Vec<String> = (1..=count).map(|number| format!("r{number:04}")).collect();
    project.line("None", &ids.iter().map(String::as_str).collect::<Vec<_>>());
    project
}

#[test]
fn a_long_history_begins_before_it_ends_and_may_be_cut_off() {
    let project = line(2_000);
    for (command, beginning) in [
        ("history -v", "Rev: r2000 (head)\n"),
        ("history --format json", "[\n"),
        (
            "upgrade head --plan --from base",
            "upgrade <base> -> r0001, r0001\n",
        ),
    ] {
        let mut command = project.command(command);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        output.read_line(&mut first).unwrap();
        assert_eq!(first, beginning);
        // No pipe holds the rest of it.
        assert!(
            child.try_wait().unwrap().is_none(),
            "{command:?} is not at its end"
        );
        drop(output);
        let ended = child.wait_with_output().unwrap();
        assert_eq!(
            (ended.status.code(), ended.stderr),
            (Some(0), vec![]),
            "{command:?}"
        );
    }
}

/// The shortest of a few tries: other work on the machine only makes it longer.
fn shortest(project: &Project, line: &str) -> Duration {
    let time = || {
        let start = Instant::now();
        assert_eq!(project.run(line).code, Some(0), "{line}");
        start.elapsed()
    };
    (0..4).map(|_| time()).min().unwrap()
}

#[test]
fn eight_times_the_files_take_about_eight_times_as_long() {
    let (small, large) = (line(500), line(4_000));
    for line in [
        "heads",
        "history",
        "history --graph",
        "upgrade head --plan --from base",
    ] {
        let (short, long) = (shortest(&small, line), shortest(&large, line));
        // Were it quadratic, it would be 64 times.
        assert!(long < short * 8 * 3, "{line}: {short:?} and {long:?}");
    }
}
