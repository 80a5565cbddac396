-- What screens list. No figure is defined here: values come from the ledger, figures from metrics.sql.

-- Grain: plan. Every plan of the ledger with its newest accepted version. has_due: a month of it is no
-- longer open, seen from today.
-- archived: it stands in no selector; archive says since when, by whom and why. Its address shows it all the
-- same. Versions, closings and archivings are gathered by plan in one pass: joined one by one they take a
-- quarter longer.
CREATE OR REPLACE MACRO known_plan(known_at, today) AS TABLE
WITH fact AS (
    SELECT year, entity, process, upload_id, accepted_at, NULL AS closed, NULL AS change_id, NULL AS archive
    FROM upload AS u
    WHERE kind = 'plan' AND accepted_at <= known_at
      AND NOT EXISTS (FROM withdrawal AS w WHERE w.upload_id = u.upload_id AND w.withdrawn_at <= known_at)
    UNION ALL
    SELECT year, entity, process, NULL, NULL, arg_max(closed, change_id), NULL, NULL
    FROM month_state WHERE changed_at <= known_at GROUP BY year, entity, process, month
    UNION ALL
    SELECT year, entity, process, NULL, NULL, NULL, change_id,
           {'archived': archived, 'changed_at': changed_at, 'changed_by': changed_by, 'reason': reason}
    FROM plan_archive WHERE changed_at <= known_at
), gathered AS (
    SELECT max(upload_id) AS newest, count(upload_id) AS versions, min(accepted_at) AS first_accepted_at,
           arg_max(accepted_at, upload_id) AS accepted_at, coalesce(bool_or(closed), FALSE) AS has_closed,
           arg_max(archive, change_id) AS archive
    FROM fact GROUP BY year, entity, process
)
SELECT p.year, p.entity, p.process, p.general_objective, p.leader, p.outcome_code, p.outcome, p.unit,
       CAST(p.baseline AS DOUBLE) AS baseline, CAST(p.target AS DOUBLE) AS target, p.direction,
       p.met_threshold, p.at_risk_threshold, p.reporting_day, g.accepted_at, p.upload_id, g.versions,
       g.first_accepted_at,
       -- January's reporting day is the year's first: what reporting_day says of every month, asked here for
       -- all plans at once.
       g.has_closed OR CAST(today - INTERVAL 5 HOUR AS DATE) > make_date(p.year, 2,
           least(p.reporting_day, 28)) AS has_due,
       coalesce(g.archive.archived, FALSE) AS archived, g.archive
FROM gathered AS g
JOIN plan AS p ON p.upload_id = g.newest
ORDER BY p.year DESC, p.entity, p.process;

-- Grain: upload, newest first, withdrawn ones included.
CREATE OR REPLACE MACRO upload_history(the_year, the_entity, the_process, known_at) AS TABLE
WITH counted AS (
    SELECT v.upload_id, count(*) AS value_count, min(v.month) AS first_month, max(v.month) AS last_month
    FROM reported_value AS v
    WHERE v.year = the_year AND v.entity = the_entity AND v.process = the_process
    GROUP BY v.upload_id
), followed AS (
    -- A correction: before it the same cell was told, in a file that was not taken back until then.
    SELECT v.upload_id,
           coalesce(max(coalesce(w.withdrawn_at, TIMESTAMP 'infinity')) OVER (
               PARTITION BY v.code, v.locality, v.month, u.illustrative
               ORDER BY u.upload_id GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) > u.accepted_at, FALSE) AS is_correction
    FROM reported_value AS v
    JOIN upload AS u USING (upload_id)
    LEFT JOIN withdrawal AS w USING (upload_id)
    WHERE v.year = the_year AND v.entity = the_entity AND v.process = the_process
), corrected AS (
    SELECT upload_id, count(*) FILTER (WHERE is_correction) AS corrections FROM followed GROUP BY upload_id
)
SELECT u.upload_id, u.kind, u.file_name, u.sha256, u.uploaded_by, u.accepted_at, u.reason, u.illustrative,
       u.row_count, coalesce(c.value_count, 0) AS value_count, coalesce(k.corrections, 0) AS corrections,
       c.first_month, c.last_month, w.withdrawn_at, w.withdrawn_by, w.reason AS withdrawal_reason
