"""Service levels as OpenSLO documents."""
