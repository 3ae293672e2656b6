//! What `revision` and `merge` write is compiled and run, without a warning.

use super::at_noon;
use migrate_tests::Project;

#[test]
fn new_migrations_compile_without_a_warning_and_run() {
    let project = Project::package(env!("CARGO_BIN_EXE_fixture-cargo-migrate"), "authored");
    project.write(
        "src/lib.rs",
        "#![deny(warnings)]\n\nmigrate_core::migrations!(\"migrations\");\n",
    );
    let messages = [
        "create \"users\" \\ */ \"\"\"",
        "x\nfn evil() {}\rfn worse() {}",
        "\u{202e}}{)(live nf\u{2066} \u{200b}\u{feff} \0",
        "",
    ];
    for (index, message) in messages.iter().enumerate() {
        let mut command = at_noon(
            &project,
            &format!("revision --head base --rev-id a{index} --branch-label b{index}"),
        );
        // No program can be given a NUL.
        let transcript = project.transcript(command.args(["-m", &message.replace('\0', "")]));
        assert_eq!(transcript.code, Some(0), "{transcript}");
    }
    // Several heads do not compile, and one command mends that.
    let failed = project.run("upgrade head").stderr;
    assert!(
        failed.contains("multiple heads: `a0` in migrations/20261120_1200_a0_"),
        "{failed}"
    );
    for line in [
        "merge heads --rev-id c0",
        "revision -m last --depends-on b1 --rev-id 0a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d",
    ] {
        let transcript = project.transcript(&mut at_noon(&project, line));
        assert_eq!(transcript.code, Some(0), "{transcript}");
    }
    let upgraded = project.run("upgrade head");
    assert_eq!(upgraded.code, Some(0), "{upgraded}");
    assert!(!upgraded.stderr.contains("warning"), "{upgraded}");
    let current = project.run("current").stdout;
    assert_eq!(current, "0a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d (head)\n");
}
