"""Plans a graph of N revisions with Alembic, up and down, and prints the milliseconds.

The graph is that of plan.rs: in every ten revisions one branch and one merge.
"""

import sys
import time
import types

from alembic.script.base import ScriptDirectory
from alembic.script.revision import Revision, RevisionMap


class Script(Revision):
    """A revision with what planning asks of a script."""

    doc = None
    module = types.SimpleNamespace(upgrade=None, downgrade=None)


def revisions(count):
    for number in range(count):
        place = number % 10
        downs = {5: [number - 2], 6: [number - 2], 7: [number - 2], 8: [number - 2, number - 1]}
        down = downs.get(place, [number - 1] if number else [])
        yield Script(f"r{number:05}", tuple(f"r{other:05}" for other in down) or None)


count = int(sys.argv[1])
start = time.perf_counter()
directory = object.__new__(ScriptDirectory)
directory.revision_map = RevisionMap(lambda: revisions(count))
up = directory._upgrade_revs("heads", ())
down = directory._downgrade_revs("base", (f"r{count - 1:05}",))
elapsed = time.perf_counter() - start
assert len(up) == len(down) == count, (len(up), len(down))
print(elapsed * 1000)
