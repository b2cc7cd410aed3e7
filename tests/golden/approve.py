"""`python -m tests.golden.approve`: keeps what the program prints now as approved.

Look at the pages first: `--look DIR` writes the reports there, as files to open, and changes
nothing that is kept.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from tests.golden.office import write_reports
from tests.helpers.golden import difference, keep, kept, parts

APPROVED = Path(__file__).parent / "approved"


def main() -> None:
    """Write the reports, tell what is new, and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", type=Path, metavar="DIR")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        written = write_reports(Path(folder))
        if wanted.look:
            wanted.look.mkdir(parents=True, exist_ok=True)
            for name, path in written.items():
                shutil.copy(path, wanted.look / name)
            return
        for stale in APPROVED.glob("*.txt"):
            if stale.stem not in written:
                stale.unlink()
        for name, path in written.items():
            found = parts(path)
            if difference(kept(APPROVED, name), found):
                print(f"approved anew: {name}")
                keep(APPROVED, name, found)


if __name__ == "__main__":
    main()
