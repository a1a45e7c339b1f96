"""Readers of what is published about the territory: lists, links, ages, points and borders."""
