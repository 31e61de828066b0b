"""What a report is asked to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.application.reports.stamp import Stamp, is_day

if TYPE_CHECKING:
    from portfolio.report.blocks import Report
    from portfolio.report.pack import Pack
    from portfolio.view.audience import Edition

NO_COMMIT = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """What a report shall be about, for whom, and compared with when.

    ``name`` is one of the outlines; ``selectors`` and ``exclude`` choose the part, or name the one
    entity that it is about. ``since`` is a day or a commit; ``commit`` is what the page shall say
    of its inputs, None looks it up. ``own_templates``: with the templates that `pmo.yaml` names.
    """

    name: str = "board"
    selectors: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    edition: Edition = "internal"
    since: str | None = None
    own_templates: bool = False
    commit: str | None = None

    def stamp(self, built: Report, pack: Pack, *, overlaid: bool, site: bool = False) -> Stamp:
        """Return the line that tells how a page was made.

        A name such as `main` moves on: what is kept of it is the commit that it meant. Outside the
        house nothing is said of commits.
        """
        since, earlier = self.since or "", pack.earlier
        if earlier is not None and earlier.portfolio is not None and not is_day(since):
            since = earlier.commit
        return Stamp(
            built.name,
            built.as_of.isoformat(),
            self.selectors,
            self.exclude,
            self.edition,
            since,
            "" if pack.edition == "customer" else pack.commit or NO_COMMIT,
            confidential=pack.portfolio.audience.include_confidential,
            overlaid=overlaid,
            templates=self.own_templates,
            site=site,
        )
