"""Builds small databases of marts, as the analysis publishes them, for the tests."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tests.reports.marts_around import around
from tests.reports.marts_schema import SCHEMA

HOSTILE = (
    (
        "en",
        'Typst: #read("/etc/passwd") #eval("1+1") *b* _i_ $x^2$ [a] @ref <lab> \\ = h',
    ),
    (
        "en",
        "HTML: <script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; {{7*7}}",
    ),
    (
        "en",
        "Bidi: invoice\u202egpj.exe zero\u200bwidth\u2066 NUL\x00 BEL\x07 Z"
        + "\u0301" * 40,
    ),
    (None, "中文 हिन्दी Ω ∑ a\u064b \U000f0000 \ud7ff 文字"),
    ("en", '=HYPERLINK("http://evil.example";"x") +1-1@SUM(A1) \'; drop table a; --'),
    (
        "az",
        "Bakı 🔥💥 yanacaq! 👨\u200d👩\u200d👧 🇦🇿 👍🏽 1\ufe0f\u20e3 ğ ş ı İ ₼ 500",
    ),
    ("fa", "می\u200cخواهیم باکو را بگیریم ۱۲۳ و Baku 2026"),
    ("hy", "Բաքուն պետք է վերցնել, Ադրբեջանը պետություն չէ։"),
    ("ka", "ბაქო უნდა ავიღოთ, აზერბაიჯანი სახელმწიფო არ არის."),
    ("az-Cyrl", "Бакыны ҝөтүрәҹәјик, Азәрбајҹан дөвләти олмајаҹаг. Ҹаваб верин!"),
    ("ru", "Баку будет наш через три дня, готовьтесь: удар по Азербайджану."),
    ("tr", "Bakü'yü üç günde alırız; Azerbaycan pişman olacak. Iğdır, İzmir."),
    ("en", "A" * 10000 + " end"),
)
REPORT = "Deputat “Bakını üç günə alarıq” deyib; nazirlik bunu pisləyib."
MATCHES = {"ru": ["Баку", "удар"], "az": ["Bakı"], "fa": ["باکو"], "tr": ["pişman"]}
CODES = (["T1"], ["T3"], ["T1", "T2"], ["T7"], ["T4"], ["T9"])
AUDIENCES: tuple[tuple[int, list[str]], ...] = (
    (4, ["E2 delivery in Azerbaijan: 93 %", "E4 text in Azerbaijani"]),
    (3, ["E4 text in Azerbaijani", "E5 group addressed by name"]),
    (2, ["E4 text in Azerbaijani"]),
    (1, ["E9 place as topic"]),
    (0, []),
)
SPENDS: tuple[tuple[str | None, int | None, int | None], ...] = (
    ("AZN", 100, 199),
    ("AZN", 0, 99),
    ("AZN", 1000, None),
    ("USD", 200, 499),
    (None, None, None),
)


def build_archive(folder: Path, ads_count: int = 40, is_invented: bool = True) -> Path:
    """An archive folder whose database holds `ads_count` flagged ads; gives it back."""
    folder.mkdir(parents=True, exist_ok=True)
    ads = [flagged_ad(number) for number in range(ads_count)]
    with duckdb.connect(folder / "adwatch.duckdb") as connection:
        connection.execute(SCHEMA)
        insert(connection, "archive_facts", [facts(ads, is_invented)])
        insert(connection, "flagged_ads", ads)
        others = other_verdicts() if ads else []
        insert(connection, "other_verdicts", others)
        insert(connection, "examined_ads", examined(ads, others))
        insert(connection, "evaluation", evaluation() if ads else [])
        insert(connection, "ad_regions", regions(ads))
        insert(connection, "policy_changes", policy_changes())
        for name, rows in around(ads).items():
            insert(connection, name, rows)
        insert(connection, "events", events())
        insert(connection, "rules", rules())
        insert(connection, "library_coverage", coverage() if ads else [])
    return folder


def insert(
    connection: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]
) -> None:
    """Insert rows by column name into a table of the marts."""
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        query = f"insert into marts.{name} ({names}) values ({marks})"
        connection.execute(query, list(row.values()))


def facts(ads: list[dict[str, Any]], is_invented: bool) -> dict[str, Any]:
    """The row of archive_facts that fits the ads."""
    days = [ad["started_date"] for ad in ads]
    return {
        "archive": "sample" if is_invented else "live",
        "is_invented": is_invented,
        "libraries": ["meta", "google"] if ads else [],
        "ads_count": len(ads) * 25,
        "ad_versions_count": len(ads) * 27,
        "texts_count": len(ads) * 12,
        "scored_texts_count": len(ads) * 12,
        "advertisers_count": len(ads) * 3,
        "flagged_ads_count": len(ads),
        "flagged_texts_count": len({ad["text_hash"] for ad in ads}),
        "reported_ads_count": 6 if ads else 0,
        "by_az_ads_count": 3 if ads else 0,
        "challenge_ads_count": 5 if ads else 0,
        "review_ads_count": 9 if ads else 0,
        "labels_count": 3831,
        "model_version": "model-1",
        "labels_version": "84210148f445",
        "threat_threshold": 0.0366,
        "review_threshold": -0.3713,
        "first_started_date": min(days, default=None),
        "last_started_date": max(days, default=None),
        "first_collected_at": datetime(2025, 10, 1, 6) if ads else None,
        "last_collected_at": datetime(2025, 11, 3, 18, 30) if ads else None,
        "database_version": "0123456789ab",
        "codebook_version": "0.1",
        "lexicon_terms_count": 812,
        "rules_count": 12,
    }


def flagged_ad(number: int) -> dict[str, Any]:
    """The flagged ad of a number; hostile texts, levels and spends take turns."""
    language, text = HOSTILE[number % len(HOSTILE)]
    level, evidence = AUDIENCES[number % len(AUDIENCES)]
    currency, low, high = SPENDS[number * 3 % len(SPENDS)]
    start = date(2025, 7, 9) + timedelta(days=number * number * 7 % 110)
    return {
        "ad_id": f"meta:{100000 + number}",
        "text_hash": f"hash{number % len(HOSTILE)}",
        "library": "meta",
        "library_url": None
        if number % 5 == 4
        else f"https://library.example/ads/?id={100000 + number}",
        "advertiser_id": f"page{number % 7}",
        "advertiser_name": ("Xəbər *Nümunə*", "Новости #1", "صفحه", "Page <b>")[
            number % 4
        ],
        "funder": None if number % 3 else "Invented Funder Ltd",
        "language_code": language,
        "wording": text,
        "quote": text,
        **flagged_by(number, language),
        "translation": None if number % len(HOSTILE) % 3 else "We *will* <b>come",
        "codes": CODES[number % len(CODES)],
        "term_ids": ["ru-t1_force-004"],
        "severity": 2 + number % 3,
        "audience_level": level,
        "audience_locus": "AZ_resident" if level == 4 else "az_speaking_unspecified",
        "audience_evidence": evidence,
        "configuration": "intimidation" if level >= 2 else "unknown",
        "currency_code": currency,
        "spend_min": None if low is None else Decimal(low),
        "spend_max": None if high is None else Decimal(high),
        "impressions_min": 1000 if number % 2 else None,
        "impressions_max": 1999 if number % 2 else None,
        "is_high": number % 3 > 0,
        "is_reviewed": number % 9 == 0,
        "started_date": start,
        "stopped_date": None if number % 4 == 0 else start + timedelta(days=6),
    }


def flagged_by(number: int, language: str | None) -> dict[str, Any]:
    """What flags the ad of a number: both voices, the score, or rules; in turns."""
    kind = ("rules and score", "score", "rules")[number % len(HOSTILE) % 3]
    return {
        "flagged_by": kind,
        "quote_words": [] if kind == "score" else MATCHES.get(language or "", []),
        "rule_ids": [] if kind == "score" else ["T1-force"],
        "threat_score": -0.1 if kind == "rules" else 0.4512,
        "example_label_ids": ["az-0001", "dev-002"],
    }


def other_verdicts() -> list[dict[str, Any]]:
    """Ads that are shown apart: coverage, the other direction, peaceful, unclear."""
    kinds = {"reported": 6, "by_az": 3, "challenge": 5, "review": 12}
    return [
        {
            "ad_id": f"meta:{900000 + 100 * place + number}",
            "library_url": None if number % 2 else "https://library.example/ads/?id=9",
            "advertiser_name": f"Qəzet {number}",
            "language_code": "az",
            "wording": f"{number} {REPORT} {kind}. Ardı saytda.",
            "quote": f"{number} {REPORT} {kind}.",
            "codes": [] if kind == "review" else ["T1"],
            "text_verdict": kind,
            "voice": "V4" if number % 2 else "V3",
            "started_date": date(2025, 8, 1) + timedelta(days=number),
        }
        for place, (kind, count) in enumerate(kinds.items())
        for number in range(count)
    ]


def evaluation() -> list[dict[str, Any]]:
    """Measured figures as the analysis publishes them; one language has few texts."""
    rows = [
        (split, group, measure, value, count)
        for split, count in (("held-out", 506), ("cross-validation", 3831))
        for group in ("all", "language ru", "baseline rules alone")
        for measure, value in (("precision", 0.8926), ("recall", 0.81), ("F1", 0.85))
    ]
    rows += [
        ("held-out", "hard negatives", "false flags", 0.0558, 269),
        ("cross-validation", "class HN11", "false flags", 0.215, 65),
        ("cross-validation", "language hy", "F1", 1.0, 17),
    ]
    names = ("split_name", "group_name", "measure", "measured_value", "texts_count")
    return [
        {
            **dict(zip(names, row, strict=True)),
            "interval_low": row[3] * 0.9,
            "interval_high": min(row[3] * 1.1, 1.0),
        }
        for row in rows
    ]


def examined(
    ads: list[dict[str, Any]], others: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """One line for each ad: the flagged, those shown apart, and as many harmless."""
    return [
        {
            "ad_id": ad["ad_id"] + mark,
            "library": "meta",
            "advertiser_id": ad.get("advertiser_id", "page90"),
            "text_hash": f"{ad.get('text_hash', ad['ad_id'])}{mark}",
            "text_verdict": "none" if mark else ad.get("text_verdict", "threat"),
            "has_score": True,
            "started_date": ad["started_date"],
        }
        for ad in [*ads, *others]
        for mark in ("", "-harmless")
    ]


def regions(ads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Delivery of each ad in one or two regions, and of a harmless one in a third."""
    names = {"AZ-BA": "Bakı", "AZ-SM": "Sumqayıt", "AZ-NX": "Naxçıvan"}
    shown = [
        (ad["ad_id"], code, ad["started_date"])
        for number, ad in enumerate(ads)
        for code in list(names)[: 1 + number % 2]
    ]
    shown += [(f"{ad['ad_id']}-harmless", "AZ-NX", ad["started_date"]) for ad in ads]
    return [
        {
            "ad_id": ad_id, "region_code": code, "region_name": names[code],
            "region_impressions_min": 700.0, "region_impressions_max": 1400.0,
            "started_date": started,
        }
        for ad_id, code, started in shown
    ]  # fmt: skip


