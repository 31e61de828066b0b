"""What `pmo.yaml` says: the organisation, its calendars, thresholds and rules, with defaults."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.record import Record, field
from portfolio.values import DayOfYear, Money

CADENCE_DAYS: Mapping[str, int] = {"weekly": 7, "fortnightly": 14, "monthly": 31, "quarterly": 92}


class Organisation(Record):
    """Who the portfolio belongs to."""

    name: str = field("The organisation's name, on every page.", required=True)
    currency: str = field("The currency of plain numbers.", required=True, example="GBP")
    fiscal_year_start: DayOfYear = field(
        "First day of the year, MM-DD.", default=DayOfYear("04-01")
    )
    timezone: str = field("The zone of the times in files.", default="UTC")
    reporting_cadence: Literal["weekly", "fortnightly", "monthly", "quarterly"] = field(
        "How often a project reports.", default="monthly"
    )
    calendar: str | None = field("The calendar of everything that names none.")
    financing_rate_pct: Decimal | None = field(
        "What money costs until a customer pays.", minimum=0, unit="% a year", example="6"
    )
    discount_rate_pct: Decimal = field("Real discount rate.", default=Decimal("3.5"), unit="%")


class Holiday(Record):
    """A day on which nobody works."""

    SHORTHAND: ClassVar[str] = "date"

    date_: date = field("The day.", required=True)
    name: str | None = field("What is celebrated.")


class CalendarException(Record):
    """A day with hours of its own; no hours means that nobody works."""

    SHORTHAND: ClassVar[str] = "date"

    date_: date = field("The day.", required=True)
    hours: tuple[str, ...] = field("The shifts of that day.", example="09:00-13:00")


class CalendarSettings(Record):
    """Working time: the hours of a week, less holidays, plus exceptions."""

    week: Mapping[str, tuple[str, ...]] | None = field(
        "Shifts by weekday; Monday to Friday 09:00-12:30 and 13:30-17:30 when left out.",
        example="mon-fri: ['09:00-12:30', '13:30-17:30']",
    )
    country: str | None = field("The country whose holidays are listed, for `pmo init --holidays`.")
    holidays: tuple[Holiday, ...] = field("Days on which nobody works.")
    exceptions: tuple[CalendarException, ...] = field("Days with hours of their own.")


class ExchangeRate(Record):
    """How many units of one currency another one buys, from a day on."""

    date_: date = field("From when the rate holds.", required=True)
    from_: str = field("One unit of this currency …", required=True)
    to: str = field("… is worth the rate in this one.", required=True)
    rate: Decimal = field("Units of `to` for one of `from`.", required=True, minimum=0)


class Band(Record):
    """The edges of a colour: the green one and the amber one, both belonging to the better."""

    green: Decimal = field("Green from here on.", required=True)
    amber: Decimal = field("Amber from here on; beyond it is red.", required=True)


def _band(green: str, amber: str) -> Band:
    return Band(green=Decimal(green), amber=Decimal(amber))


class Thresholds(Record):
    """Where green ends and red begins, for each measure."""

    performance_index: Band = field("CPI and SPI(t).", default=_band("0.95", "0.90"))
    to_complete_performance_index: Band = field("TCPI to budget.", default=_band("1.05", "1.10"))
    tolerance_use: Band = field("Share of a tolerance used.", default=_band("0.70", "1.00"))
    dependency_margin: Band = field("Working days of margin.", default=_band("10", "0"))
    milestone_hit_rate: Band = field("Milestones on time.", default=_band("0.85", "0.70"))
    forecast_accuracy: Band = field("Weighted forecast error.", default=_band("0.10", "0.20"))
    bus_factor: Band = field("People at the needed level.", default=_band("3", "2"))
    contingency_cover: Band = field("Contingency over exposure.", default=_band("1.2", "1.0"))
    change_saturation: Band = field("Change load over capacity.", default=_band("0.80", "1.00"))
    satisfaction: Band = field("Satisfied answers.", default=_band("0.85", "0.75"))
    account_health: Band = field("Points of account health / 100.", default=_band("0.75", "0.50"))
    report_grace_days: int = field("Days a report may be late.", default=3, minimum=0, unit="days")
    near_critical_days: int = field("Float that is near-critical.", default=5, minimum=0, unit="wd")
    owner_load: int = field("Open items one person can own.", default=15, minimum=1)
    agreement_window_days: int = field(
        "Working days before need in which a promise must be agreed.",
        default=30,
        minimum=0,
        unit="wd",
    )


class RiskScale(Record):
    """Which scores of probability times impact are medium, high and very high."""

    method: Literal["linear", "pmi"] = field(
        "linear: 1 to 5 each, by the scores below. pmi: non-linear, by its own two cut-offs.",
        default="linear",
    )
    medium: int = field("Medium from this score on.", default=5, minimum=1, maximum=25)
    high: int = field("High from this score on.", default=10, minimum=1, maximum=25)
    very_high: int = field("Very high from this score on.", default=15, minimum=1, maximum=25)
    pmi_medium: Decimal = field(
        "With pmi, medium from this score on.", default=Decimal("0.06"), minimum=0, maximum=1
    )
    pmi_high: Decimal = field(
        "With pmi, high from this score on.", default=Decimal("0.18"), minimum=0, maximum=1
    )


class SimulationSettings(Record):
    """What a simulation takes for granted where nothing is stated."""

    correlation: Decimal = field(
        "Correlation of the cost lines of one project, and of risks tied without a coefficient.",
        default=Decimal("0.25"),
        minimum=0,
        maximum=1,
    )


class ScorecardWeight(Record):
    """How much a measure of the PMO's scorecard counts, and where it should be."""

    weight: Decimal = field("0 leaves it out of the total.", default=Decimal(1), minimum=0)
    target: Decimal | None = field("The value aimed at, instead of the usual one.")
    red: Decimal | None = field("The value from which on it is red, instead of the usual one.")


