"""The public holidays of a country, to be written into `pmo.yaml` once; never asked at run time."""

from __future__ import annotations

from datetime import date


def holidays_of(country: str, years: range) -> tuple[tuple[date, str], ...]:
    """Return the days and names of a country's public holidays, in order.

    A region follows a slash: `DE/BY`, `GB/ENG`. Raises ValueError for an unknown country.
    """
    import holidays

    code, _, region = country.partition("/")
    try:
        found = holidays.country_holidays(
            code.upper(), subdiv=region.upper() or None, years=list(years), language="en_GB"
        )
    except NotImplementedError:
        message = f"there are no holidays for {country!r}; write a code such as GB, NO or DE/BY"
        raise ValueError(message) from None
    return tuple(sorted((day, name.replace('"', "'")) for day, name in found.items()))