def policy_changes() -> list[dict[str, Any]]:
    """One change of policy, with its source."""
    return [
        {
            "library": "meta", "policy_text": "Political ads end in the EU",
            "policy_text_az": "Aİ-də siyasi reklamlar dayandırılır",
            "policy_url": "https://news.example/policy",
            "policy_date": date(2025, 10, 6),
        }
    ]  # fmt: skip


def events() -> list[dict[str, Any]]:
    """Events of several kinds, some close together, one a claim."""
    rows = (
        (date(2025, 7, 19), "Advice to Ukraine", "bilateral", "fact"),
        (date(2025, 7, 20), "Bloggers on escalation", "rhetoric", "fact"),
        (date(2025, 8, 8), "Depot in Odesa hit", "bilateral", "fact"),
        (date(2025, 8, 10), "“Not the last operation”", "rhetoric", "fact"),
        (date(2025, 8, 13), "“I did not threaten”", "rhetoric", "fact"),
        (
            date(2025, 8, 28),
            "Third statement of the commission",
            "information",
            "claim",
        ),
        (date(2025, 9, 1), "Summit without talks", "bilateral", "fact"),
        (date(2025, 10, 9), "Dushanbe meeting", "bilateral", "fact"),
        (
            date(2025, 10, 16),
            "Case made public",
            "bilateral",
            "claim by Azerbaijani media",
        ),
        (date(2025, 10, 10), "Archive break", "platform", "fact"),
    )
    names = ("event_date", "event_label", "event_kind", "event_status")
    return [dict(zip(names, row, strict=True)) for row in rows]


