"""The reports that can be asked for, one module each; the name of the file is the report's.

A module states ``OUTLINE`` and, where no other report has them, its sections.
"""
