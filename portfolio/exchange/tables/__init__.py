"""Tables and workbooks, by a mapping or by the headers of their columns."""
