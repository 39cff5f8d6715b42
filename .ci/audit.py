"""Asks the advisories for known weaknesses of the pinned packages, and says aloud what could not be asked.

pip-audit skips what it cannot look up and still ends well: that must not read as "clean".
"""

import json
import subprocess
import sys
from pathlib import Path

SECONDS = 180
NAMES = ("run", "engine")


def main() -> int:
    """Exit status: 1 where a weakness is known, else 0; no network is no failure."""
    try:
        answer = ask()
    except (subprocess.TimeoutExpired, ValueError) as error:
        print(f"pip-audit: NOT AUDITED, the advisories are not in reach ({type(error).__name__}).")
        return 0
    skipped = [found for found in answer if "skip_reason" in found]
    weak = [found for found in answer if found.get("vulns")]
    for found in weak:
        ids = ", ".join(weakness["id"] for weakness in found["vulns"])
        print(f"pip-audit: {found['name']} {found['version']} has known weaknesses: {ids}")
    if skipped:
        print(f"pip-audit: NOT AUDITED: {len(skipped)} of {len(answer)} packages, e.g. {skipped[0]['skip_reason']}")
    elif not weak:
        print(f"pip-audit: {len(answer)} packages, none with a known weakness.")
    return 1 if weak else 0


def ask() -> "list[dict]":
    """What pip-audit answers for every pinned package."""
    words = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    words += ["--progress-spinner", "off"]
    for name in NAMES:
        words += ["-r", str(Path("requirements", f"{name}.txt"))]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        words, check=False, capture_output=True, text=True, timeout=SECONDS
    )
    return json.loads(done.stdout)["dependencies"]


if __name__ == "__main__":
    sys.exit(main())
