"""How long the tests that could run for ever run: the one place that reads the environment variable FIELDTOOL_TEST_EFFORT."""

import os

EFFORT = int(os.environ.get("FIELDTOOL_TEST_EFFORT", "1"))
"""1 in the suite; 100 gives thousands of examples of the state machine and every bit of every file."""
