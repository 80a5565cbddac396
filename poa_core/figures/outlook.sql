-- Where the outcome is likely to stand by December: forecast and back-test, after Hyndman and Athanasopoulos,
-- Forecasting: Principles and Practice, 5.2 and 5.5 (drift and its interval). Read of the rule where words
-- leave a choice: * A reported month is one the whole utility is known for; the baseline at month 0 is the
-- origin, not a report. * Each report but the first is foreseen from the report before it, so n is the
-- reports less one; a gap's error counts once and as it is. k is a month's number (the months since b), in
-- the forecast that of the last report. * r is the outcome's compliance at the origin, with its rule for a
-- path that still stands at b. * The plan gives a path where it states any month from January to November; on
-- a straight line plan-shaped is drift. * A cut-off in December has no forecast, whether or not December is
-- told.

-- Grain: candidate x month foreseen: the next report from each report, and every month to December from the
-- last.
CREATE OR REPLACE MACRO foreseen(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH path AS (
    SELECT p.month, p.reported, p.programmed, p.is_assumed, CAST(v.baseline AS DOUBLE) AS baseline,
           v.direction
    FROM outcome_path(the_year, the_entity, the_process, cutoff, known_at, programme) AS p
    CROSS JOIN plan_version(the_year, the_entity, the_process, known_at, programme) AS v
), origin AS (
    SELECT *, lead(month) OVER (ORDER BY month) AS next_month,
           outcome_compliance(baseline, reported, programmed, direction) AS ratio
    FROM path
    WHERE reported IS NOT NULL
), looked_ahead AS (
    SELECT o.month AS origin_month, o.next_month IS NULL AS is_ahead, o.baseline,
           o.reported AS origin_reported, o.ratio,
           p.month, p.month - o.month AS step, p.programmed, p.reported
    FROM origin AS o
    JOIN path AS p ON p.month > o.month AND coalesce(p.month = o.next_month, TRUE)
), candidate AS (
    SELECT 1 AS place, 'no_change' AS method
    UNION ALL SELECT 2, 'drift'
    UNION ALL SELECT 3, 'plan_shaped' WHERE EXISTS (FROM path WHERE month BETWEEN 1 AND 11 AND NOT is_assumed)
)
SELECT c.place, c.method, l.origin_month, l.month, l.step, l.is_ahead, l.reported,
       CASE c.method
            WHEN 'no_change' THEN l.origin_reported
            WHEN 'drift' THEN l.origin_reported + l.step * (l.origin_reported - l.baseline) / l.origin_month
            ELSE l.baseline - l.ratio * (l.baseline - l.programmed) END AS expected
FROM looked_ahead AS l
CROSS JOIN candidate AS c;

-- Grain: degrees of freedom. Student's t at 0.9, which leaves 80 % between both sides, from the distribution
-- itself; Abramowitz and Stegun, Handbook of Mathematical Functions, table 26.10, prints the first three
-- decimals.
CREATE OR REPLACE MACRO student_t() AS TABLE
SELECT * FROM (VALUES
    (1, 3.0776835372), (2, 1.8856180832), (3, 1.6377443537), (4, 1.5332062741), (5, 1.4758840488),
    (6, 1.4397557473),
    (7, 1.4149239277), (8, 1.3968153098), (9, 1.3830287384), (10, 1.3721836411), (11, 1.3634303181)
) AS quantile(degrees, t);

-- Grain: month after the last report, to December, with the winning candidate and its errors; none in a
-- cut-off of December or with fewer than four reports.
CREATE OR REPLACE MACRO forecast(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH seen AS (
    FROM foreseen(the_year, the_entity, the_process, cutoff, known_at, programme)
), tested AS (
    SELECT place, method, count(*) AS error_count, min(month) AS tested_from,
           avg(abs(reported - expected)) AS mean_absolute_error,
           sqrt(avg((reported - expected) * (reported - expected))) AS root_mean_square
    FROM seen
    WHERE NOT is_ahead
    GROUP BY place, method
), ranked AS (
    SELECT *, min(mean_absolute_error) OVER () AS least_error FROM tested
), chosen AS (
    SELECT * FROM ranked WHERE mean_absolute_error <= least_error + 1e-9 ORDER BY place LIMIT 1
), widened AS (
    SELECT s.month, s.expected, c.method, c.mean_absolute_error, c.error_count, c.tested_from,
           CASE WHEN c.root_mean_square > 1e-9
                THEN CAST(q.t AS DOUBLE) * c.root_mean_square
                    * sqrt(s.step * (1 + s.step / s.origin_month)) END AS half_width
    FROM chosen AS c
    JOIN seen AS s ON s.method = c.method AND s.is_ahead
    JOIN student_t() AS q ON q.degrees = c.error_count
    WHERE cutoff < 12 AND c.error_count >= 3
)
SELECT month, expected, expected - half_width AS low, expected + half_width AS high,
       method, mean_absolute_error, error_count, tested_from
FROM widened
ORDER BY month;

-- Grain: the outcome. December's forecast, or the reason why there is none.
CREATE OR REPLACE MACRO outlook(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH counted AS (
    SELECT count(reported) AS report_count, max(month) FILTER (WHERE reported IS NOT NULL) AS month_reported
    FROM outcome_path(the_year, the_entity, the_process, cutoff, known_at, programme)
    HAVING count(*) > 0
)
SELECT CASE WHEN cutoff = 12 THEN 'at_december' WHEN f.month IS NULL THEN 'too_early' END AS reason,
       c.report_count, c.month_reported, f.method, f.mean_absolute_error, f.error_count, f.tested_from,
       f.expected, f.low, f.high
FROM counted AS c
LEFT JOIN forecast(the_year, the_entity, the_process, cutoff, known_at, programme) AS f ON f.month = 12;
