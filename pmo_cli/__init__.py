"""The command line: it parses, calls, prints, and returns an exit code."""
