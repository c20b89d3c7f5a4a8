-- Fails on: a region label that stands for two regions.
select
    lower(place_name) as region_name,
    count(distinct region_code) as regions
from staging.audience_places
where is_region_name
group by lower(place_name)
having count(distinct region_code) > 1
