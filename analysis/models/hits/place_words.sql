-- hits.place_words: words of texts that are names of places in Azerbaijan, or look so.
-- Grain: one row per text_hash, first_position.
-- Reads: hits.covered_words, text.place_forms, text.stretches, text.texts,
-- text.vocabulary.
-- Caveat: a guarded name is also a word, or a place elsewhere; see hits.place_hits.
with named_words as (
    select distinct vocabulary.word
    from text.vocabulary
    inner join text.place_forms
        on vocabulary.folded_word = place_forms.first_word
),

stretch_words as (
    select
        stretch,
        unnest(words) as word
    from text.stretches
),

named_stretches as (
    select stretch_words.stretch
    from stretch_words
    semi join named_words
        on stretch_words.word = named_words.word
),

written as (
    select
        text_hash,
        unnest(text.stretches_of(wording, has_hidden_words)) as stretch
    from text.texts
),

-- Only texts that may name a place are cut into words.
worded as materialized (
    select
        texts.text_hash,
        text.words_of(texts.wording) as words
    from text.texts
    where
        texts.text_hash in (
            select written.text_hash
            from written
            semi join named_stretches
                on written.stretch = named_stretches.stretch
        )
),

spoken as (
    select
        text_hash,
        unnest(words) as word,
        generate_subscripts(words, 1) as position
    from worded
),

begun as (
    select
        spoken.text_hash,
        spoken.position,
        place_forms.place_form,
        place_forms.word_count,
        place_forms.region_code,
        place_forms.place_name,
        place_forms.place_guard,
        place_forms.is_locative
    from spoken
    inner join text.vocabulary
        on spoken.word = vocabulary.word
    inner join text.place_forms
        on vocabulary.folded_word = place_forms.first_word
    anti join hits.covered_words
        on
            spoken.text_hash = covered_words.text_hash
            and spoken.position = covered_words.position
)

select
    begun.text_hash,
    begun.position as first_position,
    begun.position + begun.word_count - 1 as last_position,
    begun.region_code,
    begun.place_name,
    begun.place_guard,
    begun.is_locative
    or coalesce(
        worded.words[begun.position - 1] in ('в', 'во', 'in', 'near', 'по'), false
    ) as is_locative
from begun
inner join worded
    on begun.text_hash = worded.text_hash
where
    begun.word_count = 1
    or begun.place_form = array_to_string(
        text.all_folded(list_slice(
            worded.words, begun.position, begun.position + begun.word_count - 1
        )),
        ' '
    )
qualify row_number() over (
    partition by begun.text_hash, begun.position
    order by begun.word_count desc
) = 1
