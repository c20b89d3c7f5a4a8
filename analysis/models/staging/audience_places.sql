-- staging.audience_places: names of Azerbaijan, its regions and towns.
-- Grain: one row per place_name, language_code, region_code.
-- Reads: seeds/audience_places.csv.
-- Caveat: a library's region label need not follow today's boundaries.
select
    region_code,
    place_name,
    language_code,
    place_kind as place_level,
    nullif(guard, '') as place_guard,
    note as place_note,
    cast(is_region_name as boolean) as is_region_name,
    -- Libraries name the country itself where they know no more.
    cast(is_region_name as boolean) or place_kind = 'country' as is_delivery_name
from read_csv(
    'seeds/audience_places.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
