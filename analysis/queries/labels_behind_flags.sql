-- Question: Which labelled texts are the flagged texts most like?
-- Answer: one row per labelled text.
-- Caveat: likeness of meaning and concepts; the labelled texts are invented.
select
    flag_examples.label_id,
    flag_examples.is_label_threat,
    count(*) as flagged_texts_count,
    max(flag_examples.likeness) as highest_likeness,
    any_value(flag_examples.label_text) as label_text
from flags.flag_examples
group by flag_examples.label_id, flag_examples.is_label_threat
order by flagged_texts_count desc, flag_examples.label_id asc
limit 25
