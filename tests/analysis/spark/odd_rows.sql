-- Rows on which the two engines have been seen to differ.
select * from (
    values
    (1, 'I', 1::bigint, 0.125::double, 1.25::decimal(18, 2), ['ə', null, 'b'],
    date '2026-03-01', timestamp '2026-03-01 10:00:00'),
    (1, null, 9, 2.675, null, null, date '2025-12-29', null),
    (1, 'İ', 3, null, -0.05, [], null, timestamp '2025-01-01 00:00:00.000001'),
    (2, 'ı', 2, 1e-7, 99.99, ['b', 'a', 'a'], date '2024-02-29',
    timestamp '2024-02-29 23:59:59'),
    (2, 'Σas', 2, -2.5, 0.00, ['I', 'ə'], date '2026-01-01', null),
    (3, null, 4, 0.5, null, null, null, null),
    (3, '𐐷x', 7, 3.5, 5, [null], date '2026-01-04', timestamp '2026-01-01 00:00:00')
) as odd(g, s, n, d, m, l, day, moment)
