-- What two advertisers visibly have in common, most first, where one has flagged ads.
-- Grain: one row per advertiser_id, other_advertiser_id and link_kind.
-- Reads: marts.advertiser_links, marts.advertisers, marts.flagged_ads.
-- Caveat: a link is no proof of common control.
with flagged as (
    select distinct advertiser_id
    from marts.flagged_ads
)

select
    advertiser_links.advertiser_id,
    advertiser_links.advertiser_name,
    advertisers.ads_count as advertiser_ads_count,
    advertiser_links.other_advertiser_id,
    advertiser_links.other_advertiser_name,
    other_advertisers.ads_count as other_advertiser_ads_count,
    advertiser_links.link_kind,
    advertiser_links.shared_values,
    advertiser_links.shared_count,
    advertiser_links.first_date,
    advertiser_links.last_date
from marts.advertiser_links
inner join marts.advertisers
    on advertiser_links.advertiser_id = advertisers.advertiser_id
inner join marts.advertisers as other_advertisers
    on advertiser_links.other_advertiser_id = other_advertisers.advertiser_id
where
    advertiser_links.advertiser_id in (from flagged)
    or advertiser_links.other_advertiser_id in (from flagged)
order by
    advertiser_links.shared_count desc,
    advertiser_links.advertiser_id asc,
    advertiser_links.other_advertiser_id asc,
    advertiser_links.link_kind asc
limit 15
