-- flags.text_reviews: what the coders of a text together decide (codebook 9.6).
-- Grain: one row per text_hash.
-- Reads: staging.review_decisions.
-- Caveat: of each coder the newest round counts, in context rather than text alone; a
-- majority decides, an adjudication settles a tie, anything else is contested. Blind
-- coding of old texts anew (drift) measures coders and decides nothing. The newest
-- translation that any coder gave stands.
with spoken as (
    select
        text_hash,
        coder_id,
        review_pass,
        codes,
        voice,
        direction,
        decision,
        severity,
        review_pass = 'A' as is_adjudication,
        decided_at
    from staging.review_decisions
    where not is_withdrawn and queue != 'drift'
    qualify row_number() over (
        partition by text_hash, coder_id, review_pass = 'A'
        order by review_round desc, review_pass asc, decided_at desc, decision_id asc
    ) = 1
),

translated as (
    select
        text_hash,
        arg_max(translation, (decided_at, decision_id)) as translation
    from staging.review_decisions
    where not is_withdrawn and translation is not null
    group by text_hash
),

counted as (
    select
        text_hash,
        count(*) filter (where review_pass != 'A') as coders_count,
        count(*) filter (where review_pass != 'A' and decision = 'yes') as yes_count,
        count(*) filter (where review_pass != 'A' and decision = 'no') as no_count,
        count(*) filter (where review_pass != 'A' and decision = 'unclear')
            as unclear_count,
        arg_max(decision, (decided_at, coder_id)) filter (where review_pass = 'A')
            as settled_as,
        max(decided_at) as reviewed_at
    from spoken
    group by text_hash
),

decided as (
    select
        text_hash,
        coders_count,
        settled_as is not null as is_settled,
        case
            when settled_as in ('yes', 'no') then settled_as
            when settled_as is not null then 'contested'
            when yes_count * 2 > coders_count then 'yes'
            when no_count * 2 > coders_count then 'no'
            when unclear_count * 2 > coders_count then 'unclear'
            else 'contested'
        end as review_outcome,
        reviewed_at
    from counted
),

-- The coders whose word the outcome is: the adjudicator, or those who said the same.
supporting as (
    select
        decided.text_hash,
        decided.review_outcome,
        spoken.codes,
        spoken.voice,
        spoken.direction,
        spoken.severity,
        count(*) over (partition by decided.text_hash) as supporters_count
    from decided
    inner join spoken
        on
            decided.text_hash = spoken.text_hash
            and decided.is_settled = spoken.is_adjudication
            and (
                decided.review_outcome = 'contested'
                or decided.review_outcome = spoken.decision
            )
),

spoken_codes as (
    select
        text_hash,
        supporters_count,
        unnest(codes) as code
    from supporting
),

coded as (
    select
        text_hash,
        code
    from spoken_codes
    group by text_hash, code
    having count(*) * 2 >= any_value(supporters_count)
),

code_lists as (
    select
        text_hash,
        list(code order by code) as codes
    from coded
    group by text_hash
),

-- Between two severities the lower, as the codebook's tie rule has it.
summed as (
    select
        text_hash,
        min(voice) as voice,
        min(direction) as direction,
        list_sort(list(severity))[cast(ceil(count(*) / 2) as integer)] as severity
    from supporting
    group by text_hash
)

select
    decided.text_hash,
    decided.review_outcome,
    coalesce(code_lists.codes, []) as codes,
    summed.voice,
    summed.direction,
    translated.translation,
    summed.severity,
    decided.coders_count,
    decided.reviewed_at
from decided
inner join summed
    on decided.text_hash = summed.text_hash
left join code_lists
    on decided.text_hash = code_lists.text_hash
left join translated
    on decided.text_hash = translated.text_hash
