-- How wording is compared: one form for terms and ads alike, made only here.
-- noqa: disable=LT02

-- What a word is: letters and digits, with the marks that may stand inside a word; four
-- or more single letters with a dot, dash or blank between (a one-letter word beside
-- them is taken in); or an emoji that can threaten.
create macro text.word_pattern() as
    '(?:\p{L}[ .·•*_-]){3,}\p{L}(?:[^\p{L}\p{N}]|$)'
    || '|[\p{L}\p{N}]'
    || '[\p{L}\p{N}\p{M}\x{200b}-\x{200d}\x{2060}\x{feff}\x{00ad}''’ʼʻ`´՛՜՞]*'
    || '|[💥🔥⚰💣🚀☠🪖⚔]';

-- With a sign of its own where a hashtag's words meet, as in #OneTwo.
create macro text.marked(written) as
    case
        when not regexp_matches(written, '#[\p{L}\p{N}_]*\p{Ll}\p{Lu}') then written
        else regexp_replace(written, '(\p{Ll})(\p{Lu})', '\1' || chr(31) || '\2', 'g')
    end;

-- The words of a composed (NFC) text in order, lower case; lower() makes I and İ i. Of
-- letters spaced out every other sign is a letter. No pattern is used on single words,
-- for that would be compiled anew for every few texts.
create macro text.words_of(written) as
    case
        when
            not regexp_matches(written, '(\p{L}[ .·•*_-]){3}\p{L}')
            then regexp_extract_all(
                lower(text.marked(written)), text.word_pattern()
            )
        else list_transform(
            regexp_extract_all(
                lower(text.marked(written)), text.word_pattern()
            ),
            lambda word: case
                when substr(word, 2, 1) in (' ', '.', '·', '•', '*', '_', '-')
                    then array_to_string(
                        list_slice(string_split(word, ''), 1, -1, 2), ''
                    )
                else word
            end
        )
    end;

-- What hides words from whoever cuts at blanks: letters spaced out, words joined in a
-- hashtag.
create macro text.hidden_words_pattern() as
    '(?:\p{L}[ .·•*_-]){3}\p{L}|#[\p{L}\p{N}_]*\p{Ll}\p{Lu}';

-- A composed (NFC) text cut at its blanks; the words of the pieces are the words of the
-- text. A text that hides words comes as its words, for what its pieces mean hangs on
-- the whole text.
create macro text.stretches_of(written, has_hidden_words) as
    if(has_hidden_words, text.words_of(written), string_split(written, ' '));

-- The words of a text in order, each with what follows it up to the next word, so that
-- joining a slice gives the wording exactly as the ad has it.
create macro text.pieces_of(written) as
    list_transform(
        regexp_extract_all(
            text.marked(written),
            '(?:' || text.word_pattern() || ')[^\p{L}\p{N}💥🔥⚰💣🚀☠🪖⚔]*'
        ),
        lambda piece: replace(piece, chr(31), '')
    );

-- Without marks inside words: zero-width characters, soft hyphens, apostrophes, the
-- Armenian marks of stress, the Persian and Arabic ones of vowels and lengthening.
create macro text.bare(word) as
    regexp_replace(
        word,
        '[\x{200b}-\x{200d}\x{2060}\x{feff}\x{00ad}''’ʼʻ`´՛՜՞'
        || '\x{0640}\x{064b}-\x{065f}]',
        '',
        'g'
    );

-- Look-alikes of the other script inside one word: into Cyrillic where every Latin
-- letter has a Cyrillic twin and not the other way round, else into the majority's.
create macro text.unmixed(word) as
    case
        when not (
            regexp_matches(word, '[a-zə]')
            and regexp_matches(word, '[\x{0400}-\x{04ff}]')
        ) then word
        when
            regexp_matches(word, '[dfglnqrsuvwz]')
            or (
                not regexp_matches(word, '[бгдёжзийлнпфцчшщъыьэюяғҝөүҹїєґ]')
                and length(regexp_replace(word, '[^a-zə]', '', 'g'))
                > length(regexp_replace(word, '[^\x{0400}-\x{04ff}]', '', 'g'))
            )
            then translate(word, 'асеорхуһәіјкмтв', 'aceopxyhəijkmtb')
        else translate(word, 'aceopxyhəijkmtb', 'асеорхунәіјкмтв')
    end;

