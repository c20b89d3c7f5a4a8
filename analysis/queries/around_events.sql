-- Question: Around which events did advertisers run more or fewer ads than usual?
-- Answer: one row per event and window that stands out, if enough was collected.
-- Caveat: beside is not because; of many windows one in twenty stands out by chance.
select
    event_date,
    event_label,
    window_name,
    ads_count,
    usual_ads_count,
    ads_ratio,
    ads_ratio_low,
    ads_ratio_high,
    ads_caveat,
    flagged_ads_count,
    usual_flagged_count,
    flagged_ratio,
    flagged_ratio_low,
    flagged_ratio_high,
    flagged_caveat
from marts.event_windows
where
    regexp_matches(ads_caveat, '^(more|fewer)')
    or regexp_matches(flagged_caveat, '^(more|fewer)')
order by event_date asc, event_label asc, window_name desc
