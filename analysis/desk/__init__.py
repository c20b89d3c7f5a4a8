"""The analysts’ desk: macros in the database, the SQL shell, queries, exports."""
