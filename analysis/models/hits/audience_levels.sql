-- hits.audience_levels: how strong an ad's evidence is, from 0 to 4 (codebook 5.2).
-- Grain: one row per ad_id.
-- Reads: hits.audience_items, hits.az_deliveries, staging.evidence_codes.
-- Caveat: level 4 by delivery is not targeting; context (grade D) never raises a level.
with counted as (
    select
        audience_items.ad_id,
        bool_or(audience_items.evidence_code in ('E1', 'E3')) as is_targeted,
        bool_or(audience_items.evidence_code = 'E2') as is_delivered,
        bool_or(evidence_codes.evidence_grade = 'C') as is_topic,
        -- A bank's name inside the link that the ad leads to is the link once more.
        count(distinct if(
            audience_items.source_field in ('link', 'landing_domain'),
            'landing',
            audience_items.evidence_code
        )) filter (where evidence_codes.evidence_grade = 'B') as strong_count
    from hits.audience_items
    inner join staging.evidence_codes
        on audience_items.evidence_code = evidence_codes.evidence_code
    group by audience_items.ad_id
),

levelled as (
    select
        az_deliveries.ad_id,
        az_deliveries.has_delivery and az_deliveries.az_share = 0 as is_contradicted,
        case
            when counted.is_targeted or az_deliveries.az_share >= 0.5 then 4
            when az_deliveries.az_share >= 0.05 or counted.strong_count >= 2 then 3
            when counted.strong_count = 1 then 2
            when counted.is_topic or counted.is_delivered then 1
            else 0
        end as evidence_level
    from hits.az_deliveries
    left join counted
        on az_deliveries.ad_id = counted.ad_id
)

select
    ad_id,
    -- Delivery that shows no Azerbaijan contradicts the rest: at most 2.
    if(is_contradicted, least(evidence_level, 2), evidence_level) as audience_level
from levelled
