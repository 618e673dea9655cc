"""Databases as each version of their schema left them, and what makes them: `journal-1.sql` …"""
