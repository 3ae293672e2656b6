//! What `graph` draws, opened in Chromium.

use super::project;
use migrate_tests::{Chromium, Project};

/// What the text of a migration must not be able to do: every one of these would be seen in the document.
const HOSTILE: [&str; 4] = [
    "</script><script>document.documentElement.dataset.hacked = 1</script>",
    "<!--<script> and <img src=x onerror=document.documentElement.dataset.hacked=1>",
    "]]></text></svg><svg onload=\"document.documentElement.dataset.hacked=1\">",
    "quotes \" ' ` ${document.documentElement.dataset.hacked=1} \\u003c/script\\u003e &lt;b&gt;",
];

/// A branch and a merge whose messages are hostile, a long one, and one in wide letters.
fn hostile() -> Project {
    let project = project();
    let message = |id: &str, down: &str, message: &str| {
        let text = format!(
            "//! {message}\n//! {message}\n\nuse migrate_core::prelude::*;\n\n#[migration(revision = \"{id}\", down_revision = {down}, \
             branch_labels = [\"on_{id}\"])]\npub fn upgrade(_op: &mut Op) {{}}\n\npub fn downgrade(_op: &mut Op) {{}}\n"
        );
        project.write(&format!("migrations/{id}.rs"), text);
    };
    message("r1", "None", HOSTILE[0]);
    message("r2", "\"r1\"", HOSTILE[1]);
    message("r3", "\"r1\"", HOSTILE[2]);
    message("r4", "[\"r2\", \"r3\"], depends_on = \"r6\"", HOSTILE[3]);
    message(
        "r5_a_name_as_long_as_they_get",
        "\"r4\"",
        &"Wide MMWW ".repeat(30),
    );
    message("r6", "None", "顧客の表を作る。それから住所も");
    project
}

/// Runs `graph`, which writes a file; returns its text.
fn drawn(project: &Project, line: &str, file: &str) -> String {
    let transcript = project.run(&format!("{line} -o {file}"));
    assert_eq!(transcript.code, Some(0), "{transcript}");
    project.read(file)
}

#[test]
#[ignore = "needs Chromium: run by cargo xtask test"]
fn the_page_searches_and_tells_and_runs_nothing_but_its_own_script() {
    let project = hostile();
    drawn(&project, "graph --format html", "graph.html");
    let document = Chromium::new().document(&project.path().join("graph.html"), "q=r1.rs&r=r4");
    let (html, body) = document.split_once("<head").unwrap();
    insta::assert_snapshot!(html, @r#"
    <!DOCTYPE html>
    <html lang="en" data-found="1" data-ready="true">
    "#);
    for id in ["r1", "r2", "r3", "r4", "r6"] {
        assert!(body.contains(&format!("id=\"r-{id}\"")), "{id}");
    }
    assert_eq!(body.matches("class=\"row found\"").count(), 1, "one is found");
    let (_, details) = body.split_once("<aside").unwrap();
    let (details, _) = details.split_once("</aside>").unwrap();
    insta::assert_snapshot!(details, @r#"
     id="details" aria-live="polite"><h2>r4</h2><p class="message">quotes " ' ` ${document.documentElement.dataset.hacked=1} \u003c/script\u003e &amp;lt;b&amp;gt;</p><dl><dt>State</dt><dd>mergepoint</dd><dt>Revises</dt><dd><button>r2</button>, <button>r3</button></dd><dt>Depends on</dt><dd><button>r6</button></dd><dt>Needed by</dt><dd><button>r5_a_name_as_long_as_they_get</button></dd><dt>Labels</dt><dd>on_r1, on_r2, on_r3, on_r4</dd><dt>Path</dt><dd>migrations/r4.rs</dd></dl><pre>quotes " ' ` ${document.documentElement.dataset.hacked=1} \u003c/script\u003e &amp;lt;b&amp;gt;
    quotes " ' ` ${document.documentElement.dataset.hacked=1} \u003c/script\u003e &amp;lt;b&amp;gt;</pre>
    "#);
}

/// Measures the picture where it is shown, and writes down what is cut, overlaps or lies beside its place.
const MEASURE: &str = r##"
const text = JSON.parse(document.getElementById("picture").textContent);
const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
const wrong = [...parsed.querySelectorAll("parsererror")].map((it) => it.textContent);
const picture = document.importNode(parsed.documentElement, true);
document.body.append(picture);
const box = (it) => it.getBoundingClientRect();
const all = box(picture);
for (const row of picture.querySelectorAll(".row")) {
  const say = (what) => wrong.push(`${row.id}: ${what}`);
  const texts = [...row.querySelectorAll("text")];
  texts.forEach((it, nth) => {
    if (box(it).right > all.right) say(`${it.textContent} is cut`);
    if (nth && box(it).left < box(texts[nth - 1]).right + 2) say(`${it.textContent} overlaps`);
  });
  for (const mark of row.querySelectorAll(".mark")) {
    const [frame, name] = [box(mark.querySelector("rect")), box(mark.querySelector("text"))];
    if (name.left < frame.left + 2 || name.right > frame.right - 2) say(`${mark.textContent} leaves its frame`);
  }
}
// Where a link ends there is a revision, or another link that goes on.
const centres = new Set([...picture.querySelectorAll("circle")].map((it) => `${it.cx.baseVal.value},${it.cy.baseVal.value}`));
const links = [...picture.querySelectorAll(".link")];
const at = (point) => `${Math.round(point.x)},${Math.round(point.y)}`;
const begins = new Set(links.map((it) => at(it.getPointAtLength(0))));
for (const link of links) {
  const [from, to] = [at(link.getPointAtLength(0)), at(link.getPointAtLength(link.getTotalLength()))];
  const passed = links.some((it) => it !== link && it.isPointInStroke(link.getPointAtLength(link.getTotalLength())));
  if (!centres.has(to) && !begins.has(to) && !passed) wrong.push(`a link ends at ${to}`);
  if (!centres.has(from) && !links.some((it) => it !== link && it.isPointInStroke(link.getPointAtLength(0)))) wrong.push(`a link begins at ${from}`);
}
document.documentElement.dataset.rows = picture.querySelectorAll(".row").length;
document.documentElement.dataset.links = links.length;
document.documentElement.dataset.wrong = wrong.join("; ");
"##;

#[test]
#[ignore = "needs Chromium: run by cargo xtask test"]
fn in_the_picture_nothing_is_cut_and_every_link_meets_its_revisions() {
    let project = hostile();
    let picture = drawn(&project, "graph --format svg", "graph.svg");
    let data = serde_json::to_string(&picture).unwrap().replace('<', "\\u003c");
    project.write(
        "measure.html",
        format!(
            "<!DOCTYPE html><meta charset=utf-8><body><script type=application/json id=picture>{data}</script><script type=module>{MEASURE}</script>"
        ),
    );
    let document = Chromium::new().document(&project.path().join("measure.html"), "");
    let (html, _) = document.split_once("<head").unwrap();
    insta::assert_snapshot!(html, @r#"
    <!DOCTYPE html>
    <html data-rows="6" data-links="8" data-wrong="">
    "#);
}
