"""Kinds: customers, suppliers, contracts and what belongs to them."""
