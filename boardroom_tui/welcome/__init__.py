"""The first screen: where somebody begins who just types `boardroom`."""
