-- hits.declared_targets: places in Azerbaijan that an advertiser chose or excluded.
-- Grain: one row per ad_id, target_value, is_excluded.
-- Reads: staging.ad_versions, staging.audience_places.
-- Caveat: of all versions of the ad; a place that may be chosen or excluded, or that
-- the library does not name, is not here.
with chosen as (
    select distinct
        ad_id,
        unnest(targeting) as target
    from staging.ad_versions
),

placed as materialized (
    select
        chosen.ad_id,
        target.value as target_value,
        target.is_excluded,
        coalesce(lower(target.place_kind), '') as place_kind,
        -- Without what libraries add: a radius, "living in".
        trim(regexp_replace(
            regexp_replace(target.value, '\([^)]*\)', '', 'g'),
            '^(Living in|People living in|People who live in|Country):? ', '', 'i'
        )) as place_text,
        text.all_folded(string_split_regex(place_text, '[,;|]')) as place_parts,
        text.folded(trim(string_split(place_text, ':')[1])) as part_before_colon
    from chosen
    where
        target.kind = 'location'
        and target.value is not null
        and target.is_excluded is not null
),

country_names as materialized (
    select distinct text.folded(place_name) as place_form
    from staging.audience_places
    where place_level = 'country'
),

label_names as materialized (
    select
        text.folded(place_name) as place_form,
        min(region_code) as region_code,
        bool_and(place_guard is null) as is_plain,
        bool_or(is_region_name) as is_label
    from staging.audience_places
    where place_level != 'country'
    group by text.folded(place_name)
),

region_labels as (
    select place_form
    from label_names
    where is_label
)

select distinct
    placed.ad_id,
    placed.target_value,
    coalesce(label_names.region_code, 'AZ') as region_code,
    placed.is_excluded
from placed
left join label_names
    on placed.place_parts[1] = label_names.place_form
where
    -- The country is the last part of a place, or stands before a colon.
    placed.place_parts[-1] in (select country_names.place_form from country_names)
    -- One of several countries, or before a region of its own; Iran has regions of
    -- this name.
    or (
        (
            placed.place_kind in ('', 'country', 'countries')
            or placed.place_parts[-1] in (
                select region_labels.place_form from region_labels
            )
        )
        and list_has_any(
            placed.place_parts,
            (select list(country_names.place_form) from country_names)
        )
        and not list_has_any(
            placed.place_parts, text.all_folded(['Iran', 'İran', 'Иран'])
        )
    )
    or placed.part_before_colon in (select country_names.place_form from country_names)
    -- Its code, of countries; as a region, or in a list of anything, AZ is Arizona.
    or (
        placed.place_kind in ('country', 'countries')
        and list_has_any(placed.place_parts, ['az', 'aze'])
    )
    or (placed.place_kind = '' and upper(placed.place_text) in ('AZ', 'AZE'))
    -- A region's own label, without the country.
    or (
        len(placed.place_parts) = 1
        and label_names.is_label
        and (label_names.is_plain or placed.place_kind in ('region', 'regions'))
    )
