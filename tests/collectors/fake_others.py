"""Small libraries that behave like Microsoft's and LinkedIn's, and a file server."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.collectors.fake_http import Asked, Fault, told

LINKEDIN_TOKEN = "liFakeToken0123456789"
TOO_MANY = Fault(429, b"<html><body>Too many requests</body></html>")


@dataclass
class FakeMicrosoft:
    """Ads with text; anonymous; pages by top and skip, with or without dollar signs."""

    ads: list[dict[str, Any]]
    faults: list[Fault] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)
    gone: frozenset[int] = frozenset()
    address: str = ""

    def respond(self, asked: Asked) -> Fault:
        """The answer to one request."""
        self.requests.append(asked)
        if self.faults:
            return self.faults.pop(0)
        if found := re.fullmatch(r"/Ads/(\d+)", asked.path):
            ad_id = int(found[1])
            if ad_id in self.gone:
                return told({"error": {"code": "", "message": "Not found"}}, 404)
            return told(next(ad for ad in self.ads if ad["AdId"] == ad_id))
        top = int(asked.query.get("$top", asked.query.get("top", "24")))
        skip = int(asked.query.get("$skip", asked.query.get("skip", "0")))
        listed = [
            {key: value for key, value in ad.items() if key != "AdDetails"}
            for ad in self.ads[skip : skip + top]
        ]
        return told({"@odata.count": min(len(self.ads), 1000), "value": listed})


def microsoft_ads(count: int) -> list[dict[str, Any]]:
    """Invented ads as the detail call gives them."""
    return [
        {
            "AdId": 80195840328528 + number,
            "AdvertiserName": "Uydurma B.V.",
            "AdvertiserId": 4295001036,
            "Title": f"Uydurma başlıq {number}",
            "Description": "Uydurma mətn",
            "DisplayUrl": "uydurma.invalid/teacher",
            "DestinationUrl": "https://uydurma.invalid/teacher",
            "AssetJson": "",
            "AdDetails": {
                "PaidForByName": "Uydurma Holding",
                "StartDate": "2026-02-27",
                "EndDate": "2026-07-14",
                "TotalImpressionsRange": "1K - 5K",
                "RejectionJson": None,
                "ImpressionsByCountry": [
                    {"Country": "Ireland", "ImpressionShare": "99.9%"},
                    {"Country": "Azerbaijan", "ImpressionShare": "0.1%"},
                ],
                "Targets": [{"TargetType": "Location", "UsedForExclusion": True}],
            },
        }
        for number in range(count)
    ]


@dataclass
class FakeLinkedIn:
    """Elements by start and count; refuses RestLi brackets that are encoded."""

    elements: list[dict[str, Any]]
    faults: list[Fault] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)
    has_total: bool = True
    address: str = ""

    def respond(self, asked: Asked) -> Fault:
        """The answer to one request."""
        self.requests.append(asked)
        if self.faults:
            return self.faults.pop(0)
        if asked.headers.get("Authorization") != f"Bearer {LINKEDIN_TOKEN}":
            return told(
                {"serviceErrorCode": 65602, "code": "EXPIRED_ACCESS_TOKEN"}, 401
            )
        if not re.fullmatch(r"20\d{4}", asked.headers.get("LinkedIn-Version", "")):
            return told({"message": "version"}, 426)
        if "countries=(value:List(urn%3Ali%3Acountry%3A" not in asked.raw_query:
            return told({"message": "FIELD_INVALID"}, 400)
        start, count = int(asked.query["start"]), int(asked.query["count"])
        paging: dict[str, Any] = {"start": start, "count": count, "links": []}
        if self.has_total:
            paging["total"] = len(self.elements)
        elif start + count < len(self.elements):
            paging["links"] = [{"rel": "next", "href": "/rest/adLibrary"}]
        return told(
            {"elements": self.elements[start : start + count], "paging": paging}
        )


def linkedin_elements(count: int) -> list[dict[str, Any]]:
    """Invented elements; every third without statistics, as outside the EU."""
    return [_element(number) for number in range(count)]


def _element(number: int) -> dict[str, Any]:
    details: dict[str, Any] = {
        "type": "SPONSORED_VIDEO",
        "advertiser": {
            "advertiserName": "Uydurma",
            "advertiserUrl": "https://www.linkedin.com/company/10180448",
        },
        "adTargeting": [
            {
                "facetName": "Location",
                "isIncluded": True,
                "isExcluded": False,
                "includedSegments": ["Azerbaijan"],
                "excludedSegments": [],
            },
            {"facetName": "Job", "isIncluded": True, "isExcluded": False},
        ],
    }
    if number % 3:
        details["adStatistics"] = {
            "firstImpressionAt": 1781795275387,
            "latestImpressionAt": 1783053369656,
            "totalImpressions": {"from": 0, "to": 1000},
            "impressionsDistributionByCountry": [
                {"country": "urn:li:country:DE", "impressionPercentage": 91.54},
                {"country": "urn:li:country:AZ", "impressionPercentage": 8.46},
            ],
        }
    url = f"https://www.linkedin.com/ad-library/detail/{1470155666 + number}"
    return {"adUrl": url, "isRestricted": False, "details": details}


@dataclass
class FakeFiles:
    """A server of files, by path."""

    files: dict[str, bytes]
    faults: list[Fault] = field(default_factory=list)
    address: str = ""

    def respond(self, asked: Asked) -> Fault:
        """The file at a path."""
        if self.faults:
            return self.faults.pop(0)
        if asked.path not in self.files:
            return Fault(404, b"no such file")
        return Fault(200, self.files[asked.path])
