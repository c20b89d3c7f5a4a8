"""text.domains: hosts of ads and lists, taken apart by the public suffix list.

Grain: one row per host.
Reads: staging.link_services, staging.media_outlets, staging.watched_domains,
text.ad_hosts.
Caveat: by the list inside tldextract, as old as that package; no host is asked for.
"""

from pathlib import Path

import duckdb
import pyarrow as pa
import tldextract

SCHEMA = pa.schema(
    [
        ("host", pa.string()),
        ("shown_host", pa.string()),
        ("registrable_domain", pa.string()),
        ("domain_label", pa.string()),
        ("domain_suffix", pa.string()),
    ]
)
ASKED = """
select host from text.ad_hosts
union
select domain as host from staging.media_outlets
union
select domain as host from staging.watched_domains
union
select domain as host from staging.link_services
order by host
"""
# Reserved endings (RFC 2606), under which invented archives have their hosts.
RESERVED = ("az.example", "example", "invalid", "test")
# Services under which people register names (github.io, co.com) count as suffixes too.
_split = tldextract.TLDExtract(
    suffix_list_urls=(),
    cache_dir=None,
    extra_suffixes=RESERVED,
    include_psl_private_domains=True,
)


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """Parts of each host that stands under a public suffix."""
    hosts = [host for (host,) in connection.execute(ASKED).fetchall()]
    found = [row for row in map(_parts, hosts) if row is not None]
    return pa.table(list(zip(*found, strict=True)) or [[]] * 5, schema=SCHEMA)


def _parts(host: str) -> tuple[str, str, str, str, str] | None:
    shown = ".".join(map(_decoded, host.split(".")))
    parts = _split(shown)
    if not (parts.domain and parts.suffix):
        return None
    registrable = f"{parts.domain}.{parts.suffix}"
    return host, shown, registrable, parts.domain, parts.suffix


def _decoded(label: str) -> str:
    """The letters that an `xn--` label stands for; a broken one as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode().decode("punycode")
    except UnicodeError:
        return label
