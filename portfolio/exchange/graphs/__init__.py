"""Graphs as Mermaid, DOT and GraphML."""
