"""Budgets, actuals, forecasts, earned value, earned schedule, benefits."""
