-- noqa: disable=LT02,AM04,RF02,RF03
-- band(lowest, highest, unit): a range in words, such as "at least 100 and no more than
-- 499 USD"; an open end is said to be open, and nothing known is "not disclosed".
create macro band(lowest, highest, unit) as
    case
        when lowest is null and highest is null then 'not disclosed'
        when highest is null
            then 'at least ' || plain_number(lowest) || ' '
            || coalesce(unit, 'of an unknown unit') || ', no upper end given'
        when lowest is null
            then 'no more than ' || plain_number(highest) || ' '
            || coalesce(unit, 'of an unknown unit') || ', no lower end given'
        when lowest = highest
            then 'exactly ' || plain_number(lowest) || ' '
            || coalesce(unit, 'of an unknown unit')
        else 'at least ' || plain_number(lowest) || ' and no more than '
            || plain_number(highest) || ' ' || coalesce(unit, 'of an unknown unit')
    end;
