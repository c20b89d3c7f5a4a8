-- noqa: disable=LT02,AM04,RF02,RF03
-- folded_words(written): the words of any text in the form that terms are matched in:
-- no case, no diacritics, no look-alike letters.
create macro folded_words(written) as
    list_transform(
        text.words_of(text.evened(written)),
        lambda spoken: text.folded(spoken)
    );
