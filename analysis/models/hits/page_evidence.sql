-- hits.page_evidence: what an ad's landing domain and page name say (E7, E10).
-- Grain: one row per ad_id, evidence_code, source_field, evidence_value.
-- Reads: staging.ads, staging.lexicon_elements, staging.lexicon_terms,
-- text.place_forms.
-- Caveat: the landing page's language is not collected; a page's name proves nothing.
with names as (
    select distinct advertiser_name
    from staging.ads
),

name_words as (
    select
        advertiser_name,
        unnest(text.all_folded(text.words_of(text.evened(advertiser_name))))
            as folded_word
    from names
    -- Iran's provinces of the name are another country's.
    where
        not regexp_matches(
            text.folded(advertiser_name),
            '(east|west|iranian|dogu|bati|serqi|cenubi|guney) ?az[ea]r'
        )
),

evocative as (
    select
        lexicon_elements.element,
        lexicon_elements.is_stem
    from staging.lexicon_elements
    inner join staging.lexicon_terms
        on lexicon_elements.term_id = lexicon_terms.term_id
    where
        lexicon_elements.element_count = 1
        and lexicon_terms.concept in ('target_az', 'address_az', 'page_az')
    union
    select
        place_form as element,
        false as is_stem
    from text.place_forms
    where place_guard is null and word_count = 1
),

-- Two joins: one with "or" would compare every word with every element.
telling as (
    select name_words.advertiser_name
    from name_words
    inner join evocative
        on name_words.folded_word = evocative.element
    union
    select name_words.advertiser_name
    from name_words
    inner join evocative
        on
            evocative.is_stem
            and starts_with(name_words.folded_word, evocative.element)
)

select
    ads.ad_id,
    'E10' as evidence_code,
    'advertiser_name' as source_field,
    ads.advertiser_name as evidence_value
from staging.ads
inner join telling
    on ads.advertiser_name = telling.advertiser_name
union all
select
    ad_id,
    'E7' as evidence_code,
    'landing_domain' as source_field,
    landing_domain as evidence_value
from staging.ads
where ends_with(landing_domain, '.az') or landing_domain like '%.az.example'
