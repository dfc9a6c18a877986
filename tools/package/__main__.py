"""`./dev package`: builds NumbGuard's packages from the last commit into `dist/`."""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.package import bundle, deb, wheel
from tools.package.source import CHECKOUT, PackageError, export, uncommitted

KINDS = ("wheel", "deb", "bundle")
DIST = CHECKOUT / "dist"
CACHE = CHECKOUT / "build" / "wheels"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what the command line asks for, and try it if asked to; 0 if all of that went well."""
    parser = argparse.ArgumentParser(prog="./dev package", description="NumbGuard's packages, from the last commit.")
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], default=[], metavar="wheel|deb|bundle", help="(all)")
    parser.add_argument("--commit", default="HEAD", help="of another commit, with the packaging of this checkout")
    parser.add_argument("--architecture", choices=("amd64", "arm64"), default="amd64", help="of the .deb (amd64)")
    parser.add_argument("--as", dest="version", default="", metavar="VERSION", help="call it that, for a trial")
    parser.add_argument("--into", type=Path, default=DIST, help="the folder for the packages (dist)")
    parser.add_argument(
        "--try", dest="tries", action="store_true", help="as root: live a cycle with each in bare roots"
    )
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="with --try: how many trials at once (2)")
    parser.add_argument("--flatpak", action="store_true", help="with --try: build and try the Flatpak as well")
    given = parser.parse_args(arguments)
    try:
        if changes := uncommitted():
            say("These changes are not committed, so they are in no package:", changes)
        kinds = given.kinds or KINDS
        built = build(kinds, given.into, commit=given.commit, version=given.version, architecture=given.architecture)
        if not given.tries:
            return 0
        from tools.package import trial

        former = None
        if "deb" in kinds:
            (former,) = build(["deb"], trial.RESULTS / "former", commit=trial.FIRST_VERSION)
        return trial.main(built, former, with_flatpak=given.flatpak, at_once=given.at_once)
    except PackageError as error:
        say(str(error))
        return 1


def build(
    kinds: Sequence[str], into: Path, *, commit: str, version: str = "", architecture: str = "amd64"
) -> list[Path]:
    """Build the packages of a commit into a folder, and say what they are. Raises `PackageError`."""
    into.mkdir(parents=True, exist_ok=True)
    kept = []
    with tempfile.TemporaryDirectory(prefix="numbguard-package-") as work:
        source = export(Path(work) / "source", commit, version=version)
        say(f"NumbGuard {source.version}, commit {source.commit[:12]}")
        wheel_and_sdist = wheel.build(source, Path(work))
        built = wheel_and_sdist if "wheel" in kinds else []
        if "deb" in kinds:
            package = deb.build(source, wheel_and_sdist[0], Path(work), cache=CACHE, architecture=architecture)
            built = [*built, package]
        if "bundle" in kinds:
            built = [*built, bundle.build(source, wheel_and_sdist[0], Path(work), cache=CACHE)]
        for path in built:
            kept.append(into / path.name)
            kept[-1].write_bytes(path.read_bytes())
            say(line_about(kept[-1]))
    return kept


def line_about(path: Path) -> str:
    """The name, size and SHA-256 of a file."""
    return f"{path.name}  {path.stat().st_size:,} bytes  sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}"


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
