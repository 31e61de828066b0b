"""Portfolios, programmes, projects, milestones, activities, dependencies."""
