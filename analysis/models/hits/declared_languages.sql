-- hits.declared_languages: ads for which the advertiser chose the language Azerbaijani.
-- Grain: one row per ad_id, target_value.
-- Reads: staging.ad_versions, staging.audience_places.
-- Caveat: a language's name begins as the country's does; short names are written out.
with chosen as (
    select distinct
        ad_id,
        unnest(targeting) as target
    from staging.ad_versions
),

languages as (
    select distinct
        chosen.ad_id,
        target.value as target_value,
        text.folded(target.value) as folded_value
    from chosen
    where target.kind = 'language' and not coalesce(target.is_excluded, false)
),

country_names as materialized (
    select distinct text.folded(place_name) as place_form
    from staging.audience_places
    where place_level = 'country' and length(place_name) > 6
)

select distinct
    languages.ad_id,
    languages.target_value
from languages
left join country_names
    on starts_with(languages.folded_value, country_names.place_form)
where
    country_names.place_form is not null
    or languages.folded_value in ('az', 'aze', 'azeri', 'azerice')
