"""The bundled archive of invented ads, collected the way a live library is.

The recorded answers and the report go through the same requests, paging, landing and
parsing as Meta's own; only the connection is replaced, by an adapter that reads files.
Their address says `invented` and cannot exist (.invalid), so no page can be taken for
a collected one.
"""

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from collectors import meta, meta_report
from collectors.errors import SettingsError
from collectors.meta_plan import MetaSettings
from collectors.meta_report import ReportSettings
from collectors.protocol import Library
from collectors.runs import RUN_ID_FORMAT
from collectors.settings import LibrarySettings

ADDRESS = "https://invented.sample-archive.invalid"
FOLDER = Path(__file__).parent.parent / "seeds" / "sample_archive"
FIRST_PAGE = "page-001"


@dataclass(frozen=True)
class Collection:
    """What one library gave at one time: a folder named by that time."""

    library: Library
    folder: Path
    settings: LibrarySettings

    @property
    def time(self) -> datetime:
        """The collection date that the folder's name gives."""
        return time_of(self.folder)


def collections() -> list[Collection]:
    """The recorded answers and the report, those of each library oldest first.

    Raises:
        SettingsError: the bundled files are not there.
    """
    answers = sorted(FOLDER.glob("recorded/*Z"))
    if not answers:
        raise SettingsError(f"{FOLDER}: no recorded answers; run `make sample`")
    return [
        *(Collection(meta.LIBRARY, folder, _asked(folder)) for folder in answers),
        *(
            Collection(meta_report.LIBRARY, folder, _reported(folder))
            for folder in sorted(FOLDER.glob("report/*Z"))
        ),
    ]


def connection(collection: Collection) -> dict[str, Any]:
    """What makes a session read the files of a collection, as of its time."""
    return {
        "adapters": {ADDRESS: RecordedAnswers(collection.folder)},
        "clock": lambda: collection.time,
    }


def time_of(folder: Path) -> datetime:
    """The time that a folder of a collection is named by."""
    return datetime.strptime(folder.name, RUN_ID_FORMAT).replace(tzinfo=UTC)


def _asked(folder: Path) -> MetaSettings:
    """What was asked when the answers in `folder` were made."""
    return MetaSettings(
        countries=tuple(sorted(path.name for path in folder.iterdir())),
        until=time_of(folder).date(),
        base_url=ADDRESS,
        requests_per_minute=0,
    )


def _reported(folder: Path) -> ReportSettings:
    names = sorted(path.name for path in folder.iterdir())
    return ReportSettings(files=tuple(f"{ADDRESS}/{name}" for name in names))


class RecordedAnswers(BaseAdapter):
    """Answers requests from the files of one collection."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def send(
        self, request: requests.PreparedRequest, *_: Any, **__: Any
    ) -> requests.Response:
        """The file, or the page of a country and cursor, that `request` names."""
        response = requests.Response()
        response.status_code = 200
        response.url = str(request.url)
        response.headers["Date"] = format_datetime(time_of(self._folder))
        body = self._body(urlsplit(str(request.url)))
        response.raw = HTTPResponse(BytesIO(body), preload_content=False)
        return response

    def _body(self, address: SplitResult) -> bytes:
        if not address.query:
            return (self._folder / Path(address.path).name).read_bytes()
        asked = dict(parse_qsl(address.query))
        country = asked["ad_reached_countries"].strip('[]"')
        name = f"{asked.get('after', FIRST_PAGE)}.json.gz"
        return gzip.decompress((self._folder / country / name).read_bytes())

    def close(self) -> None:
        """Nothing is held open."""
