"""People, teams, skills, assignments, absence; capacity and utilisation."""
