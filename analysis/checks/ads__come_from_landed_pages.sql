-- Fails on: ads whose page is in no manifest.
select
    ad_sightings.ad_id,
    ad_sightings.run_id,
    ad_sightings.page_sha256
from staging.ad_sightings
left join staging.pages
    on
        ad_sightings.run_id = pages.run_id
        and ad_sightings.page_sha256 = pages.page_sha256
where pages.page_sha256 is null
