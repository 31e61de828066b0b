"""The figures of this project: how fast it is, and how it is built."""
