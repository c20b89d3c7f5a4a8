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

paired as (
    select
        text_hash,
        sentences,
        name_positions,
        list_transform(sentences, lambda sentence: len(text.words_of(sentence)))
            as word_counts,
        unnest(range(1, least(len(sentences), 41))) as passage_number
    from cut
    where len(sentences) > 2
),

placed as (
    select
        text_hash,
        passage_number,
        name_positions,
        trim(sentences[passage_number] || sentences[passage_number + 1]) as wording,
        cast(
            coalesce(list_sum(word_counts[:passage_number - 1]), 0) + 1 as integer
        ) as start_word,
        cast(list_sum(word_counts[:passage_number + 1]) as integer) as end_word
    from paired
)

select
    text_hash,
    passage_number,
    wording,
    start_word,
    end_word
from placed
-- A sentence pair without a name is hardly ever what makes a text a threat.
where len(list_filter(name_positions, lambda x: x between start_word and end_word)) > 0
