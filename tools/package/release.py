"""`./dev release`: the packages, their checksums and the bill of materials, in `dist/`, ready to be handed out.

It refuses a checkout with changes that are not committed, because what goes out must be a commit.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.package.__main__ import CACHE, KINDS, build
from tools.package.libraries.locked_wheels import Wheel, fetch_runtime
from tools.package.papers.bill_of_materials import bill_of_materials, written
from tools.package.source import CHECKOUT, PackageError, Source, export, uncommitted

SUMS = "SHA256SUMS"


def release(into: Path) -> list[Path]:
    """Build everything into an emptied folder, and return the files. Raises `PackageError`."""
    if changes := uncommitted():
        raise PackageError(f"A release is a commit, but these changes are not committed:\n{changes}")
    into.mkdir(parents=True, exist_ok=True)
    for former in into.glob("numbguard[-_]*"):
        former.unlink()
    kept = build(KINDS, into, commit="HEAD")
    with tempfile.TemporaryDirectory(prefix="numbguard-release-") as work:
        source = export(Path(work) / "source")
        bill = into / f"numbguard-{source.version}.cdx.json"
        bill.write_text(_bill(source), encoding="utf-8")
    files = sorted([*kept, bill])
    (into / SUMS).write_text(checksums(files), encoding="utf-8")
    return [*files, into / SUMS]


def _bill(source: Source) -> str:
    stated = source.project["dependencies"]
    assert isinstance(stated, list)
    names = [str(canonicalize_name(Requirement(str(one)).name)) for one in stated]
    wheels: list[Wheel] = fetch_runtime(source, CACHE, "amd64")
    chimes = (source.folder / "resources" / "sounds").glob("*.wav")
    return written(
        bill_of_materials(wheels, version=source.version, commit=source.commit, requirements=names, chimes=chimes)
    )


def checksums(files: list[Path]) -> str:
    """What `sha256sum --check` reads."""
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def main() -> int:
    try:
        files = release(CHECKOUT / "dist")
        print("In dist/:", *(path.name for path in files), sep="\n")
    except PackageError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