-- Fullwidth and mathematical letters as plain ones.
create macro text.plain(word) as
    case
        when
            not regexp_matches(
                word,
                '[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]'
                || '|[\x{1d400}-\x{1d6a3}]'
            ) then word
        else array_to_string(
            list_transform(
                string_split(word, ''),
                lambda letter: case
                    when unicode(letter) between 65296 and 65370
                        then chr(cast(unicode(letter) - 65248 as integer))
                    when unicode(letter) not between 119808 and 120483 then letter
                    when (unicode(letter) - 119808) % 52 < 26
                        then chr(cast(65 + (unicode(letter) - 119808) % 52 as integer))
                    else chr(cast(71 + (unicode(letter) - 119808) % 52 as integer))
                end
            ),
            ''
        )
    end;

-- Digits that stand for letters, between letters only: v0jna, в0йна, пре4истый.
create macro text.undigited(word) as
    case
        when not regexp_matches(word, '\p{L}[034]+\p{L}') then word
        when regexp_matches(word, '[\x{0400}-\x{04ff}]')
            then translate(word, '034', 'озч')
        else translate(word, '03', 'oe')
    end;

-- The one form: no diacritics (so ş is s and ASCII spelling matches), ə as e, ı as i,
-- Azerbaijani Cyrillic letters as those typed where a keyboard lacks them, and Arabic
-- letters and digits as Persian has them.
create macro text.folded(word) as
    case
        when not regexp_matches(word, '[^a-z0-9]|[a-z][03][a-z]') then word
        else translate(
            strip_accents(
                text.unmixed(text.undigited(
                    text.bare(lower(text.plain(nfc_normalize(word))))
                ))
            ),
            'əıҹҝғөүһјيىكةۀ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
            'eiчггоухиییکهه01234567890123456789'
        )
    end;

-- Azerbaijani in its Cyrillic alphabet of 1958, letter by letter.
create macro text.az_cyrillic(written) as
    translate(
        written,
        'abvqğdeəjziıykglmnoöprstuüfxhçcş',
        'абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹш'
    );

-- Lower case as Azerbaijani and Turkish have it: I is dotless ı, İ is i.
create macro text.lower_az(written) as
    lower(replace(replace(written, 'I', 'ı'), 'İ', 'i'));

-- What is not as text.evened leaves it, save blanks around the text.
create macro text.uneven_pattern() as
    '[\p{M}\x{212a}\x{212b}\x{1100}-\x{11ff}\t\n\f\r\x{1f}]|  ';

-- Unicode's composed form with blanks evened out; most texts are so already. The unit
-- separator is a blank too: text.marked uses it for itself.
create macro text.evened(written) as
    case
        when not regexp_matches(written, text.uneven_pattern()) then trim(written)
        else trim(regexp_replace(nfc_normalize(written), '[\s\x{1f}]+', ' ', 'g'))
    end;

-- Whether evening a text leaves anything of it: dearer to ask of the evened text.
create macro text.says_something(written) as
    regexp_matches(written, '[^\s\x{1f}\p{Zs}]');

-- Whether a text may be uneven or hide words. Reading a text through is what costs, so
-- all is asked at once; nearly every text needs no other look.
create macro text.needs_care(written) as
    regexp_matches(
        written,
        text.uneven_pattern()
        || '|^\p{Zs}|\p{Zs}$|'
        || text.hidden_words_pattern()
    );

-- The parts of an ad as one text, in order.
create macro text.joined_parts(bodies, titles, descriptions, captions) as
    array_to_string(
        list_concat(
            coalesce(bodies, []),
            coalesce(titles, []),
            coalesce(descriptions, []),
            coalesce(captions, [])
        ),
        ' ‖ '
    );

-- How many words stand between two stretches of a text; 0 where they touch or overlap.
create macro text.words_between(start_a, end_a, start_b, end_b) as
    greatest(start_b - end_a - 1, start_a - end_b - 1, 0);

-- The wording without the host names that captions end it with.
create macro text.readable(written) as
    regexp_replace(written, '( ‖ [^ ]+[.][^ .]{2,})+$', '');

