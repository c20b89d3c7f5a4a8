-- noqa: disable=LT02,AM04,RF02,RF03
-- similar_ads('meta:123', 10): the other texts whose meaning is nearest to that of an
-- ad, with the ads that show them; likeness of meaning is no link between advertisers.
create macro similar_ads(asked_ad, most) as table
with asked as (
    select
        ad_texts.text_hash,
        text.as_vector(text_vectors.vector, semantic_model.vector_step) as vector
    from staging.ads
    inner join text.ad_texts
        on ads.ad_id = ad_texts.ad_id and ads.version_hash = ad_texts.version_hash
    inner join hits.text_vectors
        on ad_texts.text_hash = text_vectors.text_hash
    cross join staging.semantic_model
    where ads.ad_id = asked_ad
),

nearest as (
    select
        text_vectors.text_hash,
        round(array_cosine_similarity(
            asked.vector,
            text.as_vector(text_vectors.vector, semantic_model.vector_step)
        ), 4) as likeness
    from hits.text_vectors
    inner join asked
        on text_vectors.text_hash != asked.text_hash
    cross join staging.semantic_model
    qualify
        row_number() over (order by likeness desc, text_vectors.text_hash asc) <= most
)

select
    nearest.likeness,
    nearest.text_hash,
    list_sort(list(distinct ad_texts.ad_id)) as ad_ids,
    any_value(texts.wording) as wording,
    coalesce(any_value(text_flags.text_verdict), 'none') as text_verdict
from nearest
inner join text.texts
    on nearest.text_hash = texts.text_hash
inner join text.ad_texts
    on nearest.text_hash = ad_texts.text_hash
left join flags.reviewed_flags as text_flags
    on nearest.text_hash = text_flags.text_hash
group by nearest.likeness, nearest.text_hash
order by nearest.likeness desc, nearest.text_hash asc;
