-- What explains a figure: the points each activity takes, what changed the plan's compliance, what a mean
-- still needs, how the outcome moved, one year against another. Every side is metrics.sql's own figure, at
-- its own cut-off and instant. the_objective, the_responsible, the_locality: NULL for all.

-- Grain: activity that counts in a roll-up, under the filters.
CREATE OR REPLACE MACRO counted_member(
    the_year, the_entity, the_process, cutoff, known_at, programme, the_objective, the_responsible,
    the_locality
) AS TABLE
FROM rollup_member(the_year, the_entity, the_process, cutoff, known_at, programme)
WHERE value IS NOT NULL AND (the_objective IS NULL OR objective = the_objective)
  AND (the_responsible IS NULL OR responsible = the_responsible)
      AND (the_locality IS NULL OR locality = the_locality);

-- Grain: activity due. What it takes away from 100 %, a ratio: they add up to 1 less the roll-up's
-- compliance.
CREATE OR REPLACE MACRO points_taken(
    the_year, the_entity, the_process, cutoff, known_at, programme, the_objective, the_responsible,
    the_locality
) AS TABLE
SELECT code, position, status, compliance, weight, weight
           * (1 - value) / nullif(sum(weight) OVER (), 0) AS points
FROM counted_member(the_year, the_entity, the_process, cutoff, known_at, programme, the_objective,
    the_responsible, the_locality)
ORDER BY points DESC, position;

-- Grain: activity due in either view, and the plan's own change (code NULL). What each explains of the change
-- of compliance from (cutoff_then, since) to (cutoff, known_at), a ratio; no rows where a side has no
-- compliance. version_now: the upload of the plan's version in the later view, as text: the earlier view is
-- taken under it too, and what differs is the plan's own change.
CREATE OR REPLACE MACRO compliance_change(
    the_year, the_entity, the_process, cutoff, known_at, programme, cutoff_then, since, version_now,
    the_objective, the_responsible, the_locality
) AS TABLE
WITH old AS (
    FROM counted_member(the_year, the_entity, the_process, cutoff_then, since, programme, the_objective,
        the_responsible, the_locality)
), mid AS MATERIALIZED (
    FROM counted_member(the_year, the_entity, the_process, cutoff_then, since, version_now, the_objective,
        the_responsible, the_locality)
), new AS MATERIALIZED (
    FROM counted_member(the_year, the_entity, the_process, cutoff, known_at, programme, the_objective,
        the_responsible, the_locality)
), whole AS (
    SELECT (SELECT sum(value * weight) / nullif(sum(weight), 0) FROM old) AS c_old,
           (SELECT sum(value * weight) / nullif(sum(weight), 0) FROM mid) AS c_mid,
           (SELECT sum(value * weight) / nullif(sum(weight), 0) FROM new) AS c_new,
           (SELECT sum(weight) FROM new) AS weight
), told AS (
    FROM whole WHERE c_old IS NOT NULL AND c_mid IS NOT NULL AND c_new IS NOT NULL
)
SELECT CAST(NULL AS VARCHAR) AS code, 0 AS position, FALSE AS is_newly_due, FALSE AS is_no_longer_due,
       c_mid - c_old AS change
FROM told
UNION ALL
SELECT code, coalesce(n.position, m.position), m.value IS NULL, n.value IS NULL,
       CASE WHEN n.value IS NULL THEN m.weight * (t.c_mid - m.value)
            WHEN m.value IS NULL THEN n.weight * (n.value - t.c_mid)
            ELSE n.weight * (n.value - m.value) END / t.weight
FROM new AS n
FULL JOIN mid AS m USING (code)
CROSS JOIN told AS t;

-- Grain: activity whose months are averaged. What it needs on average of the months not yet due to end the
-- year at its target, and the verdict.
CREATE OR REPLACE MACRO needed_average(the_year, the_entity, the_process, cutoff, known_at,
    programme) AS TABLE
WITH counted AS (
    SELECT code,
           count(*) FILTER (WHERE programmed IS NOT NULL AND due_month > cutoff) AS months_left,
           count(*) FILTER (WHERE is_counted) AS months_counted,
           max(reported) FILTER (WHERE is_counted) AS highest,
           min(reported) FILTER (WHERE is_counted) AS lowest,
           max(month) FILTER (WHERE programmed IS NOT NULL) AS last_programmed,
           max(month) FILTER (WHERE is_counted) AS last_counted
    FROM cell(the_year, the_entity, the_process, cutoff, known_at, programme)
    WHERE aggregation = 'mean'
    GROUP BY code
), known AS (
    SELECT a.code, a.position, a.direction, a.target, a.compliance, a.reported_to_date AS reported,
           c.* EXCLUDE (code),
           (a.target * (c.months_counted + c.months_left) - a.reported_to_date * c.months_counted)
               / nullif(c.months_left, 0) AS needed,
           CASE a.direction WHEN 'higher' THEN 1 ELSE -1 END AS sign
    FROM activity_to_date(the_year, the_entity, the_process, cutoff, known_at, programme) AS a
    JOIN counted AS c USING (code)
    WHERE a.status <> 'not_reported' AND a.target IS NOT NULL AND a.reported_to_date IS NOT NULL
)
SELECT code, position, months_counted, months_left, needed AS needed_average,
       CASE WHEN months_left = 0 AND last_counted < last_programmed THEN 'unknown'
            WHEN months_left = 0 THEN CASE WHEN (reported - target) * sign >= -1e-9 THEN 'reached'
                ELSE 'missed' END
            WHEN compliance >= 1 - 1e-9 THEN 'on_pace'
            WHEN (CASE direction WHEN 'higher' THEN highest ELSE lowest END - needed) * sign >= -1e-9
                THEN 'reachable'
            WHEN months_counted < 3 THEN 'too_early'
            ELSE 'needs_record' END AS verdict
