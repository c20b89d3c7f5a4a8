-- Question: Which bytes, received when, is one flagged ad known from? (Change the id.)
-- Answer: one row per landed page that shows the ad's flagged version.
-- Caveat: the file is under raw/<library>/<run_id> of the archive; page_sha256 is that
-- of its unzipped bytes.
with chosen as (
    select
        ad_id,
        version_hash
    from marts.flagged_ads
    order by ad_id asc
    limit 1
)

select
    chosen.ad_id,
    pages.library,
    pages.run_id,
    pages.page_file,
    ad_sightings.page_place,
    pages.page_sha256,
    pages.received_at,
    ad_sightings.query_text
from chosen
inner join staging.ad_sightings
    on
        chosen.ad_id = ad_sightings.ad_id
        and chosen.version_hash = ad_sightings.version_hash
inner join staging.pages
    on ad_sightings.page_sha256 = pages.page_sha256
order by pages.received_at asc, pages.run_id asc, pages.page_file asc
