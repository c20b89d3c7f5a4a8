-- staging.input_files: the seeds and queries this database was built from.
-- Grain: one row per input_file.
-- Reads: seeds/*.csv, seeds/lexicon/*.csv, seeds/semantic/*, analysis/macros/*.sql,
-- analysis/models/*/*.sql, analysis/models/*/*.py.
-- Caveat: the collected ads are named by their own version hashes instead.
select
    regexp_extract(filename, '((seeds|analysis)/.*)$', 1) as input_file,
    sha256(content) as input_sha256
from read_blob([
    'seeds/*.csv',
    'seeds/lexicon/*.csv',
    'seeds/semantic/*',
    'analysis/macros/*.sql',
    'analysis/models/*/*.sql',
    'analysis/models/*/*.py'
])
