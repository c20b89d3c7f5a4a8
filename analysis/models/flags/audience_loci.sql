-- flags.audience_loci: where the audience of an ad is (codebook 5.3).
-- Grain: one row per ad_id.
-- Reads: hits.audience_items, hits.az_deliveries, hits.foreign_deliveries,
-- staging.ads, text.ad_texts, text.text_languages.
-- Caveat: by delivery first, then script, places, money, phone; null is unknown.
with evidence as (
    select
        ad_id,
        bool_or(evidence_code = 'E1') as is_targeted,
        bool_or(evidence_code in ('E3', 'E4', 'E5')) as is_to_azerbaijanis,
        bool_or(evidence_code in ('E6', 'E7', 'E8')) as is_local
    from hits.audience_items
    where evidence_code in ('E1', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8')
    group by ad_id
),

arabic_script as (
    select ads.ad_id
    from text.text_languages
    inner join text.ad_texts
        on text_languages.text_hash = ad_texts.text_hash
    inner join staging.ads
        on ad_texts.ad_id = ads.ad_id and ad_texts.version_hash = ads.version_hash
    where text_languages.script_code = 'Arab' and text_languages.language_code = 'az'
),

known as (
    select
        az_deliveries.ad_id,
        az_deliveries.az_share,
        -- A list that is not of Azerbaijan says where the ad was shown.
        if(
            az_deliveries.az_share is null and az_deliveries.is_in_az_filter,
            null, foreign_deliveries.audience_locus
        ) as foreign_locus,
        arabic_script.ad_id is not null as is_arabic_script,
        coalesce(evidence.is_targeted, false) as is_targeted,
        coalesce(evidence.is_to_azerbaijanis, false) as is_to_azerbaijanis,
        coalesce(evidence.is_local, false) as is_local
    from hits.az_deliveries
    left join hits.foreign_deliveries
        on az_deliveries.ad_id = foreign_deliveries.ad_id
    left join evidence
        on az_deliveries.ad_id = evidence.ad_id
    left join arabic_script
        on az_deliveries.ad_id = arabic_script.ad_id
)

select
    ad_id,
    case
        when az_share >= 0.05 then 'AZ_resident'
        when foreign_locus is not null
            then if(is_to_azerbaijanis, foreign_locus, 'not_AZ')
        when is_targeted then 'AZ_resident'
        when is_arabic_script then 'IR_Azerbaijani'
        when is_local then 'AZ_resident'
        when is_to_azerbaijanis then 'az_speaking_unspecified'
    end as audience_locus,
    -- Shown to others than Azerbaijanis, at least as much as to them.
    foreign_locus is not null
    and coalesce(az_share, 0) < 0.5
    and not is_to_azerbaijanis as is_mainly_elsewhere
from known
