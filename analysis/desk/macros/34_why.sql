-- noqa: disable=LT02,AM04,RF02,RF03
-- why('meta:123'): everything a decision on an ad rests on, in plain rows: its wording,
-- words found, rules met and silenced, scores, likest labels, reviews, audience, page.
create macro why(asked_ad) as table
with shown as (
    select distinct
        ad_texts.text_hash,
        texts.wording,
        text.words_of(texts.wording) as words
    from text.ad_texts
    inner join text.texts
        on ad_texts.text_hash = texts.text_hash
    where ad_texts.ad_id = asked_ad
),

told as (
    select
        text_hash,
        1 as step,
        'wording' as reason,
        '' as named,
        wording as said
    from shown
    union all
    select
        shown.text_hash,
        2 as step,
        'language' as reason,
        text_languages.language_code as named,
        if(text_languages.is_language_certain, 'certain', 'not certain') as said
    from shown
    inner join text.text_languages
        on shown.text_hash = text_languages.text_hash
    union all
    select
        shown.text_hash,
        3 as step,
        'words found' as reason,
        term_hits.term_id as named,
        term_hits.concept || ': ' || array_to_string(
            list_transform(
                term_hits.positions, lambda place: shown.words[place]
            ),
            ' '
        ) as said
    from shown
    inner join hits.term_hits
        on shown.text_hash = term_hits.text_hash
    union all
    select
        shown.text_hash,
        4 as step,
        'rule met' as reason,
        rule_flags.rule_id as named,
        rule_flags.code || ' severity ' || rule_flags.severity
        || ', words ' || rule_flags.evidence_start || ' to '
        || rule_flags.evidence_end || ': '
        || coalesce(rule_flags.verdict, 'undecided') as said
    from shown
    inner join flags.rule_flags
        on shown.text_hash = rule_flags.text_hash
    union all
    select
        shown.text_hash,
        5 as step,
        'veto on ' || rule_flags.rule_id as reason,
        vetoes.veto_id as named,
        vetoes.effect || ': ' || array_to_string(rule_flags.veto_term_ids, ', ') as said
    from shown
    inner join flags.rule_flags
        on shown.text_hash = rule_flags.text_hash
    inner join staging.vetoes
        on list_contains(rule_flags.veto_ids, vetoes.veto_id)
    union all
    select
        scored.text_hash,
        6 as step,
        'score' as reason,
        scored.named,
        scored.value || ' (threshold ' || scored.threshold || ')' as said
    from (
        select
            shown.text_hash,
            unnest([
                'threat', 'threat beyond ordinary', 'reported', 'by_az', 'challenge',
                'high'
            ]) as named,
            unnest([
                text_scores.threat_score,
                round(text_scores.threat_score - text_scores.ordinary_score, 4),
                text_scores.reported_score,
                text_scores.by_az_score,
                text_scores.challenge_score,
                text_scores.high_score
            ]) as value,
            unnest([
                semantic_model.threat_threshold,
                semantic_model.ordinary_margin,
                semantic_model.reported_threshold,
                semantic_model.by_az_threshold,
                semantic_model.challenge_threshold,
                semantic_model.high_threshold
            ]) as threshold
        from shown
        inner join hits.text_scores
            on shown.text_hash = text_scores.text_hash
        cross join staging.semantic_model
    ) as scored
    union all
    select
        shown.text_hash,
        7 as step,
        'likest label ' || flag_examples.example_rank as reason,
        flag_examples.label_id as named,
        flag_examples.likeness || ', '
        || if(flag_examples.is_label_threat, 'a threat: ', 'no threat: ')
        || flag_examples.label_text as said
    from shown
    inner join flags.flag_examples
        on shown.text_hash = flag_examples.text_hash
    union all
    select
        shown.text_hash,
        8 as step,
        'review by ' || review_decisions.coder_id as reason,
        review_decisions.review_pass || ' pass' as named,
        review_decisions.decision || ': '
        || coalesce(array_to_string(review_decisions.codes, ' '), '') || ' '
        || review_decisions.voice || ' severity ' || review_decisions.severity
        || coalesce(' — ' || review_decisions.review_note, '') as said
    from shown
    inner join staging.review_decisions
        on
            shown.text_hash = review_decisions.text_hash
            and not review_decisions.is_withdrawn
    union all
    select
        shown.text_hash,
        9 as step,
        'verdict' as reason,
        coalesce(reviewed_flags.text_verdict, 'none') as named,
        coalesce(
            array_to_string(reviewed_flags.codes, ' ') || ' severity '
            || reviewed_flags.severity || ', by ' || reviewed_flags.flagged_by
            || if(reviewed_flags.is_reviewed, ', reviewed', ', not reviewed'),
            'nothing found'
        ) as said
    from shown
    left join flags.reviewed_flags
        on shown.text_hash = reviewed_flags.text_hash
    union all
    select
        null as text_hash,
        10 as step,
        'audience' as reason,
        'level ' || ad_audiences.audience_level as named,
        unnest(ad_audiences.audience_evidence) as said
    from flags.ad_audiences
    where ad_audiences.ad_id = asked_ad
    union all
    select
        ad_texts.text_hash,
        11 as step,
        'page' as reason,
        ad_versions.page_sha256 as named,
        ad_versions.first_collected_at || ' UTC, ' || ad_versions.version_hash as said
    from staging.ad_versions
    left join text.ad_texts
        on
            ad_versions.ad_id = ad_texts.ad_id
            and ad_versions.version_hash = ad_texts.version_hash
    where ad_versions.ad_id = asked_ad
)

select
    text_hash,
    reason,
    named,
    said
from told
order by step, text_hash nulls last, reason, named, said;
