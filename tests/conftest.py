"""Loads the guards into every test run; fixtures of a room live in that room's own conftest.py."""

pytest_plugins = ("pytester", "tests.guards")
