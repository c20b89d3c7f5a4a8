-- hits.passages: every two neighbouring sentences of the longer candidate texts.
-- Grain: one row per text_hash, passage_number.
-- Reads: hits.text_vectors, text.texts.
-- Caveat: sentences by their punctuation, at least four words each; the first 40 pairs.
with cut as (
    select
        texts.text_hash,
        text.all_sentences(texts.wording) as sentences
    from text.texts
    inner join hits.text_vectors
        on texts.text_hash = text_vectors.text_hash
),

paired as (
    select
        text_hash,
        sentences,
        list_transform(sentences, lambda sentence: len(text.words_of(sentence)))
            as word_counts,
        unnest(range(1, least(len(sentences), 41))) as passage_number
    from cut
    where len(sentences) > 2
)

select
    text_hash,
    passage_number,
    trim(sentences[passage_number] || sentences[passage_number + 1]) as wording,
    cast(
        coalesce(list_sum(word_counts[:passage_number - 1]), 0) + 1 as integer
    ) as start_word,
    cast(list_sum(word_counts[:passage_number + 1]) as integer) as end_word
from paired
