"""Benchmarks: ratios measured in one run on this machine. Run with ``bin/bench NAME``."""
