-- hits.name_matches: names of advertisers that look or are spelled like another name.
-- Grain: one row per shown_name, resembled.
-- Reads: hits.name_words, staging.ad_versions, staging.media_outlets,
-- staging.watched_domains, text.skeletons.
-- Caveat: a likeness of letters, no more; the name itself, also without diacritics or
-- in another case, is no look-alike of itself.
with outlets as (
    select
        outlet_name as resembled,
        is_distinctive
    from staging.media_outlets
    union
    select
        domain as resembled,
        is_distinctive
    from staging.media_outlets
    union
    select
        outlet_name as resembled,
        is_distinctive
    from staging.watched_domains
    where outlet_name is not null
),

outlet_names as (
    select
        outlets.resembled,
        skeletons.plain_form,
        skeletons.skeleton,
        bool_or(outlets.is_distinctive) as is_distinctive
    from outlets
    inner join text.skeletons
        on outlets.resembled = skeletons.written
    group by outlets.resembled, skeletons.plain_form, skeletons.skeleton
),

disguised as (
    select distinct shown_name
    from hits.name_words
    where is_disguised
),

advertisers as (
    select distinct
        ad_versions.advertiser_name as shown_name,
        skeletons.plain_form,
        skeletons.skeleton,
        disguised.shown_name is not null as is_disguised
    from staging.ad_versions
    inner join text.skeletons
        on ad_versions.advertiser_name = skeletons.written
    left join disguised
        on ad_versions.advertiser_name = disguised.shown_name
),

-- Few letters alike are chance (ВВС are also air forces) unless scripts are mixed, and
-- Modem is a word of its own beside Modern.
alike as (
    select
        advertisers.shown_name,
        outlet_names.resembled,
        'same_look' as likeness_kind
    from advertisers
    inner join outlet_names
        on
            advertisers.skeleton = outlet_names.skeleton
            and advertisers.plain_form != outlet_names.plain_form
    where
        advertisers.is_disguised
        or (
            length(advertisers.plain_form) >= 5
            and (
                outlet_names.is_distinctive
                or regexp_matches(advertisers.plain_form, '[^a-z]')
            )
        )
    union
    select
        advertisers.shown_name,
        others.shown_name as resembled,
        'same_look' as likeness_kind
    from advertisers
    inner join advertisers as others
        on
            advertisers.skeleton = others.skeleton
            and advertisers.plain_form != others.plain_form
    where advertisers.is_disguised and not others.is_disguised
),

known as (
    select distinct plain_form
    from outlet_names
),

near as (
    select
        advertisers.shown_name,
        outlet_names.resembled,
        'near_spelling' as likeness_kind
    from advertisers
    inner join outlet_names
        on
            length(advertisers.plain_form)
            between length(outlet_names.plain_form) - 1
            and length(outlet_names.plain_form) + 1
    left join known
        on advertisers.plain_form = known.plain_form
    where
        outlet_names.is_distinctive
        and known.plain_form is null
        and length(outlet_names.plain_form) >= 7
        and advertisers.skeleton != outlet_names.skeleton
        and damerau_levenshtein(advertisers.plain_form, outlet_names.plain_form) = 1
        -- Kanal 13 and Kanal 17 are two channels.
        and text.digits_of(advertisers.plain_form)
        = text.digits_of(outlet_names.plain_form)
)

select
    shown_name,
    resembled,
    likeness_kind,
    'other letters that look the same as ' || resembled as reason
from alike
union all
select
    shown_name,
    resembled,
    likeness_kind,
    'spelled like ' || resembled || ' but for one letter' as reason
from near