FROM upload AS u
LEFT JOIN counted AS c USING (upload_id)
LEFT JOIN corrected AS k USING (upload_id)
LEFT JOIN withdrawal AS w ON w.upload_id = u.upload_id AND w.withdrawn_at <= known_at
WHERE u.year = the_year AND u.entity = the_entity AND u.process = the_process AND u.accepted_at <= known_at
ORDER BY u.upload_id DESC;

-- Grain: value as reported, newest first: file, who, when, and what it replaced.
CREATE OR REPLACE MACRO value_history(the_year, the_entity, the_process, the_code, known_at) AS TABLE
SELECT v.month, v.locality, v.reported, v.retracted, v.upload_id, u.file_name, u.uploaded_by, u.accepted_at,
       w.withdrawn_at IS NOT NULL AS is_withdrawn,
       w.withdrawn_at IS NULL AND row_number() OVER (
           PARTITION BY v.month, v.locality, w.withdrawn_at IS NULL
           ORDER BY u.upload_id DESC
       ) = 1 AS is_current,
       lag(v.reported) OVER (
           PARTITION BY v.month, v.locality, w.withdrawn_at IS NULL
           ORDER BY u.upload_id
       ) AS replaced
FROM reported_value AS v
JOIN upload AS u USING (upload_id)
LEFT JOIN withdrawal AS w ON w.upload_id = v.upload_id AND w.withdrawn_at <= known_at
WHERE v.year = the_year AND v.entity = the_entity AND v.process = the_process AND v.code = the_code
  AND u.accepted_at <= known_at
  -- An illustration taken away is no part of what the activity was ever said to be.
  AND NOT (u.illustrative AND w.withdrawn_at IS NOT NULL)
ORDER BY v.month DESC, u.upload_id DESC, v.locality;

-- Grain: activity with its newest cause and measure up to the cut-off.
CREATE OR REPLACE MACRO latest_remark(the_year, the_entity, the_process, cutoff, known_at) AS TABLE
SELECT code, month, note, cause, measure, accepted_at, uploaded_by
FROM current_remark(the_year, the_entity, the_process, known_at)
WHERE month <= cutoff AND (cause IS NOT NULL OR measure IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY code ORDER BY month DESC, accepted_at DESC, locality) = 1;

