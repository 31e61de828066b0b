"""Kinds: services in use, changes of them, adoption."""
