-- Fails on: a concept that no term has, or a code that the codebook lacks.
with used as (
    select
        rule_id as row_id,
        unnest(concepts) as concept
    from staging.rules
    union all
    select
        veto_id as row_id,
        concept
    from staging.vetoes
)

select
    used.row_id,
    used.concept as unknown_word
from used
where used.concept not in (select lexicon_terms.concept from staging.lexicon_terms)
union all
select
    rules.rule_id as row_id,
    rules.code as unknown_word
from staging.rules
where rules.code not in (select codes.code from staging.codes)
