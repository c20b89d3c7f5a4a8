-- hits.similar_forms: forms of texts that share at least 80 % of their word pairs.
-- Grain: one row per form_hash, other_form_hash.
-- Reads: text.text_forms.
-- Caveat: found by MinHash, 5 bands of 3: a pair that shares 80 % is found with a
-- probability of 97.2 %, and nearly always through a third copy else; each pair is
-- then compared exactly.
with forms as (
    select
        form_hash,
        any_value(word_pairs) as word_pairs
    from text.text_forms
    where word_pairs is not null
    group by form_hash
),

word_pairs as (
    select
        form_hash,
        unnest(word_pairs) as word_pair
    from forms
),

-- The least value under 15 orders; two texts agree in one as often as they overlap.
signatures as (
    select
        form_hash,
        min(text.reordered(word_pair, 1)) as least_1,
        min(text.reordered(word_pair, 2)) as least_2,
        min(text.reordered(word_pair, 3)) as least_3,
        min(text.reordered(word_pair, 4)) as least_4,
        min(text.reordered(word_pair, 5)) as least_5,
        min(text.reordered(word_pair, 6)) as least_6,
        min(text.reordered(word_pair, 7)) as least_7,
        min(text.reordered(word_pair, 8)) as least_8,
        min(text.reordered(word_pair, 9)) as least_9,
        min(text.reordered(word_pair, 10)) as least_10,
        min(text.reordered(word_pair, 11)) as least_11,
        min(text.reordered(word_pair, 12)) as least_12,
        min(text.reordered(word_pair, 13)) as least_13,
        min(text.reordered(word_pair, 14)) as least_14,
        min(text.reordered(word_pair, 15)) as least_15
    from word_pairs
    group by form_hash
),

bands as (
    select
        form_hash,
        unnest([
            hash(1, least_1, least_2, least_3),
            hash(2, least_4, least_5, least_6),
            hash(3, least_7, least_8, least_9),
            hash(4, least_10, least_11, least_12),
            hash(5, least_13, least_14, least_15)
        ]) as band_hash
    from signatures
),

shared_bands as (
    select band_hash
    from bands
    group by band_hash
    having count(*) > 1
),

-- Each is compared with its neighbour and with one for all, so that a band with
-- thousands of copies costs thousands of comparisons and not millions.
neighbours as (
    select
        bands.form_hash,
        unnest([
            lag(bands.form_hash) over band,
            first(bands.form_hash) over band
        ]) as other_form_hash
    from bands
    semi join shared_bands
        on bands.band_hash = shared_bands.band_hash
    window band as (partition by bands.band_hash order by bands.form_hash)
),

candidates as (
    select distinct
        least(form_hash, other_form_hash) as form_hash,
        greatest(form_hash, other_form_hash) as other_form_hash
    from neighbours
    where form_hash != other_form_hash
),

compared as (
    select
        candidates.form_hash,
        candidates.other_form_hash,
        text.overlap(forms.word_pairs, other_forms.word_pairs) as overlap
    from candidates
    inner join forms
        on candidates.form_hash = forms.form_hash
    inner join forms as other_forms
        on candidates.other_form_hash = other_forms.form_hash
)

select
    form_hash,
    other_form_hash,
    overlap
from compared
where overlap >= 0.8
