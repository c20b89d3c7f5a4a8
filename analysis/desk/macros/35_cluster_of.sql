-- noqa: disable=LT02,AM04,RF02,RF03
-- cluster_of('meta:123'): the ads that show the same wording as an ad or nearly so,
-- with whose they are; a shared wording says nothing of who wrote it.
create macro cluster_of(asked_ad) as table
with asked as (
    select distinct cluster_id
    from marts.cluster_members
    where ad_id = asked_ad
)

select cluster_members.*
from marts.cluster_members
semi join asked
    on cluster_members.cluster_id = asked.cluster_id
order by
    cluster_members.cluster_id asc,
    cluster_members.started_date asc nulls last,
    cluster_members.ad_id asc,
    cluster_members.text_hash asc;