-- Grain: activity x month that falls due after the cut-off and has no report yet.
CREATE OR REPLACE MACRO falling_due(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
SELECT c.code, a.position, a.indicator, a.activity, a.unit, a.is_percent, a.responsible, a.locality,
       a.objective,
       c.month, c.due_month, c.is_provisional, CAST(c.programmed AS DOUBLE) AS programmed
FROM cell(the_year, the_entity, the_process, cutoff, known_at, programme) AS c
JOIN plan_activity(the_year, the_entity, the_process, known_at, programme) AS a USING (code)
WHERE c.state = 'upcoming' AND c.programmed > 0
ORDER BY c.due_month, a.position;

-- Grain: activity x locality it is reported by, the outcome first (position 0): what a month asks, what was
-- last told up to it. Localities are those the plan lists, else those that have reported it; the activity's
-- own where there are none, where local values make no value of the utility, and where the month has one.
-- is_lacking: the others are in and this one is not.
CREATE OR REPLACE MACRO month_sheet(the_year, the_entity, the_process, the_month, known_at,
    programme) AS TABLE
WITH value_told AS MATERIALIZED (
    FROM current_value(the_year, the_entity, the_process, known_at)
), measured AS MATERIALIZED (
    SELECT code, position, activity, indicator, unit, contains(unit, '%') AS is_percent, responsible,
           objective, own, localities, combination
    FROM measured_code(the_year, the_entity, the_process, known_at, programme)
), located AS (
    SELECT m.* EXCLUDE (localities, combination),
           unnest(list_distinct(CASE WHEN m.combination = 'none' OR s.is_whole_told
               OR coalesce(m.localities, '') = '' AND s.localities IS NULL
                                     THEN [m.own] ELSE [] END || coalesce(string_split(m.localities, '|'),
                                         s.localities, []))) AS locality
    FROM measured AS m
    LEFT JOIN (
        SELECT v.code, list(DISTINCT v.locality ORDER BY v.locality)
                   FILTER (WHERE m.own <> v.locality) AS localities,
               bool_or(m.own = v.locality AND v.month = the_month) AS is_whole_told
        FROM value_told AS v JOIN measured AS m ON m.code = v.code
        GROUP BY v.code
    ) AS s USING (code)
), told AS (
    SELECT code, locality, arg_max(reported, month) AS last_reported, max(month) AS last_month,
           max(reported) FILTER (WHERE month = the_month) AS this_month_reported
    FROM value_told WHERE month <= the_month
    GROUP BY code, locality
), asked AS (
    SELECT a.code, CAST(programmed_work(g.programmed, a.aggregation) AS DOUBLE) AS programmed,
           g.is_provisional
    FROM plan_activity(the_year, the_entity, the_process, known_at, programme) AS a
    JOIN programme AS g
        ON g.upload_id = a.upload_id AND g.year = the_year AND g.entity = the_entity
       AND g.process = the_process AND g.code = a.code AND g.month = the_month
    UNION ALL
    SELECT code, round(programmed, 2), FALSE
    FROM outcome_line(the_year, the_entity, the_process, known_at, programme) WHERE month = the_month
), lacked AS (
    SELECT code, localities_missing
    FROM month_value(the_year, the_entity, the_process, the_month, known_at, programme)
    WHERE month = the_month AND is_partial
)
SELECT l.* EXCLUDE (own),
       -- A locality has no programme of its own in what is programmed for the whole utility.
       CASE WHEN l.locality = l.own THEN a.programmed END AS programmed,
       a.programmed IS NOT NULL AND a.is_provisional AS is_provisional,
       CAST(t.last_reported AS DOUBLE) AS last_reported, t.last_month,
       CAST(t.this_month_reported AS DOUBLE) AS this_month_reported,
       coalesce(list_contains(k.localities_missing, l.locality), FALSE) AS is_lacking
FROM located AS l
LEFT JOIN asked AS a USING (code)
LEFT JOIN lacked AS k USING (code)
LEFT JOIN told AS t ON t.code = l.code AND t.locality = l.locality
ORDER BY l.position, l.locality;

-- A code that lacks a report, with the localities it lacks where the others are in.
CREATE OR REPLACE MACRO lacking(code, localities) AS code || CASE WHEN localities <> ''
    THEN ' (' || localities || ')' ELSE '' END;

-- Grain: responsible division x month up to the cut-off in which something fell due, and the division to date
-- (month is NULL). Of a month: how much of what fell due is reported, how much by the month's reporting day
-- (Lima), which codes lack what; the outcome answers for the whole utility: its row has no division. To date:
-- the same of all its cells; which of its activities lack a month or a part of one; when it last reported.
CREATE OR REPLACE MACRO division_report(the_year, the_entity, the_process, cutoff, known_at,
    programme) AS TABLE
WITH due AS MATERIALIZED (
    FROM due_cell(the_year, the_entity, the_process, cutoff, known_at, programme)
), told AS (
    SELECT v.code, v.locality, v.month, min(u.accepted_at) AS accepted_at
    FROM reported_value AS v
    JOIN accepted_upload(the_year, the_entity, the_process, known_at) AS u USING (upload_id)
    WHERE v.year = the_year AND v.entity = the_entity AND v.process = the_process AND NOT v.retracted
    GROUP BY v.code, v.locality, v.month
), first_told AS (
    -- Told by locality, a month is in when its last locality is.
    SELECT code, month,
           coalesce(min(accepted_at) FILTER (WHERE locality = 'EPS'), max(accepted_at)) AS accepted_at
    FROM told
    GROUP BY code, month
), monthly AS (
    SELECT d.responsible, d.due_month AS month, min(d.position) AS position,
           count(*) AS due,
           count(*) FILTER (WHERE NOT d.is_lacking) AS reported,
           count(*) FILTER (WHERE NOT d.is_lacking AND NOT d.is_late
               AND coalesce(CAST(f.accepted_at - INTERVAL 5 HOUR AS DATE) <= m.reporting_date,
                   TRUE)) AS on_time,
           count(*) FILTER (WHERE d.is_lacking) AS missing,
           count(*) FILTER (WHERE d.is_partial) AS partial,
           string_agg(lacking(d.code, d.localities_missing), ', ' ORDER BY d.position, d.month)
               FILTER (WHERE d.is_lacking) AS missing_codes
    FROM due AS d
    JOIN reporting_day(the_year, the_entity, the_process, known_at, programme) AS m ON m.month = d.due_month
    LEFT JOIN first_told AS f ON f.code = d.code AND f.month = d.month
    -- the outcome's row is not of what nobody answers for
    GROUP BY d.responsible, d.due_month, d.position = 0
), cells AS (
    SELECT responsible, CAST(sum(due) AS INTEGER) AS cells_due,
           CAST(sum(reported) AS INTEGER) AS cells_reported,
           CAST(sum(on_time) AS INTEGER) AS cells_on_time, CAST(sum(partial) AS INTEGER) AS cells_partial
    FROM monthly
    WHERE position > 0
    GROUP BY responsible
), last_report AS (
    SELECT code, max(accepted_at) AS accepted_at
    FROM current_value(the_year, the_entity, the_process, known_at)
    WHERE month <= cutoff
    GROUP BY code
), lacking_code AS (
    SELECT responsible, code, min(position) AS position,
           string_agg(DISTINCT nullif(localities_missing, ''), ', ') AS localities_missing
    FROM due
    WHERE is_lacking AND position > 0
    GROUP BY responsible, code
), lacked AS (
    SELECT responsible, count(*) AS missing, string_agg(lacking(code, localities_missing),
               ', ' ORDER BY position) AS missing_codes
    FROM lacking_code
    GROUP BY responsible
), divided AS (
    SELECT a.responsible, min(a.position) AS position,
           count(*) AS activities,
           count(d.code) AS due,
           max(l.accepted_at) AS last_report
    FROM plan_activity(the_year, the_entity, the_process, known_at, programme) AS a
    LEFT JOIN (SELECT DISTINCT code FROM due WHERE position > 0) AS d USING (code)
    LEFT JOIN last_report AS l USING (code)
    GROUP BY a.responsible
)
SELECT d.*, coalesce(k.missing, 0) AS missing, k.missing_codes, coalesce(c.cells_due, 0) AS cells_due,
       coalesce(c.cells_reported, 0) AS cells_reported, coalesce(c.cells_on_time, 0) AS cells_on_time,
       coalesce(c.cells_partial, 0) AS cells_partial
FROM divided AS d
LEFT JOIN cells AS c ON c.responsible IS NOT DISTINCT FROM d.responsible
LEFT JOIN lacked AS k ON k.responsible IS NOT DISTINCT FROM d.responsible
UNION ALL BY NAME
FROM monthly;

-- Grain: locality that reports the outcome. Its newest value in the months the whole is known for, and its
-- share of it.
CREATE OR REPLACE MACRO outcome_in_locality(the_year, the_entity, the_process, cutoff, known_at,
    programme) AS TABLE
WITH whole AS (
    SELECT code, month, reported
    FROM outcome_path(the_year, the_entity, the_process, cutoff, known_at, programme)
    WHERE reported IS NOT NULL
    ORDER BY month DESC LIMIT 1
)
SELECT v.locality, w.month, CAST(v.reported AS DOUBLE) AS reported,
       CAST(v.reported / nullif(w.reported, 0) AS DOUBLE) AS share
FROM whole AS w
JOIN current_value(the_year, the_entity, the_process, known_at) AS v ON v.code = w.code AND v.month = w.month
WHERE v.locality <> 'EPS'
ORDER BY reported DESC, v.locality;

-- Grain: locality that the plan names or that has reported, in the order of the plan, the whole utility as
-- EPS.
CREATE OR REPLACE MACRO plan_locality(the_year, the_entity, the_process, known_at, programme) AS TABLE
WITH named AS (
    SELECT locality, position FROM plan_activity(the_year, the_entity, the_process, known_at, programme)
    UNION ALL
    SELECT unnest(string_split(localities, '|')), 100000
    FROM measured_code(the_year, the_entity, the_process, known_at, programme) WHERE localities IS NOT NULL
    UNION ALL
    SELECT v.locality, 200000
    FROM current_value(the_year, the_entity, the_process, known_at) AS v
    SEMI JOIN plan_activity(the_year, the_entity, the_process, known_at, programme) AS a ON a.code = v.code
)
SELECT locality FROM named GROUP BY locality ORDER BY min(position), locality;

-- Grain: locality of an activity of the whole utility x month 1-12, the utility's own value as EPS. Its value
-- up to the cut-off; is_lacking: the others of the month are in and this one is not; share: of what the
-- utility has reported to date, where local values add up; months_reported: how many months the locality has
-- told.
CREATE OR REPLACE MACRO local_cell(the_year, the_entity, the_process, cutoff, known_at, programme,
    the_code) AS TABLE
WITH own AS (
    FROM measured_code(the_year, the_entity, the_process, known_at, programme) WHERE code = the_code
        AND own = 'EPS'
), valued AS (
    SELECT locality, month, CAST(reported AS DOUBLE) AS reported
    FROM current_value(the_year, the_entity, the_process, known_at)
    WHERE code = the_code AND month <= cutoff
), told AS (
    SELECT month, is_counted, localities_missing
    FROM cell(the_year, the_entity, the_process, cutoff, known_at, programme) WHERE code = the_code
), whole AS (
    SELECT aggregation, reported_to_date, last_month
    FROM activity_to_date(the_year, the_entity, the_process, cutoff, known_at, programme)
        WHERE code = the_code
), place AS (
    SELECT unnest(string_split(localities, '|')) AS locality FROM own WHERE localities IS NOT NULL
    UNION
    SELECT locality FROM valued WHERE EXISTS (FROM own)
)
SELECT p.locality, p.locality = 'EPS' AS is_whole, t.month, v.reported,
       coalesce(list_contains(t.localities_missing, p.locality), FALSE) AS is_lacking,
       count(v.reported) OVER (PARTITION BY p.locality) AS months_reported,
       CASE WHEN o.combination = 'sum' AND p.locality <> 'EPS'
            THEN sum(CASE WHEN t.is_counted AND (w.aggregation <> 'last' OR t.month = w.last_month)
                THEN v.reported END)
                     OVER (PARTITION BY p.locality) / nullif(w.reported_to_date, 0) END AS share
FROM place AS p
CROSS JOIN told AS t
CROSS JOIN own AS o
CROSS JOIN whole AS w
LEFT JOIN valued AS v ON v.locality = p.locality AND v.month = t.month
WHERE EXISTS (FROM place WHERE locality <> 'EPS')
ORDER BY is_whole, p.locality, t.month;
