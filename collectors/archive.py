"""Open an archive folder, and keep invented and collected records apart."""

import json
from pathlib import Path

from collectors.errors import SettingsError
from collectors.files import write_whole
from collectors.runs import Archive


def opened_archive(folder: Path, is_invented: bool | None) -> Archive:
    """The archive in `folder`, made if new; None takes it as it is.

    Raises:
        SettingsError: it holds the other kind of records, or is no archive.
    """
    path = folder / "archive.json"
    if not path.exists():
        if is_invented is None:
            raise SettingsError(f"{folder}: holds no archive")
        content = {"archive": folder.name, "is_invented": is_invented}
        write_whole(path, json.dumps(content).encode() + b"\n")
    try:
        kept = json.loads(path.read_bytes())["is_invented"]
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{path}: unreadable; restore it from a backup") from error
    if is_invented is not None and kept is not is_invented:
        holds, brings = ("invented", "collected") if kept else ("collected", "invented")
        raise SettingsError(
            f"{folder} holds {holds} records; {brings} ones need a folder of their own"
        )
    return Archive(folder, bool(kept))
