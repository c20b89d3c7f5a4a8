-- staging.archives: which archive this database describes.
-- Grain: one row.
-- Reads: archive.json.
-- Caveat: an invented archive is for trying the tool; nothing in it is evidence.
select
    archive,
    is_invented
from read_json('archive.json', columns = { archive: 'varchar', is_invented: 'boolean' })
