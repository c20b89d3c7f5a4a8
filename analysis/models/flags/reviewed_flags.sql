-- flags.reviewed_flags: the verdict on each text once people have had their say.
-- Grain: one row per text_hash.
-- Reads: flags.text_flags, flags.text_reviews, hits.text_scores, text.texts.
-- Caveat: a reviewed no silences a flag and a reviewed yes makes one; the program's own
-- verdict stays in flags.text_flags.
with reviewed as (
    select
        text_reviews.text_hash,
        text_reviews.review_outcome,
        text_reviews.codes,
        text_reviews.voice,
        text_reviews.direction,
        text_reviews.translation,
        text_reviews.severity,
        text_reviews.coders_count,
        text_reviews.reviewed_at,
        text.quote_of(
            texts.wording, 1, least(len(text.words_of(texts.wording)), 40)
        ) as quote,
        text_scores.threat_score
    from flags.text_reviews
    inner join text.texts
        on text_reviews.text_hash = texts.text_hash
    left join hits.text_scores
        on text_reviews.text_hash = text_scores.text_hash
)

select
    coalesce(text_flags.text_hash, reviewed.text_hash) as text_hash,
    case
        when reviewed.review_outcome = 'yes' then 'threat'
        when reviewed.review_outcome = 'contested' then 'contested'
        when reviewed.review_outcome = 'unclear' then 'review'
        when
            reviewed.review_outcome = 'no'
            and text_flags.text_verdict in ('threat', 'review')
            then 'reviewed_no'
        else text_flags.text_verdict
    end as text_verdict,
    reviewed.review_outcome,
    if(reviewed.review_outcome = 'yes', reviewed.codes, coalesce(text_flags.codes, []))
        as codes,
    coalesce(text_flags.rule_ids, []) as rule_ids,
    coalesce(text_flags.term_ids, []) as term_ids,
    coalesce(reviewed.voice, text_flags.voice) as voice,
    coalesce(reviewed.direction, text_flags.direction) as direction,
    coalesce(reviewed.severity, text_flags.severity) as severity,
    coalesce(text_flags.threat_score, reviewed.threat_score) as threat_score,
    coalesce(text_flags.quote, reviewed.quote) as quote,
    reviewed.translation,
    if(
        reviewed.review_outcome = 'yes' and not coalesce(text_flags.is_threat, false),
        'person',
        coalesce(text_flags.flagged_by, 'neither')
    ) as flagged_by,
    coalesce(reviewed.coders_count, 0) as coders_count,
    coalesce(
        reviewed.review_outcome = 'yes',
        coalesce(text_flags.is_threat, false)
    ) as is_threat,
    case
        when reviewed.review_outcome = 'yes' then reviewed.severity >= 3
        when reviewed.review_outcome is not null then false
        else text_flags.is_high
    end as is_high,
    reviewed.review_outcome is not null as is_reviewed,
    reviewed.reviewed_at
from flags.text_flags
full join reviewed
    on text_flags.text_hash = reviewed.text_hash
where
    text_flags.text_hash is not null
    or reviewed.review_outcome != 'no'
