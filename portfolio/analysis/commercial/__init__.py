"""Customers, suppliers, contracts, invoices, renewals, surveys."""