-- Of each piece of a text its number, if a sentence or a part of the ad ends with it.
create macro text.ends_of(pieces) as
    list_transform(
        list_zip(pieces, range(1, len(pieces) + 1)),
        lambda piece: if(regexp_matches(piece[1], '[.!?…‖]'), piece[2], null)
    );

-- A text cut after its sentences and the ad's parts, each of at least four words.
create macro text.all_sentences(written) as
    regexp_extract_all(
        written,
        '(?s)(?:\S+\s+){3,}?\S*[.!?…‖]["»”’)]*(?:\s+|$)|.+$'
    );

-- The whole sentences around the words from first to last, exactly as the ad has them,
-- cut where a sentence goes on for more than 25 words.
create macro text.sentences_of(written, first_position, last_position) as
    regexp_replace(
        trim(array_to_string(
            list_slice(
                text.pieces_of(written),
                greatest(
                    first_position - 25,
                    1 + coalesce(list_max(list_filter(
                        text.ends_of(text.pieces_of(written)),
                        lambda number: number < first_position
                    )), 0)
                ),
                least(
                    last_position + 25,
                    coalesce(list_min(list_filter(
                        text.ends_of(text.pieces_of(written)),
                        lambda number: number >= last_position
                    )), last_position + 25)
                )
            ),
            ''
        )),
        '\s*‖\s*$', ''
    );

-- These sentences with the quotation marks and brackets that open the first word.
create macro text.quote_of(written, first_position, last_position) as
    list_transform(
        [text.sentences_of(written, first_position, last_position)],
        lambda sentence: case
            when contains(nfc_normalize(written), sentence)
                then regexp_extract(
                    split_part(nfc_normalize(written), sentence, 1), '[«“„"(#]*$'
                ) || sentence
            else ''
        end
    )[1];

-- A vector kept in whole steps, as DuckDB's vector functions take it.
create macro text.as_vector(steps, step) as
    cast(list_transform(steps, lambda x: x * step) as float[384]); -- noqa: LT01

-- How like two texts are, from 0 to 1, by their vectors and by the concepts they differ
-- in; the same formula as analysis/semantic/kernel.py.
create macro text.likeness(vector_a, mask_a, vector_b, mask_b, reach, weight) as
    exp(
        -reach * pow(array_distance(vector_a, vector_b), 2)
        - weight * bit_count(xor(mask_a, mask_b))
    );

-- Where in a text a word stands: in a hashtag, in a link, or in running text.
create macro text.field_of(pieces, written, spot) as
    case
        when
            regexp_matches(
                array_to_string(
                    list_slice(pieces, greatest(spot - 5, 1), spot - 1), ''
                ),
                '#[\p{L}\p{N}_]*$'
            )
            or (spot = 1 and starts_with(written, '#'))
            then 'hashtag'
        when
            (spot < len(pieces) and regexp_matches(pieces[spot], '[./@_]$'))
            or (spot > 1 and regexp_matches(pieces[spot - 1], '[./@_]$'))
            then 'link'
        else 'text'
    end;

-- The letters of a text without links, tags and names: a word with a capital within a
-- sentence is taken for a name, so that a list of names is no text in a language.
create macro text.letters_without_names(pieces) as
    length(array_to_string(
        list_transform(
            list_filter(
                range(1, len(pieces) + 1),
                lambda number: not regexp_matches(pieces[number], '[./@#_]$')
                and not (
                    number > 1 and regexp_matches(pieces[number - 1], '[./@#_]$')
                )
                and not (
                    number > 1
                    and regexp_matches(pieces[number], '^\p{Lu}\p{Ll}')
                    and not regexp_matches(pieces[number - 1], '[.!?…‖:\n]')
                )
            ),
            lambda number: regexp_replace(pieces[number], '[^\p{L}]', '', 'g')
        ),
        ''
    ));

-- Each of several words or names in its matching form.
create macro text.all_folded(written) as
    list_transform(written, lambda each: text.folded(trim(each)));

-- How many texts the archive has beside those at hand: none, unless only a part of them
-- is worked on, on one of many machines or because the others are known.
create macro text.texts_elsewhere() as 0;

-- Whether each of so many texts gets a vector: some minutes on two cores, once.
create macro text.all_get_vectors(texts_count) as texts_count <= 20000;
