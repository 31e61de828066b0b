"""Related tables of a relational export, with one table of typed edges, as one portfolio."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Activity, Dependency, Project
from portfolio.model.operations.services import Service
from tests.exchange.importing import Imported, run_import

TABLES = {
    "people.csv": "person_id,name\n7,Ida Berg\n8,Jo Lunn\n",
    "suppliers.csv": "supplier_id,name\nS1,Northwind Cables\n",
    "services.csv": "service_id,name,owner,criticality\n1,Billing,8,1\n2,Payments,8,2\n",
    "contracts.csv": "contract_id,title,start,end,value,currency\n"
    'C9,Cabling,01/01/2026,31/12/2026,"£1,200.50",\nC10,Nobody delivers,,,5,EUR\n',
    "projects.csv": "project_id,name,sponsor,status,start,finish,budget,rag\n"
    "1,Atlas,7,Delivering,05/01/2026,30/06/2026,1000,A\n"
    "2,Data hub,9,On hold,,,n/a,G\n"
    "3,Beacon,8,delivering,,,-,R\n",
    "activities.csv": "activity_id,project_id,name,days,done\n"
    "10,1,Design,10,100\n11,1,Build,20.5,\n12,3,Survey,3,\n13,2,Lost,3,\n",
    "edges.csv": "from,to,type,lag,date\n"
    "10,11,FS,2,\n12,11,ss,,\n99,11,FS,,\n"
    "3,1,needs,,01/05/2026\n"
    "1,C9,under contract,,\n1,2,changes,,\n3,C10,under contract,,\n"
    "C9,S1,delivered by,,\n1,2,uses,,\n1,2,inspires,,\n",
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Imported:
    folder = tmp_path_factory.mktemp("tables")
    for name, text in TABLES.items():
        (folder / name).write_text(text)
    mapping = (repository / "examples" / "mappings" / "relational.yaml").read_text()
    return run_import(mapping, *(folder / name for name in TABLES), name="relational")


def test_the_tables_become_one_portfolio_without_a_broken_reference(result: Imported) -> None:
    assert result.broken() == []


def test_an_activity_is_part_of_its_project_and_refers_inside_it_by_the_short_id(
    result: Imported,
) -> None:
    assert result.files["projects/atlas.yaml"].partition("activities:")[2] == (
        "\n"
        "    - {id: design, name: Design, duration: 10d, pct_complete: 100}\n"
        "    - id: build\n"
        "      name: Build\n"
        "      duration: 20.5d\n"
        "      predecessors:\n"
        "        - {id: design, type: FS, lag: 2d}\n"
        "        - {id: beacon.survey, type: SS}\n"
        "  dependencies: [{id: 3-1, from: beacon, need_by: 2026-05-01}]\n"
    )
    activities = {a.id: a for a in result.portfolio.all(Activity)}
    assert set(activities) == {"atlas.design", "atlas.build", "beacon.survey"}


def test_each_type_of_edge_becomes_the_field_that_the_mapping_says(result: Imported) -> None:
    atlas = result.portfolio.find("atlas", Project)
    contract = result.portfolio.find("contract-c9", Contract)
    billing = result.portfolio.find("billing", Service)
    needs = result.portfolio.find("atlas.3-1", Dependency)
    assert atlas is not None
    assert contract is not None
    assert billing is not None
    assert needs is not None
    assert str(atlas.contract) == "contract-c9"
    assert [str(service) for service in atlas.services] == ["payments"]
    assert str(contract.supplier) == "northwind-cables"
    assert [str(service) for service in billing.depends_on] == ["payments"]
    assert str(needs.from_) == "beacon"


def test_what_refers_to_nothing_is_listed_with_what_goes_with_it(result: Imported) -> None:
    listed = {(p.file, p.row, p.value or p.expected, p.effect) for p in result.problems}
    assert listed == {
        # The sponsor is unknown, so the project cannot exist, so its activity cannot either.
        ("projects.csv", "3", "9", "the field is left out"),
        ("projects.csv", "3", "sponsor", "the project is left out"),
        (
            "activities.csv",
            "5",
            "its project data-hub, which is left out",
            "the activity is left out",
        ),
        # A contract with neither customer nor supplier is none, and nothing can be under it.
        ("contracts.csv", "3", "customer or supplier", "the contract is left out"),
        ("projects.csv", "4", "contract-c10", "the reference is left out"),
        # The first activity of this edge is not in the export; the last type is not in the mapping.
        ("edges.csv", "4", "99", "the field is left out"),
        ("edges.csv", "11", "1, 2, inspires", "the row is left out"),
    }


def test_the_counts_of_every_table_add_up_to_its_rows(result: Imported) -> None:
    for table in result.tally.tables:
        assert table.rows == table.written + table.skipped + table.left_out + table.repeated
    assert sum(t.rows for t in result.tally.tables if t.file == "edges.csv") == 9
