"""The reference's Python library; programs import it as `boardroom_ws`."""
