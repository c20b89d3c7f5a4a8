-- How a count in a window compares with the usual one.
-- noqa: disable=LT02

-- Rate in the window over the rate elsewhere; `exposure` is the window's days over the
-- days elsewhere.
create macro text.rate_ratio(inside, elsewhere, exposure) as
    inside / nullif(elsewhere * exposure, 0);

create macro text.odds_of(share) as
    if(share < 1, share / (1 - share), null);

create macro text.score_end(share, trials, side) as
    least(1, greatest(0, (
        share
        + 1.96 * 1.96 / (2 * trials)
        + side * 1.96 * sqrt(
            share * (1 - share) / trials + 1.96 * 1.96 / (4 * trials * trials)
        )
    ) / (1 + 1.96 * 1.96 / trials)));

-- One end of the ratio's 95 % interval: of all counts the share that fell inside is
-- binomial (Wilson's score interval, side -1 or 1), with `spread` times the variance.
create macro text.rate_ratio_end(inside, elsewhere, exposure, spread, side) as
    text.odds_of(text.score_end(
        inside / nullif(inside + elsewhere, 0), (inside + elsewhere) / spread, side
    )) / nullif(exposure, 0);

-- What a reader must know before using the ratio, in words.
create macro text.window_caveat(
    covered_days, advertisers, inside, usual, ratio_low, ratio_high
) as
    case
        when covered_days = 0 then 'no day of this window was collected'
        when advertisers = 0
            then 'no advertiser with ads before and after: nothing to compare with'
        when usual is null or inside + usual < 10 then 'too few to say'
        when covered_days < 14
            then 'only ' || covered_days || ' of 14 days were collected'
        when ratio_low > 1
            then 'more than usual for these advertisers; why is not known'
        when ratio_high < 1
            then 'fewer than usual for these advertisers; why is not known'
        else 'no different from usual, as far as can be told'
    end;
