"""Records to a visit summary, a PDF, a signed PDF and tables; this package imports no PDF library by itself and must not."""

import sys
from types import ModuleType

# reportlab executes `.reportlab_mods` and `.reportlab_settings` of the user's home when it finds no module of these names.
for _name in ("reportlab_mods", "reportlab_settings"):
    sys.modules.setdefault(_name, ModuleType(_name))
