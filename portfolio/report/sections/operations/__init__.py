"""Sections on services in use, releases and adoption."""
