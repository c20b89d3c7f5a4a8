"""What stands behind every figure: manifest.json."""

import hashlib
import json
from typing import Any

from reports.database import PERIOD_DAYS, conditions
from reports.edition import Edition


def write_manifest(edition: Edition) -> None:
    """Write the queries with a sum over each result, and a sum over each file."""
    facts, period = edition.facts, edition.facts.period
    content: dict[str, Any] = {
        "archive": facts.archive,
        "is_invented": facts.is_invented,
        "database_version": facts.database_version,
        "codebook_version": facts.codebook_version,
        "model_version": facts.model_version,
        "labels_version": facts.labels_version,
        "period": {"name": period.name, "since": period.since, "until": period.until},
        "language": facts.say.code,
        "collected_to": facts.last_collected_at,
        "reviewed_only": facts.settings.reviewed_only,
        "marts_cut_to": {
            f"marts.{name}": " and ".join(conditions(name, period, facts.settings))
            for name in PERIOD_DAYS
        },
        "queries": dict(sorted(edition.queries.items())),
        "files_sha256": files_sha256(edition),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    (edition.folder / "manifest.json").write_text(f"{text}\n", encoding="utf-8")


def files_sha256(edition: Edition) -> dict[str, str]:
    """The sum over every file of the report, by its path."""
    return {
        path.relative_to(edition.folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(edition.folder.rglob("*"))
        if path.is_file()
    }
