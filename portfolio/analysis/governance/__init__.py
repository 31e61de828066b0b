"""Boards, gates, decisions, actions, status reports, exceptions, change control."""
