-- Question: Which advertisers left Azerbaijan, or a place in it, out?
-- Answer: one row per ad and place, with whether the ad also chose a place there.
-- Caveat: an exclusion is no evidence of an audience; few libraries disclose it.
select
    advertiser_name,
    ad_id,
    library,
    target_value,
    region_code,
    is_also_included,
    audience_level
from marts.audience_exclusions
order by advertiser_name, ad_id, target_value;
