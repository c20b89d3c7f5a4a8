"""Benchmarks: run by `make bench`, never asserted on absolute time."""
