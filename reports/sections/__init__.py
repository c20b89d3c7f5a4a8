"""The sections of the report: each module says its own with `blocks(edition)`."""
