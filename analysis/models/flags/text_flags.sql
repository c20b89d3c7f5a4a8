-- flags.text_flags: the verdict on each text, from the rules and the semantic score.
-- Grain: one row per text_hash.
-- Reads: flags.rule_verdicts, flags.semantic_codes, hits.text_concepts,
-- hits.text_scores, staging.semantic_model, text.text_languages, text.texts.
-- Caveat: computed, not reviewed by a person; without vectors the rules decide alone.
-- Nothing else can have a verdict.
with asked as (
    select text_hash
    from flags.rule_verdicts
    union
    select text_hash
    from hits.text_scores
),

addressed as (
    select
        asked.text_hash,
        list_has_any(text_concepts.concepts, text.naming_concepts()) as is_named,
        coalesce(text_languages.language_code = 'az', false) as is_az,
        list_contains(text_concepts.concepts, 'target_other') as is_other_named
    from asked
    inner join hits.text_concepts
        on asked.text_hash = text_concepts.text_hash
    left join text.text_languages
        on asked.text_hash = text_languages.text_hash
),

heard as (
    select
        texts.text_hash,
        texts.wording,
        rule_verdicts.rule_verdict,
        coalesce(rule_verdicts.rule_ids, []) as rule_ids,
        coalesce(rule_verdicts.term_ids, []) as term_ids,
        rule_verdicts.evidence_start,
        rule_verdicts.evidence_end,
        rule_verdicts.voice as rule_voice,
        rule_verdicts.severity as rule_severity,
        text_scores.threat_score,
        text_scores.start_word,
        text_scores.end_word,
        coalesce(rule_verdicts.codes, []) as rule_codes,
        coalesce(semantic_codes.codes, []) as semantic_codes,
        semantic_codes.best_code,
        -- The swap test: where only another state is named, no threat is to Azerbaijan.
        addressed.is_named or not addressed.is_other_named as could_mean_az,
        -- A flag needs more: the country, a place in it or its people named.
        addressed.is_named,
        -- Clearly more like threats than like ordinary texts, and more than reports or
        -- threats by Azerbaijan. Who may be speaking for it is not threatening it.
        coalesce(
            text_scores.threat_score >= semantic_model.threat_threshold
            and text_scores.threat_score - text_scores.ordinary_score
            > semantic_model.ordinary_margin
            and text_scores.threat_score > text_scores.reported_score
            and text_scores.threat_score > text_scores.by_az_score
            and text_scores.by_az_score < semantic_model.by_az_threshold,
            false
        ) as is_scored_threat,
        coalesce(
            text_scores.threat_score >= if(
                addressed.is_named or addressed.is_az,
                semantic_model.review_threshold,
                semantic_model.threat_threshold
            ),
            true
        ) as is_scored_possible,
        coalesce(text_scores.high_score >= semantic_model.high_threshold, false)
            as is_scored_high,
        coalesce(
            text_scores.reported_score >= semantic_model.reported_threshold, false
        ) as is_scored_reported,
        coalesce(text_scores.by_az_score >= semantic_model.by_az_threshold, false)
            as is_scored_by_az,
        coalesce(
            text_scores.challenge_score >= semantic_model.challenge_threshold, false
        ) as is_scored_challenge
    from text.texts
    inner join addressed
        on texts.text_hash = addressed.text_hash
    left join flags.rule_verdicts
        on texts.text_hash = rule_verdicts.text_hash
    left join hits.text_scores
        on texts.text_hash = text_scores.text_hash
    left join flags.semantic_codes
        on texts.text_hash = semantic_codes.text_hash
    cross join staging.semantic_model
    where
        -- So said that only these are cut into words.
        case
            when
                rule_verdicts.text_hash is not null
                or text_scores.text_hash is not null
                then len(text.words_of(texts.wording)) >= 3
            else false
        end
),

judged as (
    select
        *,
        case
            when
                is_named
                and (
                    is_scored_threat
                    or (rule_verdict = 'threat' and is_scored_possible)
                )
                then 'threat'
            when is_scored_by_az or rule_verdict = 'by_az' then 'by_az'
            when is_scored_reported or rule_verdict = 'reported' then 'reported'
            when is_scored_challenge then 'challenge'
            when
                could_mean_az
                and (
                    (threat_score is not null and is_scored_possible)
                    or rule_verdict in ('threat', 'review')
                )
                then 'review'
            else 'none'
        end as text_verdict
    from heard
)

select
    text_hash,
    text_verdict,
    case
        when text_verdict = 'none' then []
        when len(rule_codes) > 0
            then list_sort(list_distinct(list_concat(rule_codes, semantic_codes)))
        when len(semantic_codes) > 0 then semantic_codes
        when text_verdict = 'threat' then [best_code]
        else []
    end as codes,
    rule_ids,
    term_ids,
    case
        when text_verdict = 'threat' then 'V1'
        when text_verdict = 'reported' then if(rule_voice = 'V4', 'V4', 'V3')
        else 'V1'
    end as voice,
    case text_verdict
        when 'threat' then 'toward_AZ'
        when 'reported' then 'toward_AZ'
        when 'by_az' then 'BY_AZ'
        else 'none'
    end as direction,
    case
        when text_verdict != 'threat' then 0
        else greatest(
            if(is_scored_high, 3, 2),
            if(rule_verdict = 'threat', rule_severity, 2)
        )
    end as severity,
    threat_score,
    text.quote_of(
        wording,
        coalesce(evidence_start, start_word, 1),
        coalesce(
            evidence_end,
            least(
                coalesce(end_word, len(text.words_of(wording))),
                coalesce(start_word, 1) + 39
            )
        )
    ) as quote,
    evidence_start,
    evidence_end,
    case
        when is_scored_threat and rule_verdict = 'threat' then 'rules and score'
        when is_scored_threat then 'score'
        when rule_verdict = 'threat' then 'rules'
        else 'neither'
    end as flagged_by,
    text_verdict = 'threat' as is_threat,
    text_verdict = 'threat'
    and (is_scored_high or (rule_verdict = 'threat' and rule_severity >= 3)) as is_high
from judged
where text_verdict != 'none'
