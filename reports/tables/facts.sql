-- The one row of facts about the archive.
-- Grain: one row.
-- Reads: marts.archive_facts.
-- Caveat: times are seconds since 1970 in UTC, so no time zone setting moves them.
select
    archive,
    libraries,
    database_version,
    codebook_version,
    model_version,
    labels_version,
    ads_count,
    ad_versions_count,
    texts_count,
    scored_texts_count,
    advertisers_count,
    flagged_ads_count,
    flagged_texts_count,
    reported_ads_count,
    by_az_ads_count,
    challenge_ads_count,
    review_ads_count,
    labels_count,
    lexicon_terms_count,
    rules_count,
    threat_threshold,
    review_threshold,
    is_invented,
    first_started_date,
    last_started_date,
    cast(epoch(first_collected_at) as bigint) as first_collected_epoch,
    cast(epoch(last_collected_at) as bigint) as last_collected_epoch
from marts.archive_facts
