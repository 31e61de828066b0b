"""Rules about decisions, controls, changes, reports and the records themselves."""
