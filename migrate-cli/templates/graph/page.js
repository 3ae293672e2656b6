
// Search, choice and details. Every text from a migration is set as text, never as HTML.
"use strict";
(() => {
  const state = document.documentElement.dataset;
  addEventListener("error", (event) => { state.error = event.message; });
  addEventListener("securitypolicyviolation", (event) => { state.error = `blocked: ${event.effectiveDirective}`; });

  const element = (id) => document.getElementById(id);
  const [search, count, picture, details] = ["search", "count", "picture", "details"].map(element);
  const { revisions, edges } = JSON.parse(element("data").textContent);
  const rows = [...document.querySelectorAll(".row")];
  const places = new Map(revisions.map((it, place) => [it.revision, place]));
  const marks = (it) => [
    it.is_head && "head", it.is_base && "base", it.is_branch_point && "branchpoint",
    it.is_merge_point && "mergepoint", it.is_current && "current",
  ].filter(Boolean);
  const texts = revisions.map((it) =>
    [it.revision, it.message, it.path, ...it.branch_labels, ...marks(it), it.doc].join("\n").toLowerCase());

  let found = rows.map((_, place) => place);
  let chosen = -1;

  // For those who do not see the picture it is a list to choose from.
  picture.setAttribute("role", "listbox");
  picture.querySelector("svg").setAttribute("role", "none");
  rows.forEach((row) => { row.setAttribute("role", "option"); row.setAttribute("aria-selected", "false"); });

  function make(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  // Revisions as buttons that choose them, where they are in the picture.
  function links(ids) {
    return ids.flatMap((id, nth) => {
      const link = places.has(id) ? make("button", "", id) : id;
      if (places.has(id)) link.addEventListener("click", () => choose(places.get(id)));
      return nth ? [", ", link] : [link];
    });
  }

  function describe(it) {
    const list = make("dl", "");
    const field = (name, content) => {
      if (content.length) list.append(make("dt", "", name), make("dd", "", ...content));
    };
    const children = edges.filter((edge) => edge.to === it.revision).map((edge) => edge.from);
    field("State", [marks(it).join(", ")].filter(Boolean));
    field("Revises", it.is_base ? ["<base>"] : links(it.down_revisions));
    field("Depends on", links(it.depends_on));
    field("Needed by", links(children));
    field("Labels", [it.branch_labels.join(", ")].filter(Boolean));
    field("Path", [it.path].filter(Boolean));
    const parts = [make("h2", "", it.revision), make("p", "message", it.message), list];
    if (it.doc.trim()) parts.push(make("pre", "", it.doc.trim()));
    details.replaceChildren(...parts);
    details.scrollTop = 0;
  }

  function choose(place) {
    const row = rows[place];
    if (!row) return;
    const before = rows[chosen];
    if (before) { before.classList.remove("chosen"); before.setAttribute("aria-selected", "false"); }
    chosen = place;
    row.classList.add("chosen");
    row.setAttribute("aria-selected", "true");
    picture.setAttribute("aria-activedescendant", row.id);
    show(row);
    describe(revisions[place]);
    remember();
  }

  // Only up and down: a row is as wide as the picture.
  function show(row) {
    const [box, frame] = [row.getBoundingClientRect(), picture.getBoundingClientRect()];
    if (box.top < frame.top || box.bottom > frame.top + picture.clientHeight) {
      picture.scrollTop += box.top - frame.top - picture.clientHeight / 2;
    }
  }

  // That many further among those that were found, or back.
  function move(step, around) {
    if (!found.length) return;
    const above = found.filter((place) => place < chosen).length;
    // Where nothing is chosen that was found, the next one is a step already.
    const next = above + (step > 0 && !found.includes(chosen) ? step - 1 : step);
    choose(found[around ? (next + found.length) % found.length : Math.min(Math.max(next, 0), found.length - 1)]);
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = [];
    rows.forEach((row, place) => {
      const matches = words.every((word) => texts[place].includes(word));
      row.classList.toggle("found", matches);
      if (matches) found.push(place);
    });
    picture.classList.toggle("searching", words.length > 0);
    count.textContent = words.length ? `${found.length} of ${rows.length}` : `${rows.length} revisions`;
    state.found = found.length;
    if (words.length && found.length) show(rows[found[0]]);
    remember();
  }

  // The address says what is searched and chosen, so that it can be passed on. Browsers refuse to change it often.
  let later;
  function remember() {
    const said = new URLSearchParams();
    if (search.value) said.set("q", search.value);
    if (chosen >= 0) said.set("r", revisions[chosen].revision);
    const address = location.pathname + location.search + (said.size ? `#${said}` : "");
    clearTimeout(later);
    later = setTimeout(() => history.replaceState(null, "", address), 300);
  }

  function recall() {
    const said = new URLSearchParams(location.hash.slice(1));
    const place = places.get(said.get("r"));
    search.value = said.get("q") ?? "";
    filter();
    if (place !== undefined) choose(place);
  }

  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); move(step, true); }
    if (event.key === "Escape") { search.value = ""; filter(); }
  });
  picture.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(picture.clientHeight / 28) - 1);
    const step = {
      ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length,
    }[event.key];
    if (step && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); move(step, false); }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.select(); search.focus(); }
  });
  rows.forEach((row, place) => row.addEventListener("click", () => choose(place)));
  addEventListener("hashchange", recall);

  recall();
  state.ready = "true";
})();
