-- hits.passages: each two neighbouring sentences of a longer text that name Azerbaijan.
-- Grain: one row per text_hash, passage_number.
-- Reads: hits.term_hits, hits.text_vectors, text.texts.
-- Caveat: sentences by their punctuation, at least four words each; the first 40 pairs.
with named as (
    select
        term_hits.text_hash,
        list(term_hits.first_position) as name_positions
    from hits.term_hits
    inner join hits.text_vectors
        on term_hits.text_hash = text_vectors.text_hash
    where list_contains(text.az_concepts(), term_hits.concept)
    group by term_hits.text_hash
),

cut as (
    select
        texts.text_hash,
        text.all_sentences(texts.wording) as sentences,
        named.name_positions
    from text.texts
    inner join named
        on texts.text_hash = named.text_hash
),

spoken as (
    select
        text_hash,
        name_positions,
        len(sentences) as sentence_count,
        unnest(sentences) as sentence,
        generate_subscripts(sentences, 1) as passage_number
    from cut
    where len(sentences) > 2
),

counted as (
    select
        text_hash,
        name_positions,
        sentence_count,
        sentence,
        passage_number,
        len(text.words_of(sentence)) as word_count
    from spoken
),

placed as (
    select
        text_hash,
        name_positions,
        sentence_count,
        passage_number,
        trim(sentence || lead(sentence) over in_order) as wording,
        cast(sum(word_count) over in_order - word_count + 1 as integer) as start_word,
        cast(
            sum(word_count) over in_order + lead(word_count) over in_order as integer
        ) as end_word
    from counted
    window in_order as (partition by text_hash order by passage_number)
)

select
    text_hash,
    passage_number,
    wording,
    start_word,
    end_word
from placed
-- A sentence pair without a name is hardly ever what makes a text a threat.
where
    passage_number < least(sentence_count, 41)
    and len(list_filter(name_positions, lambda x: x between start_word and end_word))
    > 0
