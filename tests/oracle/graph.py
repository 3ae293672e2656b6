"""Alembic's answers about revision graphs, for tests/differential to compare with.

Reads one question per line on stdin and writes one answer per line on stdout, both JSON:

    {"revisions": [{"id", "down", "deps", "labels"}], "rows": [ids], "command": "upgrade", "target": ["head"]}
    {"steps": [{"revision": id or null, "rows": [ids]}], "rows": [ids], "warnings": [texts]}
    {"revisions": [ids], "warnings": [texts]}
    {"down": [ids], "deps": [names], "unloadable": text or null, "warnings": [texts]}
    {"error": the class, "message": its text, "warnings": [texts]}

The commands `revision` and `merge` have "id", "splice", "labels" and "depends_on" as well.

No database and no script files are involved: the revisions come from the question, the version table is the set
that Alembic itself keeps of its rows, and a new revision is what would be written of it.
"""

import json
import pathlib
import sys
import types
import warnings

from alembic.runtime.migration import HeadMaintainer
from alembic.script.base import ScriptDirectory
from alembic.script.revision import Revision, RevisionMap
from alembic.util import CommandError, to_tuple


class Script(Revision):
    """A revision that has a module, as Alembic's own scripts do."""

    doc = None
    module = types.SimpleNamespace(upgrade=lambda: None, downgrade=lambda: None)


class Rows(HeadMaintainer):
    """Alembic's head maintainer, which believes that every statement hits its one row."""

    def __init__(self, rows):
        self.heads = set(rows)

    def _insert_version(self, version):
        assert version not in self.heads
        self.heads.add(version)

    def _delete_version(self, version):
        self.heads.remove(version)

    def _update_version(self, from_, to_):
        assert to_ not in self.heads
        self.heads.remove(from_)
        self.heads.add(to_)


class Written(Exception):
    """What a new script would be."""

    def __init__(self, script):
        self.script = script


class Directory(ScriptDirectory):
    """A script directory without files."""

    dir = "."
    version_locations = None
    _version_locations = [pathlib.Path("versions")]
    _singular_version_location = _version_locations[0]

    def __init__(self, revisions):
        self.revisions = revisions
        self.revision_map = revision_map(revisions)

    def _generate_create_date(self):
        return None

    def _ensure_directory(self, path):
        pass

    def _rev_path(self, path, *name):
        return path / "new.py"

    def _generate_template(self, template, path, **script):
        raise Written(script)


def revision_map(revisions):
    def scripts():
        for revision in sorted(revisions, key=lambda revision: revision["id"]):
            yield Script(
                revision["id"],
                tuple(revision["down"]) or None,
                tuple(revision["deps"]) or None,
                tuple(revision["labels"]) or None,
            )

    return RevisionMap(scripts)


def drafted(script, question):
    """The links of the script that `alembic.command.revision` or `merge` writes, and why it would not load."""
    head = question["target"] or None
    try:
        script.generate_revision(
            question["id"],
            None,
            head=head[0] if head and question["command"] == "revision" else head,
            splice=question["splice"],
            branch_labels=question["labels"],
            depends_on=question["depends_on"],
        )
    except Written as written:
        made = written.script
    new = {
        "id": made["up_revision"],
        "down": to_tuple(made["down_revision"], ()),
        "deps": to_tuple(made["depends_on"], ()),
        "labels": to_tuple(made["branch_labels"], ()),
    }
    unloadable = None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            revision_map([*script.revisions, new]).heads
        except Exception as error:
            unloadable = f"{type(error).__name__}: {error}"
    return {"down": new["down"], "deps": new["deps"], "unloadable": unloadable}


def history(script, ends, current):
    """What `alembic.command.history` walks."""
    if ends.count(":") != 1:
        raise CommandError("History range requires [start]:[end], [start]:, or :[end]")
    base, head = (current if end == "current" else end for end in ends.split(":"))
    return script.walk_revisions(base=base or "base", head=head or "heads")


def listed(script, question):
    """The revisions that a command prints, or None for one that makes steps."""
    command, current = question["command"], tuple(question["rows"])
    if command == "show":
        target = question["target"][0]
        return script.get_revisions(current if target == "current" else target)
    if command == "history":
        return history(script, question["target"][0], current)
    if command == "branches":
        return (revision for revision in script.walk_revisions() if revision.is_branch_point)
    tips = {"heads": "heads", "effective heads": "_real_heads", "bases": "bases"}.get(command)
    return tips and script.get_revisions(getattr(script.revision_map, tips))


def answer(script, question):
    if question["command"] in ("revision", "merge"):
        return drafted(script, question)
    revisions = listed(script, question)
    if revisions is not None:
        return {"revisions": [revision.revision for revision in revisions]}
    current = tuple(question["rows"])
    target = question["target"]
    if question["command"] == "upgrade":
        steps = script._upgrade_revs(target[0], current)
    elif question["command"] == "downgrade":
        steps = script._downgrade_revs(target[0], current)
    else:
        if question["command"] == "purge":
            current = ()
        steps = script._stamp_revs(tuple(target), current)
    rows = Rows(current)
    told = []
    for step in steps:
        rows.update_to_step(step)
        revision = getattr(step, "revision", None)
        told.append({"revision": revision and revision.revision, "rows": sorted(rows.heads)})
    return {"steps": told, "rows": sorted(rows.heads)}


def main():
    known, script = None, None
    for line in sys.stdin:
        question = json.loads(line)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                if question["revisions"] != known:
                    script = Directory(question["revisions"])
                    known = question["revisions"]
                told = answer(script, question)
            except Exception as error:
                told = {"error": type(error).__name__, "message": str(error)}
        told["warnings"] = [str(warning.message) for warning in caught]
        print(json.dumps(told))


if __name__ == "__main__":
    main()
