-- noqa: disable=LT02,AM04,RF02,RF03
-- plain_number(number): a number with commas between thousands, and two decimals only
-- where it is not whole.
create macro plain_number(number) as
    case
        when number = trunc(number) then format('{:,}', cast(number as hugeint))
        else format('{:,.2f}', cast(number as double))
    end;
