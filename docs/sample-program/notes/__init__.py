"""Builds a small static site of notes from the documentation strings of the standard library."""
