-- Question: Where do rules and score disagree?
-- Answer: one row per text that one of them alone takes for a threat.
-- Caveat: neither is right by itself: these are the texts to read first.
select
    text_flags.text_hash,
    rule_verdicts.rule_verdict,
    text_flags.threat_score,
    text_flags.flagged_by,
    text_flags.text_verdict,
    texts.wording
from flags.text_flags
inner join text.texts
    on text_flags.text_hash = texts.text_hash
left join flags.rule_verdicts
    on text_flags.text_hash = rule_verdicts.text_hash
where
    text_flags.flagged_by in ('rules', 'score')
    or (rule_verdicts.rule_verdict = 'threat' and not text_flags.is_threat)
order by text_flags.threat_score desc nulls last, text_flags.text_hash asc
