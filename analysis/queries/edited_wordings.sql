-- Question: Which ads changed their wording, and did the verdict change with it?
-- Answer: one row per wording of such an ad.
-- Caveat: an ad that once showed a flagged wording stays flagged.
with worded as (
    select
        ad_versions.ad_id,
        ad_texts.text_hash,
        min(ad_versions.first_collected_at) as first_collected_at,
        count(*) over (partition by ad_versions.ad_id) as wordings_count
    from staging.ad_versions
    inner join text.ad_texts
        on
            ad_versions.ad_id = ad_texts.ad_id
            and ad_versions.version_hash = ad_texts.version_hash
    group by ad_versions.ad_id, ad_texts.text_hash
)

select
    worded.ad_id,
    worded.first_collected_at,
    coalesce(reviewed_flags.text_verdict, 'none') as text_verdict,
    texts.wording
from worded
inner join text.texts
    on worded.text_hash = texts.text_hash
left join flags.reviewed_flags
    on worded.text_hash = reviewed_flags.text_hash
where worded.wordings_count > 1
order by worded.ad_id asc, worded.first_collected_at asc, worded.text_hash asc
