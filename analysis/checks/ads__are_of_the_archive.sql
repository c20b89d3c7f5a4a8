-- Fails on: invented ads in a collected archive, collected ads in an invented one.
select
    ad_sightings.ad_id,
    ad_sightings.run_id
from staging.ad_sightings
cross join staging.archives
where ad_sightings.is_invented != archives.is_invented
