-- text.skeletons: how every name and domain label looks, whatever script it is in.
-- Grain: one row per written.
-- Reads: staging.ad_versions, staging.confusables, staging.media_outlets,
-- staging.watched_domains, text.domains.
-- Caveat: for comparing only; equal looks do not say that anyone meant to deceive.
with names as (
    select advertiser_name as written
    from staging.ad_versions
    union
    select funder as written
    from staging.ad_versions
    union
    select outlet_name as written
    from staging.media_outlets
    union
    select outlet_name as written
    from staging.watched_domains
    union
    select domain_label as written
    from text.domains
    union
    select registrable_domain as written
    from text.domains
),

plain as (
    select
        written,
        text.plain_form(written) as plain_form
    from names
    where written is not null
),

letters as (
    select
        written,
        plain_form,
        unnest(string_split(plain_form, '')) as letter,
        unnest(range(1, length(plain_form) + 1)) as position
    from plain
    where plain_form != ''
)

select
    letters.written,
    letters.plain_form,
    string_agg(
        coalesce(confusables.looks_like, letters.letter), ''
        order by letters.position
    ) as skeleton
from letters
left join staging.confusables
    on letters.letter = confusables.letter
group by letters.written, letters.plain_form
