"""Tests of the models on Apache Spark; skipped where Spark is not installed."""
