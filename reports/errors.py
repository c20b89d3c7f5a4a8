"""The one error a person who makes a report may see."""


class ReportError(Exception):
    """No report can be made; the message says why and what to do, in one line."""
