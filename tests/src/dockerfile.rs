//! [`Dockerfile`]: what an image starts, with which variables, and what is copied into it.
//!
//! It knows the few instructions that the files of this repository have, and refuses others: nothing here builds an
//! image.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What a Dockerfile says of its last stage.
#[derive(Debug, Default)]
pub struct Dockerfile {
    /// `ENV`.
    pub environment: BTreeMap<String, String>,
    /// `EXPOSE`.
    pub ports: Vec<String>,
    /// `CMD`, as a program and its arguments.
    pub command: Vec<String>,
    /// The shell's lines of all stages: `RUN`.
    pub runs: Vec<String>,
    /// What is copied out of the folder in which it is built.
    pub sources: Vec<String>,
    /// The programs that are copied out of a stage before: how they are called in the image, and the name of the binary.
    pub programs: BTreeMap<String, String>,
}

impl Dockerfile {
    /// Reads one.
    ///
    /// # Panics
    /// When there is none, or when it says what this does not know.
    #[must_use]
    pub fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        let text = lines.collect::<Vec<_>>().join("\n").replace("\\\n", " ");
        let mut read = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (instruction, rest) = line.split_once(' ').unwrap_or((line, ""));
            read.instruction(instruction, rest.trim());
        }
        read
    }

    fn instruction(&mut self, instruction: &str, rest: &str) {
        match instruction {
            "FROM" => {
                // What a stage said is not said of the next one.
                (self.environment, self.ports, self.command) = Default::default();
            }
            "RUN" => self.runs.push(rest.to_owned()),
            "ENV" => {
                let pairs = rest.split_whitespace().map(|pair| pair.split_once('=').unwrap());
                self.environment
                    .extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
            }
            "EXPOSE" => self.ports.extend(rest.split_whitespace().map(str::to_owned)),
            "CMD" => {
                let words = serde_json::from_str(rest);
                self.command = words.unwrap_or_else(|_| panic!("CMD is a list of words here, not `{rest}`"));
            }
            "COPY" => self.copy(rest),
            "WORKDIR" | "USER" => {}
            other => panic!("nothing here knows the instruction {other}"),
        }
    }

    fn copy(&mut self, rest: &str) {
        let mut words: Vec<&str> = rest.split_whitespace().collect();
        let stage = words.first().is_some_and(|word| word.starts_with("--from="));
        let target = words.pop().unwrap();
        if !stage {
            self.sources.extend(words.into_iter().map(str::to_owned));
            return;
        }
        let [_, built] = words.as_slice() else {
            panic!("one program at a time is copied: COPY {rest}")
        };
        let built = built.strip_prefix("/src/target/release/");
        let called = target.strip_prefix("/usr/local/bin/");
        let (Some(built), Some(called)) = (built, called) else {
            panic!("not a program that cargo built, onto PATH: COPY {rest}")
        };
        self.programs.insert(called.to_owned(), built.to_owned());
    }
}
