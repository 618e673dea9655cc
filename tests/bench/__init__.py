"""What is about speed, measured side by side in one run; see each module's command."""
