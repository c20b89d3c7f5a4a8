-- Question: Whose ads does Meta's Report count that the archive does not hold?
-- Answer: one row per advertiser, country and period, the largest gap first.
-- Caveat: compare counts, not money; a gap may be ads of other countries or days.
select
    advertiser_name,
    country_code,
    period_name,
    period_stopped_date,
    stated_ads_count,
    ads_count,
    ads_gap,
    currency_code,
    stated_spend_min,
    stated_spend_max
from marts.report_totals_gap
order by ads_gap desc nulls last, advertiser_id asc, period_stopped_date asc
