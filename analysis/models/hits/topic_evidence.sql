-- hits.topic_evidence: Azerbaijan as a text's topic (E9), in its hashtags, as its
-- occasion (E11).
-- Grain: one row per text_hash, evidence_code, source_field, evidence_value.
-- Reads: hits.covered_words, hits.place_hits, hits.term_hits,
-- staging.audience_concepts, text.texts.
-- Caveat: about Azerbaijan is not to Azerbaijanis; a name in text and tag counts once.
with named as (
    select
        term_hits.text_hash,
        audience_concepts.evidence_code,
        term_hits.first_position,
        term_hits.last_position
    from hits.term_hits
    inner join staging.audience_concepts
        on term_hits.concept = audience_concepts.concept
    anti join hits.covered_words
        on
            term_hits.text_hash = covered_words.text_hash
            and term_hits.first_position = covered_words.position
    where audience_concepts.evidence_code in ('E9', 'E11')
    union
    select
        text_hash,
        'E9' as evidence_code,
        first_position,
        last_position
    from hits.place_hits
),

cut as materialized (
    select
        texts.text_hash,
        texts.wording,
        text.words_of(texts.wording) as words,
        text.pieces_of(texts.wording) as pieces
    from text.texts
    semi join named
        on texts.text_hash = named.text_hash
),

located as materialized (
    select
        named.text_hash,
        text.field_of(cut.pieces, cut.wording, named.first_position)
            as source_field,
        if(source_field = 'hashtag', 'E11', named.evidence_code) as evidence_code,
        array_to_string(
            list_slice(cut.words, named.first_position, named.last_position), ' '
        ) as evidence_value
    from named
    inner join cut
        on named.text_hash = cut.text_hash
),

-- Tags with the letter that only Azerbaijani has in the Latin alphabet.
tags as (
    select distinct
        text_hash,
        'hashtag' as source_field,
        'E11' as evidence_code,
        unnest(
            regexp_extract_all(lower(wording), '#([\p{L}\p{N}_]*ə[\p{L}\p{N}_]*)', 1)
        )
            as evidence_value
    from text.texts
    where contains(wording, '#')
)

select distinct
    located.text_hash,
    located.evidence_code,
    located.source_field,
    located.evidence_value
from located
-- A link's own words are its landing's evidence; a tag repeats what the text says.
where
    located.source_field != 'link'
    and (
        located.source_field = 'text'
        or not exists (
            select 1
            from located as said
            where
                said.text_hash = located.text_hash
                and said.source_field = 'text'
                and text.folded(said.evidence_value)
                = text.folded(located.evidence_value)
        )
    )
union
select
    tags.text_hash,
    tags.evidence_code,
    tags.source_field,
    tags.evidence_value
from tags
