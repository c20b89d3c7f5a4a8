-- staging.neighbour_regions: regions and countries beside Azerbaijan with Azerbaijanis.
-- Grain: one row per region_name.
-- Reads: seeds/neighbour_regions.csv.
-- Caveat: a region's name or a country's code, as libraries write them in English.
select
    region_name,
    audience_locus
from read_csv(
    'seeds/neighbour_regions.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
