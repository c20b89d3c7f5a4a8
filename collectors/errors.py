"""What can go wrong while collecting; every message names the place and the remedy."""


class CollectorError(Exception):
    """Collecting stopped; what was landed before is kept."""


class SettingsError(CollectorError):
    """The configuration or the environment is not usable as it stands."""


class AccessRefused(CollectorError):
    """The library will not serve this token or this request, however often asked."""


class SourceChanged(CollectorError):
    """The library answered in a form this collector does not know."""


class SourceUnavailable(CollectorError):
    """The library kept failing with errors that are usually transient."""


class FileRefused(CollectorError):
    """A file that must not be opened: a zip bomb, a path outside, not what it says."""


class ArchiveDamaged(CollectorError):
    """A file of the archive is not what its manifest says."""


class UnreadableRecord(Exception):
    """One record of a page cannot be read; the run goes on without it."""
