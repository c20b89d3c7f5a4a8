-- Question: Which advertisers share texts, domains or funders with one another?
-- Answer: one row per pair of advertisers, those with most kinds of links first.
-- Caveat: what two have in common is a lead, not proof that one hand runs both.
select
    advertiser_name,
    other_advertiser_name,
    list(link_kind order by link_kind) as link_kinds,
    list(link_reason order by link_kind) as link_reasons,
    min(first_date) as first_date,
    max(last_date) as last_date
from marts.advertiser_links
group by all
order by len(link_kinds) desc, advertiser_name asc, other_advertiser_name asc
