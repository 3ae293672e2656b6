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

/// Looks at the picture where it is shown, and writes down what is cut, overlaps or lies beside its place.
const MEASURE: &str = r##"
const wrong = [];
const text = JSON.parse(document.getElementById("file").textContent);
const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
wrong.push(...[...parsed.querySelectorAll("parsererror")].map((it) => it.textContent));
const picture = document.querySelector("svg.graph");
if (parsed.documentElement.textContent !== picture.textContent) wrong.push("the file is another picture");
const box = (it) => it.getBoundingClientRect();
for (const row of picture.querySelectorAll(".row")) {
  const say = (what) => wrong.push(`${row.id}: ${what}`);
  const texts = [...row.querySelectorAll("text")];
  texts.forEach((it, nth) => {
    if (box(it).right > box(picture).right) say(`${it.textContent} is cut`);
    if (nth && box(it).left < box(texts[nth - 1]).right + 2) say(`${it.textContent} overlaps`);
  });
  for (const mark of row.querySelectorAll(".mark")) {
    const [frame, name] = [box(mark.querySelector("rect")), box(mark.querySelector("text"))];
    if (name.left < frame.left + 2 || name.right > frame.right - 2) say(`${mark.textContent} leaves its frame`);
  }
}
// A link begins and ends at a revision, or on another link.
const links = [...picture.querySelectorAll(".link")];
const revisions = [...picture.querySelectorAll("circle")];
for (const link of links) {
  for (const end of [0, link.getTotalLength()].map((length) => link.getPointAtLength(length))) {
    const meets = revisions.some((it) => it.isPointInFill(end)) || links.some((it) => it !== link && it.isPointInStroke(end));
    if (!meets) wrong.push(`a link has an end at ${end.x}, ${end.y}`);
  }
}
"##;

/// Uses the page as a person does, and writes down what is chosen or found after each step.
const USE: &str = r##"
const [search, frame] = ["search", "picture"].map((id) => document.getElementById(id));
const steps = [];
const said = (what) => steps.push(`${what}: ${document.querySelector(".row.chosen")?.id.slice(2, 4) ?? "none"}, ${document.documentElement.dataset.found}`);
const press = (on, key) => { on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })); said(key); };
const type = (text) => { search.value = text; search.dispatchEvent(new Event("input")); said(`"${text}"`); };
said("opened");
for (const key of ["ArrowDown", "ArrowDown", "End", "ArrowDown", "Home", "k"]) press(frame, key);
press(document.body, "/");
said(`focus on ${document.activeElement.id}`);
type("ON_R2 r");
for (const key of ["Enter", "Enter", "Enter", "Enter", "ArrowUp"]) press(search, key);
press(search, "Escape");
document.getElementById("r-r1").dispatchEvent(new MouseEvent("click", { bubbles: true }));
said("click");
[...document.querySelectorAll("#details button")].find((it) => it.textContent === "r3").click();
said("Needed by r3");
type("nothing has this");
press(search, "Enter");
document.body.replaceChildren(steps.join("\n"), "\nwrong: ", wrong.join("\n") || "nothing", `\n${links.length} links`);
"##;

#[test]
#[ignore = "needs Chromium: run by cargo xtask test"]
fn in_the_picture_nothing_is_cut_and_the_page_follows_keys_and_mouse() {
    let project = hostile();
    let picture = drawn(&project, "graph --format svg", "graph.svg");
    let data = serde_json::to_string(&picture).unwrap().replace('<', "\\u003c");
    let page = drawn(&project, "graph --format html", "graph.html");
    // The page's own policy would refuse the script that looks at it.
    let page = page.replace("Content-Security-Policy", "none").replace(
        "</body>",
        &format!(
            "<script type=application/json id=file>{data}</script><script>{MEASURE}{USE}</script></body>"
        ),
    );
    project.write("used.html", page);
    let document = Chromium::new().document(&project.path().join("used.html"), "");
    let (html, body) = document.split_once("<head").unwrap();
    insta::assert_snapshot!(html, @r#"
    <!DOCTYPE html>
    <html lang="en" data-found="0" data-ready="true">
    "#);
    let (_, body) = body.split_once("<body>").unwrap();
    let (body, _) = body.split_once("</body>").unwrap();
    insta::assert_snapshot!(body, @r#"
    opened: none, 6
    ArrowDown: r5, 6
    ArrowDown: r4, 6
    End: r1, 6
    ArrowDown: r1, 6
    Home: r5, 6
    k: r5, 6
    /: r5, 6
    focus on search: r5, 6
    "ON_R2 r": r5, 3
    Enter: r4, 3
    Enter: r2, 3
    Enter: r5, 3
    Enter: r4, 3
    ArrowUp: r5, 3
    Escape: r5, 6
    click: r1, 6
    Needed by r3: r3, 6
    "nothing has this": r3, 0
    Enter: r3, 0
    wrong: nothing
    8 links
    "#);
}
