"""The services without a screen: arguments in, words or one JSON object out, an exit code; holds no rule of the domain."""

from fieldtool.cli.edge import main

__all__ = ["main"]
