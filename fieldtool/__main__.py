"""`python -m fieldtool`: hands over to `fieldtool.app.main` and does nothing else."""

import sys

from fieldtool.app import main

if __name__ == "__main__":
    sys.exit(main())
