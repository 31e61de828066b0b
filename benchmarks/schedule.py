"""The schedule passes beside one topological sort of the same graph by networkx."""
