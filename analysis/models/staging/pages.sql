-- staging.pages: every landed page, as its manifest line says.
-- Grain: one row per run_id, page_number.
-- Reads: raw/*/*/manifest.jsonl.
-- Caveat: page_sha256 is of the page as kept, that is without secrets.
select
    regexp_extract(filename, 'raw/([^/]+)/([^/]+)/manifest.jsonl$', 2) as run_id,
    page as page_number,
    regexp_extract(filename, 'raw/([^/]+)/([^/]+)/manifest.jsonl$', 1) as library,
    query_id,
    file as page_file,
    sha256 as page_sha256,
    bytes as page_bytes,
    is_redacted,
    received_at at time zone 'UTC' as received_at
from read_json(
    'raw/*/*/manifest.jsonl',
    format = 'newline_delimited',
    filename = true,
    columns = {
        page: 'bigint',
        query_id: 'varchar',
        file: 'varchar',
        sha256: 'varchar',
        bytes: 'bigint',
        is_redacted: 'boolean',
        received_at: 'timestamptz'
    }
)
