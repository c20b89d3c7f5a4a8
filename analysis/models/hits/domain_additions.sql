-- hits.domain_additions: hosts that hold an outlet's name or domain and something more.
-- Grain: one row per host, matched_domain, likeness_kind.
-- Reads: hits.outlet_domains, hits.unlisted_hosts, staging.outlet_words.
-- Caveat: an ordinary word counts only with a dash and the outlet's own ending:
-- report-news.az, never report-news.com or newsreport.az.
with shortened as (
    select
        unlisted_hosts.host,
        unlisted_hosts.domain_suffix,
        regexp_replace(
            unlisted_hosts.domain_label,
            '^' || outlet_words.outlet_word || '-?'
            || '|-?' || outlet_words.outlet_word || '$',
            ''
        ) as shorter_label,
        regexp_matches(
            unlisted_hosts.domain_label,
            '^' || outlet_words.outlet_word || '-|-' || outlet_words.outlet_word || '$'
        ) as has_dash
    from hits.unlisted_hosts
    inner join staging.outlet_words
        on
            starts_with(unlisted_hosts.domain_label, outlet_words.outlet_word)
            or ends_with(unlisted_hosts.domain_label, outlet_words.outlet_word)
),

-- Runs of labels before the public suffix: bbc.com in bbc.com.az-x.info. Under .gov and
-- .edu an az is Arizona.
unsuffixed as (
    select
        host,
        string_split(
            left(shown_host, length(shown_host) - length(domain_suffix) - 1), '.'
        ) as labels
    from hits.unlisted_hosts
    where not regexp_matches(domain_suffix, '^(gov|edu|mil|ac)(\.|$)')
),

run_starts as (
    select
        host,
        labels,
        unnest(range(1, len(labels))) as start_number
    from unsuffixed
),

run_ends as (
    select
        host,
        labels,
        start_number,
        unnest(range(start_number + 1, len(labels) + 1)) as end_number
    from run_starts
),

label_runs as (
    select
        host,
        array_to_string(
            list_append(
                labels[start_number:end_number - 1],
                split_part(labels[end_number], '-', 1)
            ),
            '.'
        ) as domain
    from run_ends
)

select distinct
    shortened.host,
    outlet_domains.matched_domain,
    'added_word' as likeness_kind
from shortened
inner join hits.outlet_domains
    on shortened.shorter_label = outlet_domains.domain_label
left join staging.outlet_words
    on outlet_domains.domain_label = outlet_words.outlet_word
where
    outlet_words.outlet_word is null
    and (
        outlet_domains.is_distinctive
        or (
            shortened.has_dash
            and shortened.domain_suffix = outlet_domains.domain_suffix
        )
    )
union all
select distinct
    unlisted_hosts.host,
    outlet_domains.matched_domain,
    'dash_for_dot' as likeness_kind
from hits.unlisted_hosts
inner join hits.outlet_domains
    on
        unlisted_hosts.domain_label
        = replace(outlet_domains.matched_domain, '.', '-')
union all
select distinct
    label_runs.host,
    outlet_domains.matched_domain,
    'as_subdomain' as likeness_kind
from label_runs
inner join hits.outlet_domains
    on label_runs.domain = outlet_domains.matched_domain
