"""Printed matter about services, with no client in it: the service card, the brochure, the leaflet.

What is printed is made once, as plain values; a PDF and a DOCX are two ways to set them.
"""
