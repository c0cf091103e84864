"""Records to a visit summary, a PDF, a signed PDF and tables; this package imports no PDF library by itself and must not.

The way of a summary: `SummaryMaterial` → `compose_summary` → `VisitSummary` → `render` → `UnsignedPdf` → `sign_pdf` → `SignedPdf`;
`verify_pdf` judges what comes back. Import each from its module below: nothing is loaded before it is used.

material, document   what goes in, what a summary says          compose, record       pure composition, canonical JSON
rendering, layout, finish   pages, then a conforming file        signing, verify, verdict   signature and its judgement
attribution, leaks   who may be named, and the proof of it       tables                XLSX, CSV, JSON
worker               the same in another process
"""

import sys
from types import ModuleType

# reportlab executes `.reportlab_mods` and `.reportlab_settings` of the user's home when it finds no module of these names.
for _name in ("reportlab_mods", "reportlab_settings"):
    sys.modules.setdefault(_name, ModuleType(_name))

FORMATS = (".xlsx", ".csv", ".json")  # what `tables.write_table` writes
