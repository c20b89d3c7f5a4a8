-- Question: of which ads did a reader or advertiser ask for another look?
-- Answer: one row per text of those ads; `corrections` are the requests on file.
-- Caveat: a request says nothing on who is right.
select
    ad_texts.text_hash,
    'corrections' as queue,
    '' as stratum,
    null as stratum_texts_count
from corrections
inner join text.ad_texts
    on corrections.ad_id = ad_texts.ad_id
group by ad_texts.text_hash
order by min(corrections.asked_on) asc, ad_texts.text_hash asc
