-- Question: What did ads that began around each event cost, against usual?
-- Answer: one row per event, window and currency.
-- Caveat: bands of the ads' whole lives; an empty maximum is open or not told.
select
    event_date,
    event_label,
    window_name,
    currency_code,
    ads_count,
    spend_min,
    spend_max,
    usual_spend_min,
    usual_spend_max,
    flagged_ads_count,
    flagged_spend_min,
    flagged_spend_max
from marts.event_spend
order by event_date asc, event_label asc, window_name desc, currency_code asc
