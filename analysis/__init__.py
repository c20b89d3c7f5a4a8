"""Flag threatening rhetoric and Azerbaijani audiences, in DuckDB SQL."""
