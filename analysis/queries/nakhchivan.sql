-- Question: Which advertisers reached Nakhchivan with flagged ads in the week after the
-- Al-Arabiya interview, for how much at least and at most?
-- Answer: one row per advertiser and currency.
-- Caveat: delivery is where ads were shown, not whom they targeted; the library gives
-- one band for the whole life and all places of an ad, so no part of it is Nakhchivan's
-- or the week's alone.
with week as (
    select
        event_date + 1 as first_day,
        event_date + 7 as last_day
    from marts.events
    where event_label like 'Al Arabiya%'
),

reached as (
    select
        ad_id,
        sum(delivery_share) as delivery_share
    from hits.region_deliveries
    where region_code in ('AZ-NX', 'AZ-NV') and delivery_share > 0
    group by ad_id
)

select
    flagged_ads.advertiser_name,
    flagged_ads.currency_code,
    count(*) as ads_count,
    count(*) filter (where flagged_ads.started_date >= week.first_day)
        as started_ads_count,
    list_sort(list_distinct(flatten(list(flagged_ads.codes)))) as codes,
    printf(
        '%.1f to %.1f %%',
        100 * min(reached.delivery_share),
        100 * max(reached.delivery_share)
    ) as shown_in_nakhchivan,
    band(
        sum(flagged_ads.spend_min),
        if(count(flagged_ads.spend_max) = count(*), sum(flagged_ads.spend_max), null),
        flagged_ads.currency_code
    ) as spend
from marts.flagged_ads
inner join reached
    on flagged_ads.ad_id = reached.ad_id
inner join week
    on
        flagged_ads.started_date <= week.last_day
        and coalesce(flagged_ads.stopped_date, week.last_day) >= week.first_day
group by
    flagged_ads.advertiser_id,
    flagged_ads.advertiser_name,
    flagged_ads.currency_code
order by ads_count desc, flagged_ads.advertiser_name asc
