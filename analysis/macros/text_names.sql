-- How names of advertisers and hosts are compared: by their letters and their looks.
-- noqa: disable=LT02

-- Small letters and digits without diacritics; the letters' own script is kept.
create macro text.plain_form(written) as
    regexp_replace(
        translate(
            strip_accents(lower(text.plain(nfc_normalize(written)))), 'əәǝı', 'eeei'
        ),
        '[^\p{L}\p{N}]',
        '',
        'g'
    );

-- The digits of a name in the order of their value: kanal13 may be typed kanal31, but
-- kanal17 is another name.
create macro text.digits_of(written) as
    list_sort(regexp_extract_all(written, '\p{N}'));

-- The stretches of a word that are written in one script each. Schwa belongs to none:
-- Latin and Cyrillic keyboards give either one.
create macro text.script_runs(word) as
    regexp_extract_all(
        regexp_replace(word, '[əәƏӘ\p{M}\p{N}]', '', 'g'),
        '\p{Latin}+|\p{Cyrillic}+|\p{Greek}+|\p{Armenian}+'
    );

create macro text.script_of(run) as
    case
        when regexp_matches(run, '\p{Latin}') then 'Latn'
        when regexp_matches(run, '\p{Cyrillic}') then 'Cyrl'
        when regexp_matches(run, '\p{Greek}') then 'Grek'
        when regexp_matches(run, '\p{Armenian}') then 'Armn'
    end;

-- Two scripts set side by side so that a reader sees the seam: a small first letter
-- before a capital (iПресса), capitals before an ending (ITшник), a capital after a
-- whole word (РадиоMax).
create macro text.has_open_seam(runs) as
    len(runs) = 2
    and (
        (
            regexp_matches(runs[1], '^\p{Latin}$')
            and regexp_matches(runs[1], '^\p{Ll}')
            and regexp_matches(runs[2], '^\p{Lu}\p{L}')
        )
        or (
            regexp_matches(runs[1], '^\p{Lu}{2,5}$')
            and regexp_matches(runs[1], '^\p{Latin}')
            and regexp_matches(runs[2], '^\p{Ll}+$')
        )
        or (
            regexp_matches(runs[1], '\p{L}\p{Ll}$')
            and regexp_matches(runs[2], '^\p{Lu}\p{L}')
        )
    );

-- A name as it reads, word by word in one script, where the scripts are Latin and
-- Cyrillic.
create macro text.name_as_read(written) as
    array_to_string(
        list_transform(
            regexp_extract_all(lower(nfc_normalize(written)), '[\p{L}\p{M}\p{N}]+'),
            lambda word: text.unmixed(word)
        ),
        ' '
    );