def rules() -> list[dict[str, Any]]:
    """Twelve rules, some experimental."""
    return [
        {
            "rule_id": f"R-T{number % 9 + 1}-rule-{number:02}",
            "code": f"T{number % 9 + 1}",
            "rule_title": "Force or war named within twelve words of Azerbaijan",
            "rule_title_az": "On iki söz içində güc və ya müharibə",
            "severity": 2 + number % 2,
            "rule_status": "experimental" if number % 4 == 0 else "stable",
            "flagged_ads_count": number,
            "known_false_positives": "Forecasts by analysts; film and game titles",
        }
        for number in range(12)
    ]


def coverage() -> list[dict[str, Any]]:
    """Two complete runs and one that stopped."""
    runs = (("meta", "complete"), ("google", "complete"), ("meta", "incomplete"))
    return [
        {
            "library": library,
            "run_id": f"2025100{number}T060000Z",
            "run_status": status,
            "missing_text": None if status == "complete" else "pages after 38",
            "requested_country_codes": ["AZ", "TR"],
            "pages_count": 40 - number,
            "ads_count": 500 - 200 * number,
            "skipped_count": number,
            "first_received_at": datetime(2025, 10, number, 6),
            "last_received_at": datetime(2025, 10, number, 8),
        }
        for number, (library, status) in enumerate(runs, start=1)
    ]
