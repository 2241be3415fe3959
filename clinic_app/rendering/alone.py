"""Run a module or a file with `clinic_app` importable but not loaded: `python alone.py clinic_app.rendering.worker`.

Importing anything of `clinic_app` runs the package's own `__init__`, which wires the web application. A render process
must not carry web server, database driver and sign-in: less to attack, less memory, and ready sooner.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from types import ModuleType

package = ModuleType("clinic_app")
package.__path__ = [str(Path(__file__).resolve().parent.parent)]
sys.modules[package.__name__] = package

target = sys.argv[1]
sys.argv = sys.argv[1:]
if target.endswith(".py"):
    runpy.run_path(target, run_name="__main__")
else:
    runpy.run_module(target, run_name="__main__")
