-- Question: which advertisers were shown under more than one name, and when?
-- Answer: one row per advertiser and name, in the order in which they were seen.
-- Caveat: the dates are of collection, so a name may be older; renaming is ordinary.
with names as (
    select
        advertiser_id,
        flagged_ads_count,
        unnest(advertiser_names, recursive := true) -- noqa: AL03
    from marts.advertisers
    where names_count > 1
)

select
    advertiser_id,
    advertiser_name,
    first_collected_at,
    last_collected_at,
    flagged_ads_count
from names
order by flagged_ads_count desc, advertiser_id asc, first_collected_at asc
