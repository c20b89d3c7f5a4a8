-- noqa: disable=LT02,AM04,RF02,RF03
-- ads_of('azeri horizon'): all ads of the advertisers with that id, or with those words
-- in that order in their name, however it is spelled; flagged or not.
create macro ads_of(asked_advertiser) as table
with named as (
    select distinct
        advertiser_id,
        advertiser_name
    from staging.ads
),

meant as (
    select distinct advertiser_id
    from named
    where
        advertiser_id = asked_advertiser
        or (
            len(folded_words(asked_advertiser)) > 0
            and contains(
                ' ' || array_to_string(folded_words(advertiser_name), ' ') || ' ',
                ' ' || array_to_string(folded_words(asked_advertiser), ' ') || ' '
            )
        )
)

select
    ads.ad_id,
    ads.advertiser_id,
    ads.advertiser_name,
    ads.funder,
    flagged_ads.codes,
    ads.currency_code,
    flagged_ads.severity,
    ads.spend_min,
    ads.spend_max,
    ads.impressions_min,
    ads.impressions_max,
    flagged_ads.ad_id is not null as is_flagged,
    ads.started_date,
    ads.stopped_date
from staging.ads
inner join meant
    on ads.advertiser_id = meant.advertiser_id
left join marts.flagged_ads
    on ads.ad_id = flagged_ads.ad_id
order by ads.started_date nulls last, ads.ad_id;
