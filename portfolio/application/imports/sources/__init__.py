"""What can be imported: one module a source, whose name is the choice of `pmo import`."""
