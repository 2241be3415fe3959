"""Copy the front-end files that the pages use, with their licences, from node_modules to clinic_app/static/vendor.

Only the standard library is used, and only local files: `npm ci` has checked every package against its hash.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "clinic_app" / "static" / "vendor"

ATKINSON = "atkinson-hyperlegible-next"
NOTO = "noto-sans"  # for digits only: Atkinson's slashed zero lets a blurred 10 look like 18
WEIGHTS = (400, 600, 700)


def font(name: str, subset: str, weight: int) -> str:
    """Where a WOFF2 file stands under node_modules."""
    return f"@fontsource/{name}/files/{name}-{subset}-{weight}-normal.woff2"


# Folder under vendor/ -> files under node_modules. A licence travels with what it covers.
FILES: dict[str, tuple[str, ...]] = {
    "bootstrap": (
        "bootstrap/dist/css/bootstrap.min.css",
        "bootstrap/dist/js/bootstrap.bundle.min.js",
        "bootstrap/LICENSE",
        "@popperjs/core/LICENSE.md",  # Bootstrap's bundle holds Popper
    ),
    "bootstrap-icons": ("bootstrap-icons/font/bootstrap-icons.min.css", "bootstrap-icons/LICENSE"),
    "bootstrap-icons/fonts": ("bootstrap-icons/font/fonts/bootstrap-icons.woff2",),  # where its style sheet looks
    "htmx": ("htmx.org/dist/htmx.min.js", "htmx.org/LICENSE"),
    "sortable": ("sortablejs/Sortable.min.js", "sortablejs/LICENSE"),
    "fonts": (
        *(font(ATKINSON, subset, weight) for subset in ("latin", "latin-ext") for weight in WEIGHTS),
        *(font(NOTO, "latin", weight) for weight in WEIGHTS),
    ),
    f"fonts/{ATKINSON}": (f"@fontsource/{ATKINSON}/LICENSE",),
    f"fonts/{NOTO}": (f"@fontsource/{NOTO}/LICENSE",),
}


def copy_files(packages: Path, vendor: Path) -> None:
    """Make `vendor` anew from FILES. Raises FileNotFoundError, and then leaves the old `vendor` as it was."""
    fresh = vendor.with_name(vendor.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder, sources in FILES.items():
        (fresh / folder).mkdir(parents=True, exist_ok=True)
        for source in sources:
            shutil.copyfile(packages / source, fresh / folder / Path(source).name)
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)


def main() -> int:
    try:
        copy_files(PACKAGES, VENDOR)
    except FileNotFoundError as error:
        print(f"A front-end file is missing: {error.filename}. Delete node_modules and try again.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
