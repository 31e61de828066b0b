"""`python -m pmo_cli`."""

from pmo_cli.app import main

main()
