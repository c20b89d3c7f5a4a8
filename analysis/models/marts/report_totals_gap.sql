-- marts.report_totals_gap: ads in Meta's Report beside the ads that were obtained.
-- Grain: one row per advertiser_id, country_code, period_name, period_stopped_date,
-- currency_code.
-- Reads: staging.ad_sightings, staging.ads, staging.reported_spend.
-- Caveat: the report's spend is of the period and country, an ad's band of its whole
-- life and all countries: compare the counts, not the money. A negative gap: ads that
-- the report counts elsewhere, or not yet. The report counts every version of an ad;
-- what it states of Instagram accounts without a page is left out.
with newest as (
    select
        advertiser_id,
        country_codes,
        period_name,
        period_stopped_date,
        coalesce(currency_code, 'unknown') as currency_code,
        advertiser_name,
        ads_count,
        spend_min,
        spend_max
    from staging.reported_spend
    where library = 'meta_report' and spend_kind = 'advertiser'
    -- A report may be brought in twice; within one, a page has a row per disclaimer
    -- and sometimes several of the same disclaimer.
    qualify rank() over (
        partition by country_codes, period_name, period_stopped_date, currency_code
        order by collected_at desc, run_id desc, page_sha256 desc
    ) = 1
),

rows_reported as (
    select
        advertiser_id,
        unnest(country_codes) as country_code,
        period_name,
        period_stopped_date,
        currency_code,
        advertiser_name,
        ads_count,
        spend_min,
        spend_max
    from newest
    where advertiser_id is not null
),

reported as (
    select
        advertiser_id,
        country_code,
        period_name,
        period_stopped_date,
        currency_code,
        min(advertiser_name) as advertiser_name,
        case period_name
            when 'yesterday' then period_stopped_date
            when 'last_7_days' then period_stopped_date - 6
            when 'last_30_days' then period_stopped_date - 29
            when 'last_90_days' then period_stopped_date - 89
            else date '2018-01-01'
        end as period_started_date,
        if(count(*) = count(ads_count), sum(ads_count), null) as stated_ads_count,
        sum(spend_min) as stated_spend_min,
        sum(spend_max) as stated_spend_max
    from rows_reported
    group by all
),

shown as (
    select distinct
        ad_id,
        unnest(requested_country_codes) as country_code
    from staging.ad_sightings
),

-- Countries of which single ads were never asked for have no gap to tell of.
asked as (
    select distinct country_code
    from shown
),

obtained as (
    select
        reported.advertiser_id,
        reported.country_code,
        reported.period_name,
        reported.period_stopped_date,
        reported.currency_code,
        count(*) as ads_count
    from reported
    inner join staging.ads
        on
            reported.advertiser_id = ads.advertiser_id
            and reported.period_stopped_date >= ads.started_date
            and reported.period_started_date
            <= coalesce(ads.stopped_date, reported.period_stopped_date)
    inner join shown
        on
            ads.ad_id = shown.ad_id
            and reported.country_code = shown.country_code
    group by all
)

select
    reported.advertiser_id,
    reported.country_code,
    reported.advertiser_name,
    reported.period_name,
    reported.currency_code,
    cast(reported.stated_ads_count as bigint) as stated_ads_count,
    coalesce(obtained.ads_count, 0) as ads_count,
    cast(reported.stated_ads_count - coalesce(obtained.ads_count, 0) as bigint)
        as ads_gap,
    reported.stated_spend_min,
    reported.stated_spend_max,
    reported.period_started_date,
    reported.period_stopped_date
from reported
semi join asked
    on reported.country_code = asked.country_code
left join obtained
    on
        reported.advertiser_id = obtained.advertiser_id
        and reported.country_code = obtained.country_code
        and reported.period_name = obtained.period_name
        and reported.period_stopped_date = obtained.period_stopped_date
        and reported.currency_code = obtained.currency_code
