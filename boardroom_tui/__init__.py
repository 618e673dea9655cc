"""Boardroom: a board meeting that runs in a terminal."""
