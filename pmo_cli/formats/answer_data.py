"""What is told of an answer, for people and for scripts alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pmo_cli.formats import levelling, prioritisation_tables, simulation
from pmo_cli.formats.prioritisation_json import prioritisation_data
from pmo_cli.options import Session
from portfolio.application.levelling import Levelling
from portfolio.application.prioritisation import Prioritisation
from portfolio.application.simulation import Simulation

Answer = Simulation | Levelling | Prioritisation

DATA: Mapping[type[Answer], Callable[[Any], dict[str, Any]]] = {
    Simulation: simulation.simulation_data,
    Levelling: levelling.levelling_data,
    Prioritisation: prioritisation_data,
}
"""What each answer holds: names that scripts rely on."""
TABLES: Mapping[type[Answer], Callable[[Mapping[str, Any], Session], None]] = {
    Simulation: simulation.write_tables,
    Levelling: levelling.write_tables,
    Prioritisation: prioritisation_tables.write_tables,
}
