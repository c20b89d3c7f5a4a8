"""hits.text_clusters: which texts are copies or near copies of one another.

Grain: one row per text_hash.
Reads: hits.similar_forms, text.text_forms.
Caveat: shared wording, not shared hands: slogans, quotes and wire copy repeat too.
"""

from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.cache import read_kept, write_kept

# Links chain: a copy of a copy of a copy may share little with the first. What shares
# less than this with the most linked text of its cluster starts a cluster of its own.
LEAST_CENTRE_OVERLAP = 0.6
KEPT = pa.schema([("text_hash", pa.string()), ("cluster_id", pa.string())])
LINKS = "select form_hash, other_form_hash from hits.similar_forms"
TEXTS = "select text_hash, form_hash, word_pairs from text.text_forms"

Numbers = npt.NDArray[np.int64]

# An id goes to the cluster that holds most of the texts that had it; of two clusters
# now one, the id of the larger stays; who has none is named after one of its texts.
NAMED = """
with members as (
    select
        texts.text_hash,
        coalesce(clustered.centre, texts.form_hash) as centre,
        coalesce(clustered.centre_overlap, 1.0) as centre_overlap
    from text.text_forms as texts
    left join clustered using (form_hash)
),
votes as (
    select
        members.centre,
        kept.cluster_id,
        count(*) as votes,
        min(members.text_hash) as first_text_hash
    from members
    inner join kept using (text_hash)
    group by all
),
asked as (
    from votes
    qualify row_number() over (
        partition by centre order by votes desc, cluster_id
    ) = 1
),
granted as (
    from asked
    qualify row_number() over (
        partition by cluster_id order by votes desc, first_text_hash
    ) = 1
),
seeds as (
    select
        centre,
        min(text_hash) as seed,
        'c' || left(seed, 16) as new_id
    from members
    group by centre
),
named as (
    select
        seeds.centre,
        coalesce(
            granted.cluster_id,
            if(
                seeds.new_id in (select cluster_id from kept),
                'c' || left(sha256('again' || seeds.seed), 16),
                seeds.new_id
            )
        ) as cluster_id
    from seeds
    left join granted using (centre)
)
select members.text_hash, named.cluster_id, members.centre_overlap
from members
inner join named using (centre)
"""

# Texts that left the archive keep their cluster, should they come back.
REMEMBERED = """
from current select text_hash, cluster_id
union all
from kept anti join current using (text_hash)
"""


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """Cluster of every text; ids hold between builds, kept in the folder `kept`."""
    path = kept / "text_clusters.parquet"
    connection.register("kept", read_kept(path, "1", KEPT))
    connection.register("clustered", clustered_forms(connection))
    rows = connection.execute(NAMED).to_arrow_table()
    connection.register("current", rows)
    news = connection.execute(
        "select 1 from current anti join kept using (text_hash, cluster_id) limit 1"
    ).fetchall()
    if news:
        write_kept(path, "1", connection.execute(REMEMBERED).to_arrow_table())
    for name in ("kept", "clustered", "current"):
        connection.unregister(name)
    return rows


def clustered_forms(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Every linked form with the centre of its cluster and what it shares with that."""
    links = connection.execute(LINKS).to_arrow_table()
    ends = np.concatenate([links[side].to_numpy() for side in links.column_names])
    forms, numbers = np.unique(ends, return_inverse=True)
    left, right = np.split(numbers.astype(np.int64), 2)
    centres = np.full(len(forms), -1, dtype=np.int64)
    overlaps = np.ones(len(forms))
    open_forms = np.ones(len(forms), dtype=bool)
    while open_forms.any():
        found = _centres(left, right, open_forms)
        asked = np.flatnonzero(open_forms)
        shared = _overlaps(connection, forms[asked], forms[found[asked]])
        near = asked[shared >= LEAST_CENTRE_OVERLAP]
        centres[near] = found[near]
        overlaps[near] = shared[shared >= LEAST_CENTRE_OVERLAP]
        open_forms[near] = False
    return pa.table(
        {"form_hash": forms, "centre": forms[centres], "centre_overlap": overlaps}
    )


def _centres(left: Numbers, right: Numbers, is_open: npt.NDArray[np.bool_]) -> Numbers:
    """Of each open form, the most linked form among those it hangs together with."""
    among = is_open[left] & is_open[right]
    left, right = left[among], right[among]
    labels = np.arange(len(is_open))
    while True:
        least = np.minimum(labels[left], labels[right])
        lower = labels.copy()
        np.minimum.at(lower, left, least)
        np.minimum.at(lower, right, least)
        lower = lower[lower]
        if np.array_equal(lower, labels):
            break
        labels = lower
    degrees = np.bincount(np.concatenate([left, right]), minlength=len(is_open))
    order = np.lexsort((np.arange(len(is_open)), -degrees, labels))
    groups, firsts = np.unique(labels[order], return_index=True)
    centre_of = np.arange(len(is_open))
    centre_of[groups] = order[firsts]
    return centre_of[labels]


def _overlaps(
    connection: duckdb.DuckDBPyConnection,
    forms: Numbers,
    others: Numbers,
) -> npt.NDArray[np.float64]:
    """What each form shares with the other one beside it, in the order given."""
    connection.register(
        "asked_forms",
        pa.table({"row": np.arange(len(forms)), "form": forms, "other": others}),
    )
    found: npt.NDArray[np.float64] = (
        connection.execute("""
        with asked as (
            select form_hash, any_value(word_pairs) as word_pairs
            from text.text_forms
            where form_hash in (
                select form from asked_forms union select other from asked_forms
            )
            group by form_hash
        )
        select text.overlap(one.word_pairs, two.word_pairs) as overlap
        from asked_forms
        inner join asked as one on one.form_hash = asked_forms.form
        inner join asked as two on two.form_hash = asked_forms.other
        order by asked_forms."row"
    """)
        .to_arrow_table()["overlap"]
        .to_numpy()
    )
    connection.unregister("asked_forms")
    return found
