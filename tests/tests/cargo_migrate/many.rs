//! A project with many revisions: what is printed begins before it ends, may be cut off, and takes time in proportion
//! to the number of files.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::project;
use migrate_tests::{Project, Transcript};

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

/// The seconds that a command keeps a processor busy, as the shell counts them: other work on the machine makes them
/// hardly longer. The least of a few tries.
fn seconds(project: &Project, line: &str) -> f64 {
    let command = project.command(line);
    let time = || {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "\"$@\" > output && times", "sh"])
            .arg(command.get_program())
            .args(command.get_args())
            .current_dir(project.path());
        let said = Transcript::of(&mut shell);
        assert_eq!(said.code, Some(0), "{line}: {said}");
        // The second line is that of the shell's children: `0m0.12s 0m0.03s`.
        let times = said.stdout.lines().nth(1).unwrap();
        let seconds = |time: &str| -> f64 {
            let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
            minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
        };
        times.split_whitespace().map(seconds).sum::<f64>()
    };
    (0..3).map(|_| time()).fold(f64::INFINITY, f64::min)
}

#[test]
fn eight_times_the_files_take_about_eight_times_as_long() {
    let (small, large) = (line(1_000), line(8_000));
    for line in [
        "heads",
        "history",
        "history --graph",
        "upgrade head --plan --from base",
    ] {
        let (short, long) = (seconds(&small, line), seconds(&large, line));
        // Were it quadratic, it would be 64 times. The clock may tick in hundredths, and the processor's caches are
        // others' too.
        assert!(long < short * 8.0 * 3.0 + 0.5, "{line}: {short} s and {long} s");
    }
}