FROM known
ORDER BY position;

-- Grain: reported month of the outcome, and each locality of it where its value and the one before it are
-- made of the same localities (locality NULL: the whole). The value less the one before it, the baseline
-- before the first; beside it the path's.
CREATE OR REPLACE MACRO outcome_movement(the_year, the_entity, the_process, cutoff, known_at,
    programme) AS TABLE
WITH path AS MATERIALIZED (
    FROM outcome_path(the_year, the_entity, the_process, cutoff, known_at, programme)
), step AS (
    SELECT month, reported, lag(month) OVER in_order AS month_before,
           reported - lag(reported) OVER in_order AS change,
           programmed - lag(programmed) OVER in_order AS path_change
    FROM (SELECT month, programmed, CASE month WHEN 0 THEN programmed ELSE reported END AS reported FROM path)
    WHERE reported IS NOT NULL
    WINDOW in_order AS (ORDER BY month)
), part AS (
    SELECT v.month, v.locality, CAST(v.reported AS DOUBLE) AS reported
    FROM current_value(the_year, the_entity, the_process, known_at) AS v
    JOIN measured_code(the_year, the_entity, the_process, known_at, programme) AS m ON m.code = v.code
    WHERE v.code = (SELECT any_value(code) FROM path) AND m.combination = 'sum' AND v.locality <> m.own
        AND v.month <= cutoff
), named AS (
    SELECT month, list(locality ORDER BY locality) AS localities FROM part GROUP BY month
)
SELECT month, month_before, CAST(NULL AS VARCHAR) AS locality, reported, change, path_change
FROM step
WHERE month > 0
UNION ALL
SELECT s.month, s.month_before, p.locality, p.reported, p.reported - b.reported, NULL
FROM step AS s
JOIN named AS n ON n.month = s.month
JOIN named AS o ON o.month = s.month_before AND o.localities = n.localities
JOIN part AS p ON p.month = s.month
JOIN part AS b ON b.month = s.month_before AND b.locality = p.locality
ORDER BY month, locality NULLS FIRST;

-- Grain: the outcome, no row where nothing is to be said. The first month from which its gap to the path has
-- never been under 90 % of today's, where three reported months have followed and the gap is unfavourable;
-- how it and the path moved since, a month.
CREATE OR REPLACE MACRO gap_origin(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH gap AS (
    SELECT p.month, p.reported, p.programmed, (p.reported - p.programmed) * CASE v.direction WHEN 'lower'
               THEN 1 ELSE -1 END AS gap
    FROM outcome_path(the_year, the_entity, the_process, cutoff, known_at, programme) AS p
    CROSS JOIN plan_version(the_year, the_entity, the_process, known_at, programme) AS v
    WHERE p.month > 0 AND p.reported IS NOT NULL
), held AS (
    SELECT *, min(gap) OVER from_then AS least_since, count(*) OVER from_then - 1 AS followed,
           last_value(gap) OVER from_then AS gap_now, last_value(month) OVER from_then AS month_now,
           last_value(reported) OVER from_then AS reported_now,
           last_value(programmed) OVER from_then AS programmed_now
    FROM gap
    WINDOW from_then AS (ORDER BY month ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
), first AS (
    FROM held WHERE gap_now > 1e-9 AND least_since >= 0.9 * gap_now - 1e-9 ORDER BY month LIMIT 1
)
SELECT month, gap, month_now, gap_now, (reported_now - reported) / (month_now - month) AS change_a_month,
       (programmed_now - programmed) / (month_now - month) AS path_change_a_month
FROM first
WHERE followed >= 3;

-- Grain: activity of either of two plans. One year against another at the same cut-off: activities by code.
CREATE OR REPLACE MACRO year_against_year(the_year, the_entity, the_process, cutoff, known_at, programme,
    other_year) AS TABLE
SELECT code, n.position, n.compliance, o.compliance AS compliance_then, n.compliance - o.compliance AS change
FROM activity_to_date(the_year, the_entity, the_process, cutoff, known_at, programme) AS n
FULL JOIN activity_to_date(other_year, the_entity, the_process, cutoff, known_at, programme) AS o USING (code)
ORDER BY coalesce(n.position, 1000000 + o.position), code;
