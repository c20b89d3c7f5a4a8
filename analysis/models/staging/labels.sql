-- staging.labels: the texts labelled by the codebook, as training has them.
-- Grain: one row per label_id.
-- Reads: seeds/labels/*.csv.
-- Caveat: written for training; none is a real ad, and one coder labelled most of them.
select
    text_id as label_id,
    language as label_language,
    text as label_text,
    flag = 'yes' as is_label_threat,
    string_split_regex(codes, '[; ]+') as label_codes,
    voice as label_voice,
    direction as label_direction
from read_csv(
    'seeds/labels/*.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
