"""Service levels, KPIs, measurements, the PMO's own services, improvements."""
