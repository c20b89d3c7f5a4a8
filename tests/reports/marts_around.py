"""Rows of the marts around the flagged ads: shared texts, what vanished, coverage."""

from datetime import date, datetime, timedelta
from typing import Any

Rows = list[dict[str, Any]]
FIRST, LAST = date(2025, 7, 1), date(2025, 10, 31)


def around(ads: Rows) -> dict[str, Rows]:
    """The rows of each mart, none where there are no ads."""
    if not ads:
        return {}
    return {
        "advertisers": advertisers(ads),
        "coverage_days": coverage_days(),
        "cluster_members": members(ads),
        "clusters": [
            {"cluster_id": f"cluster{n}", "example_text": f"Bakı *{n}* = <b>",
             "language_codes": ["az", "ru"]}
            for n in range(3)
        ],
        "advertiser_links": links(),
        "event_windows": windows(),
        "vanished_ads": vanished(ads),
        "look_alikes": look_alikes(),
        "watched_domains": [
            {"domain": "outlet.example", "list_name": "EU 833/2014",
             "list_status": "suspended", "ads_count": 3, "landing_ads_count": 2,
             "flagged_ads_count": 1, "listed_date": date(2025, 2, 24)}
        ],
    }  # fmt: skip


def advertisers(ads: Rows) -> Rows:
    """All advertisers, one of them with too few ads to be named."""
    ids = sorted({ad["advertiser_id"] for ad in ads} | {"page90"})
    return [
        {"advertiser_id": name, "library": "meta",
         "ads_count": 1 if name == "page6" else 40}
        for name in ids
    ]  # fmt: skip


def coverage_days() -> Rows:
    """Meta on every day but one gap, Google from a file that ends early."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    gap = {date(2025, 10, 5): "in part", date(2025, 10, 6): "not complete"}
    found = [("meta", gap.get(day, "complete"), day) for day in days]
    found += [("google", "file", day) for day in days if day < date(2025, 9, 20)]
    return [
        {"library": library, "coverage_status": status, "covered_date": day,
         "is_covered": status in ("complete", "file")}
        for library, status, day in found
    ]  # fmt: skip


def members(ads: Rows) -> Rows:
    """Three clusters of ads, one of them of a single advertiser."""
    return [
        {"cluster_id": f"cluster{number % 3}", "ad_id": ad["ad_id"],
         "advertiser_id": "page0" if number % 3 == 2 else ad["advertiser_id"],
         "started_date": ad["started_date"]}
        for number, ad in enumerate(ads)
    ]  # fmt: skip


def links() -> Rows:
    """One link of each kind."""
    values = {"cluster": [], "same_day": ["2025-08-01"], "domain": ["shop.example"],
              "funder": [f"Invented Funder {n}" for n in range(5)]}  # fmt: skip
    return [
        {"advertiser_id": "page0", "advertiser_name": "Xəbər", "link_kind": kind,
         "other_advertiser_id": "page6", "other_advertiser_name": "Kiçik səhifə",
         "shared_values": shown, "shared_count": max(len(shown), 2)}
        for kind, shown in values.items()
    ]  # fmt: skip


def windows() -> Rows:
    """Windows of two events: few flags, many, and one that was not collected."""
    rows = [
        ("Summit without talks", date(2025, 9, 1), "before", 12, 2.0, 6.0, 2.1, None),
        ("Summit without talks", date(2025, 9, 1), "after", 1, 0.5, 2.0, 0.1, 9.0),
        ("Depot in Odesa hit", date(2025, 8, 8), "before", 0, None, None, None, None),
        ("Depot in Odesa hit", date(2025, 8, 8), "after", 9, 8.0, 1.1, 0.4, 3.0),
    ]
    names = ("event_label", "event_date", "window_name", "flagged_ads_count",
             "usual_flagged_count", "flagged_ratio", "flagged_ratio_low",
             "flagged_ratio_high")  # fmt: skip
    return [
        {**dict(zip(names, row, strict=True)),
         "covered_days_count": 0 if row[4] is None else 14}
        for row in rows
    ]  # fmt: skip


def vanished(ads: Rows) -> Rows:
    """Every fifth flagged ad and one other; one is still shown elsewhere."""
    gone = [*ads[::5], {**ads[0], "ad_id": "meta:777"}]
    return [
        {"ad_id": ad["ad_id"], "library": "meta", "library_url": None,
         "advertiser_id": ad["advertiser_id"],
         "advertiser_name": ad["advertiser_name"],
         "is_shown_elsewhere": number == 1, "started_date": ad["started_date"],
         "last_collected_at": datetime(2025, 10, 1, 6),
         "vanished_at": datetime(2025, 11, 3, 6)}
        for number, ad in enumerate(gone)
    ]  # fmt: skip


def look_alikes() -> Rows:
    """An advertiser that is named, one that is not, and a domain, of every kind."""
    kinds = ("mixed_scripts", "same_look", "near_spelling", "other_ending",
             "added_word", "dash_for_dot", "as_subdomain")  # fmt: skip
    return [
        {"subject_kind": "domain" if number > 2 else "advertiser",
         "subject": ("page0", "page6", "page1")[number % 3],
         "shown_name": f"Xəbəp {number}", "likeness_kind": kind,
         "resembled": "xəbər.example", "ads_count": 4, "flagged_ads_count": 1}
        for number, kind in enumerate(kinds)
    ]  # fmt: skip
