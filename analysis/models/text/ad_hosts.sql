-- text.ad_hosts: hosts that an ad leads to or names in its wording.
-- Grain: one row per ad_id, source_field, host.
-- Reads: staging.ad_versions, text.ad_texts, text.texts.
-- Caveat: of all versions; what looks like a host in a text need not be one.
with named as (
    select
        text_hash,
        -- Not what follows @ or / alone: addresses of mail, and paths.
        unnest(regexp_extract_all(
            wording,
            '(?:^|://|[^\p{L}\p{M}\p{N}@._/-])'
            || '((?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.)+\p{L}[\p{L}\p{N}-]+)',
            1
        )) as host
    from text.texts
    where contains(wording, '.')
)

select distinct
    ad_id,
    'landing_domain' as source_field,
    lower(landing_domain) as host
from staging.ad_versions
where landing_domain is not null
union all
select distinct
    ad_texts.ad_id,
    'text' as source_field,
    lower(named.host) as host
from named
inner join text.ad_texts
    on named.text_hash = ad_texts.text_hash