class PrioritisationSettings(Record):
    """How proposals compete: by what they are ranked, and what there is to spend and to use."""

    method: Literal["weighted", "topsis", "topsis-minmax"] = field(
        "How scores on criteria become one.", default="weighted"
    )
    worth: Literal["npv", "score"] | None = field(
        "What a set is worth; `npv` where every proposal states one, else `score`."
    )
    budget: Money | None = field("What there is to spend in all.", example="900000")
    budget_by_period: Mapping[str, Money] | None = field(
        "What there is to spend in each period.", example="{2026-Q3: 250000}"
    )
    capacity: Mapping[str, Decimal] | None = field(
        "The people there are, by skill.", unit="FTE", example="{PRMG: 1.5}"
    )


SeverityWord = Literal["error", "warning", "info"]


class PathRules(Record):
    """Other rules for some of the files."""

    path: str = field("A glob of paths.", required=True, example="archive/*")
    ignore: tuple[str, ...] = field("No codes that start with one of these.", example="RSK-STALE")
    severity: Mapping[str, SeverityWord] | None = field(
        "Severities of your own, by code or its beginning.", example="RSK: info"
    )


class OwnRule(Record):
    """A rule of your own: a condition, and what to say of each entity that meets it."""

    code: str = field("Begins with OWN-.", required=True, example="OWN-BIG-WITHOUT-RISK")
    kind: str = field("The kind of entity that it judges.", required=True, example="project")
    when: str = field(
        "What is wrong, as a condition.",
        required=True,
        example="bac > 500000 and count(risks) = 0",
    )
    message: str | None = field(
        "What to say; `{bac}` stands for a value.", example="{name} is big and has no risk"
    )
    hint: str | None = field("What to do.")
    key: str = field("The field to point at.", default="id")
    severity: SeverityWord = field("How bad it is.", default="warning")


class RuleSettings(Record):
    """Which rules run, and how severe they are."""

    select: tuple[str, ...] = field("Only codes that start with one of these.", example="RSK")
    ignore: tuple[str, ...] = field("No codes that start with one of these.", example="RSK-NONE")
    severity: Mapping[str, SeverityWord] | None = field(
        "Severities of your own, by code.", example="RSK-STALE: error"
    )
    paths: tuple[PathRules, ...] = field("Other rules for some of the files.")
    own: tuple[OwnRule, ...] = field("Rules of your own.")


class Waiver(Record):
    """An agreed exception from a rule, until a day."""

    rule: str = field("The rule's code.", required=True)
    object: str = field("The id of the entity it is waived for.", required=True)
    reason: str = field("Why.", required=True)
    approved_by: str = field("Who agreed.", required=True)
    until: date = field("The last day of the exception.", required=True)


class Settings(Record):
    """The whole of `pmo.yaml`."""

    organisation: Organisation = field("Who the portfolio belongs to.", required=True)
    as_of: date | None = field("Freezes the portfolio in time; `--as-of` overrides it.")
    include: tuple[str, ...] = field(
        "Only files that match one of these globs.", example="projects/*"
    )
    exclude: tuple[str, ...] = field("No files that match one of these globs.", example="drafts/*")
    calendars: Mapping[str, CalendarSettings] | None = field("Working time, by name.")
    exchange_rates: tuple[ExchangeRate, ...] = field("Dated rates between currencies.")
    stages: tuple[str, ...] = field("The management stages, in order.")
    thresholds: Thresholds = field("Where green ends and red begins.", default=Thresholds())
    risk_scale: RiskScale = field("The bands of the risk score.", default=RiskScale())
    simulation: SimulationSettings = field(
        "What a simulation assumes.", default=SimulationSettings()
    )
    prioritisation: PrioritisationSettings = field(
        "How proposals compete.", default=PrioritisationSettings()
    )
    scorecard: Mapping[str, ScorecardWeight] | None = field(
        "Measures of the PMO's scorecard that count otherwise, by their key.",
        example="{satisfaction: {weight: 2, target: 90}}",
    )
    rules: RuleSettings = field("Which rules run.", default=RuleSettings())
    waivers: tuple[Waiver, ...] = field("Agreed exceptions from rules, each until a day.")
    selectors: Mapping[str, str] | None = field(
        "Selectors by a name of your own, which every command understands as a word.",
        example="tag:billing atlas+",
    )
    templates: str | None = field("A folder of your own templates, used with `--templates`.")
