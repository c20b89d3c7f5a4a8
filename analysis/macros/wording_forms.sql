-- What stays of a wording when what varies from copy to copy is left out.
-- noqa: disable=LT02

-- Without links and the host names that captions end a wording with.
create macro text.unlinked(written) as
    regexp_replace(
        text.readable(written),
        '(?:https?://|www[.])[^ ]*|[^ /]+[.]\p{L}{2,}/[^ ]*',
        ' ',
        'g'
    );

-- Whether letters of two scripts, or signs without width, stand inside words.
create macro text.is_disguised(written) as
    regexp_matches(
        written,
        '[A-Za-zƏə][\x{0400}-\x{04ff}]|[\x{0400}-\x{04ff}][A-Za-zƏə]'
        || '|[\x{200b}-\x{200d}\x{2060}\x{feff}\x{00ad}]'
    );

-- Disguised words with look-alike letters as those they stand for.
create macro text.undisguised(words) as
    list_transform(
        words,
        lambda word: case
            when text.is_disguised(word) then text.unmixed(text.bare(word))
            else word
        end
    );

-- One number per word of a text, in order. Words that begin with a figure, and emoji,
-- are left out: they differ between copies of one template.
create macro text.word_numbers(words) as
    list_filter(
        list_transform(
            words,
            lambda word: case
                when
                    word >= ':'
                    and word not in ('💥', '🔥', '⚰', '💣', '🚀', '☠', '🪖', '⚔')
                    then hash(word)
            end
        ),
        lambda number: number is not null
    );

-- Each two neighbouring words as one number.
create macro text.word_pairs_of(numbers) as
    list_transform(
        list_zip(numbers[:-2], numbers[2:]),
        lambda pair: cast(hash(pair) >> 32 as uinteger)
    );

-- How much two texts share: word pairs in both, of the word pairs in either (Jaccard).
create macro text.overlap(pairs_a, pairs_b) as
    len(list_intersect(pairs_a, pairs_b))
    / len(list_distinct(list_concat(pairs_a, pairs_b)));

-- A value of its own for each number of a row of independent orders.
create macro text.reordered(value, order_number) as
    hash(value + cast(order_number as ubigint));
