"""What can be wrong inside hidden work, and what known work can get wrong about it."""

from __future__ import annotations

from functools import partial

from tests.hostile.files import yaml_of
from tests.privacy.planting import KNOWN, hidden_id, planted
from tests.privacy.secrets import Secrets


def faulty(secrets: Secrets) -> dict[str, bytes]:
    """Return the files of the portfolio with mistakes in them, by path."""
    folder = secrets.id("folder")
    return {
        **planted(secrets),
        f"{folder}/{secrets.id('faults')}.yaml": _inside(secrets),
        f"{folder}/{secrets.id('syntax')}.yaml": (
            f"risks:\n  - {{id: {secrets.id('cut')}, title: '{secrets.text()}\n"
        ).encode(),
        f"{folder}/actuals.{secrets.id('table')}.csv": (
            f"id,project,period,amount,{secrets.id('column')}\n"
            f"{secrets.id('row')},{hidden_id(secrets, 'project')},{secrets.id('cell')},"
            f"{secrets.amount()},{secrets.text()}\n"
        ).encode(),
        "beside-faults.yaml": _beside(secrets),
    }


def _inside(secrets: Secrets) -> bytes:
    project = hidden_id(secrets, "project")
    twice = {
        "id": secrets.id("twice"),
        "title": secrets.text(),
        "project": project,
        "owner": secrets.id("nobody"),
        "raised_on": "2026-03-02",
        "closed_on": "2026-01-01",
        "nmae": secrets.text(),
    }
    return yaml_of(
        {
            "activities": [
                {
                    "id": secrets.id("broken"),
                    "project": project,
                    "duration": secrets.text(),
                    "predecessors": [secrets.id("nothing")],
                    secrets.id("key"): secrets.text(),
                    "budget": f"{secrets.amount()}{secrets.text()}",
                }
            ],
            "milestones": [
                {
                    "id": secrets.id("late"),
                    "project": project,
                    "name": secrets.text(),
                    "type": secrets.text(),
                    "baseline": secrets.text(),
                    "forecast": "2026-07-01",
                }
            ],
            "risks": [dict(twice), dict(twice)],
            secrets.id("kind"): [{"id": secrets.id("unkind"), "name": secrets.text()}],
        }
    )


def _beside(secrets: Secrets) -> bytes:
    """Return known work that names what is hidden with a letter missing, or as what it is not."""
    hidden = partial(hidden_id, secrets)

    def misspelt(kind: str) -> str:
        return ".".join(part[:4] + part[5:] for part in hidden(kind).split("."))

    return yaml_of(
        {
            "milestones": [
                {
                    "id": "open-misspelt",
                    "project": KNOWN,
                    "name": "Known to all",
                    "baseline": "2026-07-15",
                    "predecessors": [misspelt("activity")],
                }
            ],
            "actions": [
                {
                    "id": "open-wrong",
                    "text": "Known to all",
                    "owner": hidden("project"),
                    "project": misspelt("project"),
                    "source": misspelt("risk"),
                    "due": "2026-06-30",
                }
            ],
        }
    )
