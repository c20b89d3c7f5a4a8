-- hits.audience_hits: each piece of evidence on whom an ad was aimed at.
-- Grain: one row per ad_id, evidence_code, source_field, evidence_value.
-- Reads: hits.az_deliveries, hits.term_hits, staging.ads, staging.audience_places,
-- text.ad_texts, text.text_languages, text.texts.
-- Caveat: delivery is where an ad was shown, not whom it was targeted at.
with targeted as (
    select
        ad_id,
        unnest(targeting) as target
    from staging.ads
),

-- A place counts when its name ends in the country, or is a region's own label.
targeted_places as (
    select distinct
        targeted.ad_id,
        'E1' as evidence_code,
        'targeting' as source_field,
        targeted.target.value as evidence_value
    from targeted
    left join staging.audience_places
        on
            lower(targeted.target.value) = lower(audience_places.place_name)
            and audience_places.is_region_name
    where
        targeted.target.kind = 'location'
        and not targeted.target.is_excluded
        and (
            audience_places.place_name is not null
            or regexp_matches(
                lower(targeted.target.value),
                '(^|, )(azerbaijan|azərbaycan|azerbaycan|азербайджан)$'
            )
        )
),

targeted_languages as (
    select distinct
        targeted.ad_id,
        'E3' as evidence_code,
        'targeting' as source_field,
        target.value as evidence_value
    from targeted
    where
        target.kind = 'language'
        and not target.is_excluded
        and lower(target.value) in ('az', 'azerbaijani')
),

delivered as (
    select
        ad_id,
        'E2' as evidence_code,
        if(az_share is null, 'requested_country_codes', 'delivery_regions')
            as source_field,
        case
            when az_share is null then 'share not disclosed'
            else printf('%.1f %%', 100 * az_share)
        end as evidence_value
    from hits.az_deliveries
    where az_share > 0 or (az_share is null and is_in_az_filter)
),

worded as (
    select
        ads.ad_id,
        ad_texts.text_hash
    from staging.ads
    inner join text.ad_texts
        on ads.ad_id = ad_texts.ad_id and ads.version_hash = ad_texts.version_hash
),

written as (
    select
        worded.ad_id,
        'E4' as evidence_code,
        'text' as source_field,
        'az' as evidence_value
    from worded
    inner join text.texts
        on worded.text_hash = texts.text_hash
    inner join text.text_languages
        on worded.text_hash = text_languages.text_hash
    where
        case
            when text_languages.language_code = 'az'
                then length(array_to_string(text.words_of(texts.wording), '')) >= 20
            else false
        end
),

named as (
    select distinct
        worded.ad_id,
        if(term_hits.concept = 'address_az', 'E5', 'E9') as evidence_code,
        'text' as source_field,
        text.words_of(texts.wording)[term_hits.first_position] as evidence_value
    from worded
    inner join hits.term_hits
        on worded.text_hash = term_hits.text_hash
    inner join text.texts
        on worded.text_hash = texts.text_hash
    where term_hits.concept in ('address_az', 'place_az', 'target_az')
),

landing as (
    select
        ad_id,
        'E7' as evidence_code,
        'landing_domain' as source_field,
        landing_domain as evidence_value
    from staging.ads
    where ends_with(landing_domain, '.az') or landing_domain like '%.az.example'
)

select
    ad_id,
    evidence_code,
    source_field,
    evidence_value
from targeted_places
union all
select
    ad_id,
    evidence_code,
    source_field,
    evidence_value
from targeted_languages
union all
select
    ad_id,
    evidence_code,
    source_field,
    evidence_value
from delivered
union all
select
    ad_id,
    evidence_code,
    source_field,
    evidence_value
from written
union all
select
    ad_id,
    evidence_code,
    source_field,
    evidence_value
from named
union all
select
    ad_id,
    evidence_code,
    source_field,
    evidence_value
from landing
