"""`python -m fieldtool` and the frozen program: hands over to `fieldtool.app.main` and does nothing else."""

import sys

if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the frozen program is also what its own worker processes start
        from multiprocessing import freeze_support

        freeze_support()

    from fieldtool.app import main

    sys.exit(main())
