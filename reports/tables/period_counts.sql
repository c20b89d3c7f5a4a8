-- What the period holds, counted.
-- Grain: one row.
-- Reads: marts.examined_ads, marts.flagged_ads.
-- Caveat: a report sees its own period only; ads without a start date are in none.
with examined as (
    select
        count(*) as ads_count,
        count(distinct text_hash) as texts_count,
        count(distinct concat_ws(' ', library, advertiser_id)) as advertisers_count,
        count(*) filter (where text_verdict = 'reported') as reported_ads_count,
        count(*) filter (where text_verdict = 'by_az') as by_az_ads_count,
        count(*) filter (where text_verdict = 'challenge') as challenge_ads_count,
        count(*) filter (where text_verdict = 'review') as review_ads_count,
        count(distinct text_hash) filter (where has_score) as scored_texts_count
    from marts.examined_ads
),

flagged as (
    select
        count(*) as flagged_ads_count,
        count(distinct text_hash) as flagged_texts_count,
        count(distinct concat_ws(' ', library, advertiser_id))
            as flagged_advertisers_count,
        count(*) filter (where flagged_by = 'rules and score') as agreed_ads_count,
        count(*) filter (where is_high) as high_ads_count,
        count(*) filter (where is_high and flagged_by = 'rules and score')
            as high_agreed_ads_count,
        count(*) filter (where audience_level = 4) as level_4_ads_count,
        count(*) filter (where audience_level = 3) as level_3_ads_count,
        count(*) filter (where audience_level = 2) as level_2_ads_count,
        count(*) filter (where audience_level >= 2) as near_ads_count,
        count(*) filter (where is_reviewed) as reviewed_ads_count
    from marts.flagged_ads
)

select
    examined.*,
    flagged.*
from examined
cross join flagged
