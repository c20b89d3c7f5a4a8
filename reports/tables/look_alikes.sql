-- Advertisers and domains whose letters resemble another's, in ads of the archive.
-- Grain: one row per subject_kind, subject, likeness_kind and resembled.
-- Reads: marts.advertisers, marts.look_alikes.
-- Caveat: a likeness of letters that a person must look at; it says nothing about who
-- stands behind a page, nor that anyone meant to deceive. The whole archive.
select
    look_alikes.subject_kind,
    look_alikes.subject as advertiser_id,
    look_alikes.shown_name as advertiser_name,
    look_alikes.likeness_kind,
    look_alikes.resembled,
    look_alikes.ads_count,
    look_alikes.flagged_ads_count,
    coalesce(advertisers.ads_count, 0) as advertiser_ads_count
from marts.look_alikes
left join marts.advertisers
    on
        look_alikes.subject_kind = 'advertiser'
        and look_alikes.subject = advertisers.advertiser_id
order by
    look_alikes.flagged_ads_count desc,
    look_alikes.ads_count desc,
    look_alikes.subject asc,
    look_alikes.likeness_kind asc,
    look_alikes.resembled asc
limit 20
