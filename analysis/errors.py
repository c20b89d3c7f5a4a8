"""What can go wrong while analysing; every message names the place and the remedy."""


class AnalysisError(Exception):
    """The database could not be built; the published one is untouched."""


class ModelError(AnalysisError):
    """A model, or what it gave, breaks a rule of the house."""
