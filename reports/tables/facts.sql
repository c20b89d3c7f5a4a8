-- The one row of facts about the archive, whatever the period.
-- Grain: one row.
-- Reads: marts.archive_facts, marts.examined_ads.
-- Caveat: times are seconds since 1970 in UTC, so no time zone setting moves them.
select
    archive,
    libraries,
    database_version,
    codebook_version,
    model_version,
    labels_version,
    labels_count,
    lexicon_terms_count,
    rules_count,
    (
        select count(*)
        from marts.examined_ads
        where examined_ads.started_date is null
    ) as undated_ads_count,
    threat_threshold,
    review_threshold,
    is_invented,
    first_started_date,
    last_started_date,
    cast(epoch(first_collected_at) as bigint) as first_collected_epoch,
    cast(epoch(last_collected_at) as bigint) as last_collected_epoch
from marts.archive_facts
