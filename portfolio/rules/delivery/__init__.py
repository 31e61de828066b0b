"""Rules about dates, dependencies and schedules."""
