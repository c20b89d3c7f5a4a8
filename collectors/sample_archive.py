"""The bundled archive of invented ads, collected the way a live library is.

The recorded answers go through the same requests, paging, landing and parsing as
Meta's own; only the connection is replaced, by an adapter that reads files. Their
address says `invented` and cannot exist (.invalid), so no page can be taken for a
collected one.
"""

import gzip
from datetime import UTC, datetime
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from collectors.errors import SettingsError
from collectors.meta_plan import MetaSettings
from collectors.runs import RUN_ID_FORMAT

LIBRARY = "meta"
ADDRESS = "https://invented.sample-archive.invalid"
RECORDED = Path(__file__).parent.parent / "seeds" / "sample_archive" / "recorded"
FIRST_PAGE = "page-001"


def collections() -> list[Path]:
    """The folders of recorded answers, one per collection date, oldest first.

    Raises:
        SettingsError: the bundled files are not there.
    """
    folders = sorted(path for path in RECORDED.glob("*Z") if path.is_dir())
    if not folders:
        raise SettingsError(f"{RECORDED}: no recorded answers; run `make sample`")
    return folders


def settings(folder: Path) -> MetaSettings:
    """What was asked when the answers in `folder` were made."""
    return MetaSettings(
        countries=tuple(sorted(path.name for path in folder.iterdir())),
        until=collection_time(folder).date(),
        base_url=ADDRESS,
        requests_per_minute=0,
    )


def collection_time(folder: Path) -> datetime:
    """The collection date that the folder's name gives."""
    return datetime.strptime(folder.name, RUN_ID_FORMAT).replace(tzinfo=UTC)


class RecordedAnswers(BaseAdapter):
    """Answers requests from the files of one collection date."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def send(
        self, request: requests.PreparedRequest, *_: Any, **__: Any
    ) -> requests.Response:
        """The recorded page that the country and cursor of `request` name."""
        asked = dict(parse_qsl(urlsplit(str(request.url)).query))
        country = asked["ad_reached_countries"].strip('[]"')
        name = f"{asked.get('after', FIRST_PAGE)}.json.gz"
        body = gzip.decompress((self._folder / country / name).read_bytes())
        response = requests.Response()
        response.status_code = 200
        response.url = str(request.url)
        response.headers["Date"] = format_datetime(collection_time(self._folder))
        response.raw = HTTPResponse(BytesIO(body), preload_content=False)
        return response

    def close(self) -> None:
        """Nothing is held open."""
