-- Question: which texts of the period did the program flag?
-- Answer: one row per text, in an order that says nothing; its stratum is all of them.
-- Caveat: without a period every flagged text, also of ads without a first day.
with flagged as (
    select distinct text_flags.text_hash
    from flags.text_flags
    inner join text.ad_texts
        on text_flags.text_hash = ad_texts.text_hash
    inner join staging.ads
        on ad_texts.ad_id = ads.ad_id
    where
        text_flags.is_threat
        and (
            (getvariable('since') is null and getvariable('until') is null)
            or ads.started_date between
            coalesce(cast(getvariable('since') as date), date '0001-01-01')
            and coalesce(cast(getvariable('until') as date), date '9999-12-31')
        )
)

select
    text_hash,
    'flags' as queue,
    'flagged' as stratum,
    count(*) over () as stratum_texts_count
from flagged
order by md5('flags' || text_hash)
