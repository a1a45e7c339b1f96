"""Understand what a person types: needs, urgency, age, groups and barriers. Pure, offline."""
