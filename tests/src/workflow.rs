//! [`Workflow`]: the steps of a GitHub workflow that can be called from others, run by bash.
//!
//! A step that `uses:` an action does not run here, and neither does the one that builds: the programs are built already.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::Transcript;

#[derive(Debug, Deserialize)]
struct File {
    on: BTreeMap<String, Option<Trigger>>,
    jobs: BTreeMap<String, Job>,
}

#[derive(Debug, Default, Deserialize)]
struct Trigger {
    #[serde(default)]
    inputs: BTreeMap<String, Input>,
}

#[derive(Debug, Deserialize)]
struct Input {
    #[serde(default)]
    required: bool,
    default: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct Job {
    uses: Option<String>,
    #[serde(default, rename = "with")]
    inputs: BTreeMap<String, Value>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    defaults: Option<Defaults>,
    #[serde(default)]
    steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
struct Defaults {
    run: RunDefaults,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct RunDefaults {
    working_directory: String,
}

#[derive(Debug, Deserialize)]
struct Step {
    name: Option<String>,
    run: Option<String>,
    #[serde(rename = "if")]
    condition: Option<String>,
}

/// The steps of a job, with the inputs that another workflow gives.
#[derive(Debug)]
pub struct Workflow {
    /// The variables of the job.
    pub environment: BTreeMap<String, String>,
    /// The folder in which the steps run, relative to the root.
    pub folder: String,
    /// The name and the script of each step that runs one.
    pub steps: Vec<(String, String)>,
}

impl Workflow {
    /// Reads the workflow that the only job of another one calls; both paths are relative to the root of the repository.
    ///
    /// # Panics
    /// When a file is not there; when the caller gives an input that is not one, or leaves out one that is required.
    #[must_use]
    pub fn called_by(root: &Path, caller: &str) -> Self {
        let read = |path: &str| -> File {
            let text = fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
            serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
        };
        let mut caller = read(caller);
        let (_, job) = caller.jobs.pop_first().unwrap();
        let mut file = read(job.uses.as_deref().expect("it calls another workflow"));
        let declared = file
            .on
            .remove("workflow_call")
            .expect("it can be called")
            .unwrap_or_default();
        let inputs = inputs(&declared.inputs, &job.inputs);
        let (_, job) = file.jobs.pop_first().unwrap();
        let fill = |text: &str| filled(text, &inputs);
        let runs = |step: &Step| match step.condition.as_deref() {
            None => true,
            // The one condition that there is.
            Some(condition) => {
                let name = condition
                    .strip_prefix("inputs.")
                    .and_then(|it| it.strip_suffix(" != ''"));
                !inputs[name.expect("a condition on an input")].is_empty()
            }
        };
        let steps = job.steps.iter().filter(|step| runs(step));
        let steps = steps.filter_map(|step| Some((step.name.clone()?, fill(step.run.as_ref()?))));
        Self {
            environment: job
                .env
                .iter()
                .map(|(name, value)| (name.clone(), fill(value)))
                .collect(),
            folder: job
                .defaults
                .map_or_else(String::new, |it| fill(&it.run.working_directory)),
            steps: steps.collect(),
        }
    }

    /// Runs a step as GitHub does, in a folder, with further variables.
    ///
    /// # Panics
    /// When there is no bash.
    #[must_use]
    pub fn run(&self, script: &str, folder: &Path, variables: &[(&str, &str)]) -> Transcript {
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(folder)
            .envs(&self.environment)
            .envs(variables.iter().copied());
        Transcript::of(&mut bash)
    }
}

fn inputs(declared: &BTreeMap<String, Input>, given: &BTreeMap<String, Value>) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for name in given.keys() {
        assert!(declared.contains_key(name), "`{name}` is no input");
    }
    let value = |(name, input): (&String, &Input)| {
        let value = given.get(name).or(input.default.as_ref());
        assert!(
            !input.required || given.contains_key(name),
            "`{name}` is required"
        );
        (name.clone(), value.map(text).unwrap_or_default())
    };
    declared.iter().map(value).collect()
}

/// A text with the inputs in the place of `${{ inputs.name }}`.
fn filled(text: &str, inputs: &BTreeMap<String, String>) -> String {
    let filled = inputs.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("${{{{ inputs.{name} }}}}"), value)
    });
    assert!(
        !filled.contains("${{"),
        "an expression that nothing here knows: {filled}"
    );
    filled
}
