"""The tables of the marts that the report reads, empty."""

SCHEMA = """
create schema marts;
create table marts.archive_facts (archive text, is_invented bool, libraries text[],
    ads_count bigint, ad_versions_count bigint, texts_count bigint,
    scored_texts_count bigint, challenge_ads_count bigint, labels_count bigint,
    model_version text, labels_version text, threat_threshold double,
    review_threshold double,
    advertisers_count bigint, flagged_ads_count bigint, flagged_texts_count bigint,
    reported_ads_count bigint, by_az_ads_count bigint, review_ads_count bigint,
    first_started_date date, last_started_date date, first_collected_at timestamp,
    last_collected_at timestamp, database_version text, codebook_version text,
    lexicon_terms_count bigint, rules_count bigint);
create table marts.flagged_ads (ad_id text, text_hash text, version_hash text,
    page_sha256 text, library text, library_url text, advertiser_id text,
    advertiser_name text, funder text, language_code text, wording text, quote text,
    quote_words text[], translation text, flagged_by text, threat_score double,
    example_label_ids text[], rule_ids text[], codes text[], term_ids text[],
    severity int,
    audience_level int, audience_locus text, audience_evidence text[],
    configuration text, currency_code text, spend_min decimal(18, 2),
    spend_max decimal(18, 2), spend_disclosure text, impressions_min bigint,
    impressions_max bigint, impressions_disclosure text, is_high bool,
    is_reviewed bool, started_date date, stopped_date date,
    last_collected_at timestamp);
create table marts.other_verdicts (ad_id text, text_hash text, library text,
    library_url text, advertiser_name text, funder text, language_code text,
    text_verdict text, wording text, quote text, codes text[], rule_ids text[],
    voice text, started_date date);
create table marts.evaluation (split_name text, group_name text, measure text,
    measured_value double, interval_low double, interval_high double,
    texts_count bigint);
create table marts.events (event_label text, event_label_az text, event_kind text,
    event_status text, event_url text, event_date date);
create table marts.rules (rule_id text, code text, rule_title text,
    rule_title_az text, code_name text, rule_status text, known_false_positives text,
    known_false_positives_az text, severity int,
    flagged_ads_count bigint);
create table marts.library_coverage (library text, run_id text, run_status text,
    missing_text text, requested_country_codes text[], pages_count bigint,
    ads_count bigint, skipped_count bigint, first_received_at timestamp,
    last_received_at timestamp);
create table marts.examined_ads (ad_id text, library text, advertiser_id text,
    text_hash text, text_verdict text, has_score bool, started_date date);
create table marts.ad_regions (ad_id text, region_code text, region_name text,
    region_impressions_min double, region_impressions_max double, started_date date);
create table marts.policy_changes (library text, policy_text text, policy_text_az text,
    policy_url text, policy_date date);
create table marts.review_quality (group_name text, review_variable text,
    review_measure text, review_value double, review_low double, review_high double,
    texts_count bigint, coders_count bigint, reliability text);
create table marts.advertisers (advertiser_id text, library text, ads_count bigint);
create table marts.coverage_days (library text, coverage_status text, is_covered bool,
    covered_date date);
create table marts.clusters (cluster_id text, example_text text,
    language_codes text[]);
create table marts.cluster_members (cluster_id text, ad_id text, advertiser_id text,
    started_date date);
create table marts.advertiser_links (advertiser_id text, advertiser_name text,
    other_advertiser_id text, other_advertiser_name text, link_kind text,
    shared_values text[], shared_count bigint, first_date date, last_date date);
create table marts.event_windows (event_label text, window_name text,
    flagged_ads_count bigint, usual_flagged_count double, flagged_ratio double,
    flagged_ratio_low double, flagged_ratio_high double, covered_days_count bigint,
    event_date date);
create table marts.vanished_ads (ad_id text, library text, library_url text,
    advertiser_id text, advertiser_name text, is_shown_elsewhere bool,
    started_date date, last_collected_at timestamp, vanished_at timestamp);
create table marts.look_alikes (subject_kind text, subject text, shown_name text,
    likeness_kind text, resembled text, ads_count bigint, flagged_ads_count bigint);
create table marts.watched_domains (domain text, list_name text, list_status text,
    ads_count bigint, landing_ads_count bigint, flagged_ads_count bigint,
    listed_date date);
"""
