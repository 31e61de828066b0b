"""Imports from a source to the files of a portfolio."""
