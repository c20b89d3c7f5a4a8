-- flags.audience_loci: where the audience of an ad is (codebook 5.3).
-- Grain: one row per ad_id.
-- Reads: hits.audience_hits, hits.az_deliveries, hits.foreign_deliveries,
-- staging.ads, text.ad_texts, text.text_languages.
-- Caveat: by delivery first, then script, places, money, phone; null is unknown.
with evidence as (
    select
        ad_id,
        list(evidence_code) as evidence_codes
    from hits.audience_hits
    group by ad_id
),

scripts as (
    select
        ads.ad_id,
        text_languages.script_code = 'Arab'
        and text_languages.language_code = 'az' as is_arabic_script
    from staging.ads
    inner join text.ad_texts
        on ads.ad_id = ad_texts.ad_id and ads.version_hash = ad_texts.version_hash
    inner join text.text_languages
        on ad_texts.text_hash = text_languages.text_hash
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
        coalesce(scripts.is_arabic_script, false) as is_arabic_script,
        coalesce(evidence.evidence_codes, []) as evidence_codes,
        list_has_any(
            coalesce(evidence.evidence_codes, []), ['E3', 'E4', 'E5']
        ) as is_to_azerbaijanis
    from hits.az_deliveries
    left join hits.foreign_deliveries
        on az_deliveries.ad_id = foreign_deliveries.ad_id
    left join evidence
        on az_deliveries.ad_id = evidence.ad_id
    left join scripts
        on az_deliveries.ad_id = scripts.ad_id
)

select
    ad_id,
    case
        when az_share >= 0.05 then 'AZ_resident'
        when foreign_locus is not null
            then if(is_to_azerbaijanis, foreign_locus, 'not_AZ')
        when list_contains(evidence_codes, 'E1') then 'AZ_resident'
        when is_arabic_script then 'IR_Azerbaijani'
        when list_has_any(evidence_codes, ['E6', 'E7', 'E8']) then 'AZ_resident'
        when is_to_azerbaijanis then 'az_speaking_unspecified'
    end as audience_locus,
    -- Shown to others than Azerbaijanis, at least as much as to them.
    foreign_locus is not null
    and coalesce(az_share, 0) < 0.5
    and not is_to_azerbaijanis as is_mainly_elsewhere
from known
