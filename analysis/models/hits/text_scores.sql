-- hits.text_scores: how much each text is like labelled threats, reports, and so on.
-- Grain: one row per text_hash.
-- Reads: hits.passage_points, hits.passage_scores.
-- Caveat: a longer text counts as its passage most like a threat, and reports or lets
-- Azerbaijan speak as much as that passage or the whole does.
with led as (
    select
        *,
        row_number() over (
            partition by text_hash order by threat_score desc, passage_number asc
        ) as place
    from hits.passage_scores
)

select
    led.text_hash,
    led.passage_number,
    passage_points.start_word,
    passage_points.end_word,
    led.threat_score,
    led.high_score,
    greatest(led.reported_score, whole.reported_score) as reported_score,
    greatest(led.by_az_score, whole.by_az_score) as by_az_score,
    led.challenge_score,
    led.ordinary_score,
    led.t1_score,
    led.t2_score,
    led.t3_score,
    led.t4_score,
    led.t5a_score,
    led.t5b_score,
    led.t6_score,
    led.t7_score,
    led.t8_score,
    led.t9_score
from led
inner join hits.passage_scores as whole
    on led.text_hash = whole.text_hash
inner join hits.passage_points
    on
        led.text_hash = passage_points.text_hash
        and led.passage_number = passage_points.passage_number
where led.place = 1 and whole.passage_number = 0
