-- Every figure, once. Table macros named by their grain; all take the plan's key, the cut-off month
-- (0-12) and the instant up to which the ledger is believed (UTC). Ratios are 0-1, absent is NULL.
-- Bands, milestones and targets compare unrounded with a tolerance of 1e-9.

-- Grain: cut-off. Before January (0) and each month: a figure asked beside it is answered for all of them.
CREATE OR REPLACE MACRO every_cutoff() AS TABLE
SELECT CAST(range AS INTEGER) AS cutoff FROM range(0, 13);

-- Grain: upload. What had been accepted by known_at and not been withdrawn by it, both inclusive.
CREATE OR REPLACE MACRO accepted_upload(the_year, the_entity, the_process, known_at) AS TABLE
SELECT upload_id, kind, accepted_at, illustrative, file_name, uploaded_by
FROM upload AS u
WHERE u.year = the_year AND u.entity = the_entity AND u.process = the_process
  AND u.accepted_at <= known_at
  AND u.upload_id NOT IN (SELECT w.upload_id FROM withdrawal AS w WHERE w.withdrawn_at <= known_at);

-- Grain: the plan. Its newest version, or its first one where programme is 'initial'.
CREATE OR REPLACE MACRO plan_version(the_year, the_entity, the_process, known_at, programme) AS TABLE
WITH versioned AS (
    SELECT arg_min(upload_id, (accepted_at, upload_id)) AS oldest,
           arg_max(upload_id, (accepted_at, upload_id)) AS newest
    FROM accepted_upload(the_year, the_entity, the_process, known_at)
    WHERE kind = 'plan'
)
SELECT p.*
FROM plan AS p
JOIN versioned AS v ON p.upload_id = CASE WHEN programme = 'initial' THEN v.oldest ELSE v.newest END
WHERE p.year = the_year AND p.entity = the_entity AND p.process = the_process;

-- Grain: activity. The outcome is not among them: it stands beside the activities, never inside.
CREATE OR REPLACE MACRO plan_activity(the_year, the_entity, the_process, known_at, programme) AS TABLE
SELECT a.*,
       contains(a.unit, '%') AS is_percent,
       a.aggregation IN ('sum', 'milestone') AND a.direction = 'higher' AS is_cumulative,
       v.met_threshold, v.at_risk_threshold
FROM activity AS a
JOIN plan_version(the_year, the_entity, the_process, known_at, programme) AS v USING (upload_id)
WHERE a.year = the_year AND a.entity = the_entity AND a.process = the_process;

-- Grain: code x locality x month. The newest accepted value wins; one taken back leaves none.
CREATE OR REPLACE MACRO current_value(the_year, the_entity, the_process, known_at) AS TABLE
SELECT code, locality, month,
       newest.reported, newest.upload_id, newest.accepted_at, newest.uploaded_by, newest.file_name
FROM (
    SELECT v.code, v.locality, v.month,
           arg_max(
               {'reported': v.reported, 'retracted': v.retracted, 'upload_id': upload_id,
                'accepted_at': u.accepted_at, 'uploaded_by': u.uploaded_by, 'file_name': u.file_name},
               (u.accepted_at, upload_id, v.row_number)
           ) AS newest
    FROM reported_value AS v
    JOIN accepted_upload(the_year, the_entity, the_process, known_at) AS u USING (upload_id)
    WHERE v.year = the_year AND v.entity = the_entity AND v.process = the_process
    GROUP BY v.code, v.locality, v.month
) AS told
WHERE NOT newest.retracted;

-- Grain: code x locality x month. The newest note, the newest cause and the newest measure of a month,
-- each on its own: a file that says nothing of the cause does not erase it.
CREATE OR REPLACE MACRO current_remark(the_year, the_entity, the_process, known_at) AS TABLE
WITH ordered AS (
    SELECT r.code, r.locality, r.month, r.note, r.cause, r.measure, u.accepted_at, u.uploaded_by,
           row_number() OVER (ORDER BY u.accepted_at, u.upload_id, r.row_number) AS age
    FROM remark AS r
    JOIN accepted_upload(the_year, the_entity, the_process, known_at) AS u USING (upload_id)
    WHERE r.year = the_year AND r.entity = the_entity AND r.process = the_process
)
SELECT code, locality, month,
       arg_max(note, age) FILTER (WHERE note IS NOT NULL) AS note,
       arg_max(cause, age) FILTER (WHERE cause IS NOT NULL) AS cause,
       arg_max(measure, age) FILTER (WHERE measure IS NOT NULL) AS measure,
       max(accepted_at) AS accepted_at,
       arg_max(uploaded_by, age) AS uploaded_by
FROM ordered
GROUP BY code, locality, month;

-- Grain: code x month with a value, up to the cut-off: the whole utility's value. Local ones add up
-- for sum and last, never in a % unit; a month of a last counts only when every locality is in:
-- those the plan lists, else those that have reported the activity in any month.
CREATE OR REPLACE MACRO month_value(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH measured AS (
    SELECT code, aggregation, is_percent, locality AS own, localities
    FROM plan_activity(the_year, the_entity, the_process, known_at, programme)
    UNION ALL
    SELECT outcome_code, aggregation, contains(unit, '%'), 'EPS', NULL
    FROM plan_version(the_year, the_entity, the_process, known_at, programme)
    WHERE outcome_code IS NOT NULL
), located AS (
    SELECT m.*, v.month, v.reported, v.locality, v.locality = m.own AS is_whole
    FROM current_value(the_year, the_entity, the_process, known_at) AS v
    JOIN measured AS m USING (code)
    WHERE v.month <= cutoff
), counted AS (
    SELECT code, month,
           any_value(aggregation) AS aggregation,
           any_value(is_percent) AS is_percent,
           len(string_split(any_value(localities), '|')) AS localities_listed,
           count(*) FILTER (WHERE NOT is_whole
               AND contains('|' || localities || '|', '|' || locality || '|')) AS listed_in,
           count(*) FILTER (WHERE NOT is_whole) AS local_in,
           max(reported) FILTER (WHERE is_whole) AS whole,
           sum(reported) FILTER (WHERE NOT is_whole) AS local_total
    FROM located
    GROUP BY code, month
), completed AS (
    SELECT c.*,
           CASE WHEN localities_listed IS NOT NULL THEN listed_in >= localities_listed
                ELSE local_in >= s.localities_seen END AS is_complete
    FROM counted AS c
    JOIN (
        SELECT code, count(DISTINCT locality) FILTER (WHERE NOT is_whole) AS localities_seen
        FROM located GROUP BY code
    ) AS s USING (code)
), resolved AS (
    SELECT code, month,
           CASE WHEN whole IS NOT NULL THEN whole
                WHEN is_percent OR aggregation NOT IN ('sum', 'last') THEN NULL
                WHEN aggregation = 'last' AND NOT is_complete THEN NULL
                ELSE local_total END AS reported
    FROM completed
)
SELECT code, month, CAST(reported AS DECIMAL(18, 6)) AS reported, reported IS NULL AS is_partial
FROM resolved;

-- Grain: activity x month (1-12). One state each; a provisional month is due at its quarter's end.
-- Once the annual target is reached, months due from then on are not missing.
CREATE OR REPLACE MACRO cell(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH laid_out AS (
    SELECT a.code, a.position, a.aggregation, a.direction, a.is_cumulative, a.target, m.month,
           -- Where work is added up, a programmed 0 is an empty cell.
           nullif(g.programmed, CASE WHEN a.aggregation IN ('sum', 'milestone') THEN 0 END) AS programmed,
           g.is_provisional, v.reported, coalesce(v.is_partial, FALSE) AS is_partial
    FROM plan_activity(the_year, the_entity, the_process, known_at, programme) AS a
    CROSS JOIN (SELECT CAST(range AS INTEGER) AS month FROM range(1, 13)) AS m
    LEFT JOIN programme AS g
        ON g.upload_id = a.upload_id AND g.year = the_year AND g.entity = the_entity
       AND g.process = the_process AND g.code = a.code AND g.month = m.month
    LEFT JOIN month_value(the_year, the_entity, the_process, cutoff, known_at, programme) AS v
        ON v.code = a.code AND v.month = m.month
), scheduled AS (
    SELECT * REPLACE (programmed IS NOT NULL AND is_provisional AS is_provisional),
           CASE WHEN programmed IS NULL THEN NULL
                WHEN is_provisional THEN ((month + 2) // 3) * 3
                ELSE month END AS due_month,
           coalesce(due_month <= cutoff, FALSE) AS is_due
    FROM laid_out
), accumulated AS (
    SELECT *,
           sum(reported) OVER so_far AS running_reported,
           sum(programmed) OVER so_far AS running_programmed,
           -- A balance is held against the latest programme at or before its month.
           last_value(CASE WHEN is_due THEN programmed END IGNORE NULLS) OVER so_far AS programmed_in_force
    FROM scheduled
    WINDOW so_far AS (PARTITION BY code ORDER BY month)
), reached AS (
    SELECT *,
           min(CASE WHEN is_cumulative AND running_reported >= target - 1e-9 THEN month END)
               OVER (PARTITION BY code) AS reached_month
    FROM accumulated
)
SELECT code, position, aggregation, direction, is_cumulative, month, programmed, reported, is_provisional,
       due_month, is_due, is_partial, programmed_in_force,
       CAST(running_reported AS DOUBLE) AS running_reported,
       CAST(running_programmed AS DOUBLE) AS running_programmed,
       CASE
           WHEN programmed IS NOT NULL AND NOT is_due AND reported IS NULL THEN 'upcoming'
           WHEN programmed IS NOT NULL AND reported <> 0 THEN 'reported'
           WHEN programmed IS NOT NULL AND reported = 0 THEN 'zero'
           WHEN programmed IS NOT NULL AND NOT coalesce(due_month >= reached_month, FALSE) THEN 'missing'
           WHEN reported <> 0 THEN 'unprogrammed'
           ELSE 'not_programmed'
       END AS state
FROM reached;

-- Grain: activity. Programmed and reported to date by the activity's own rule, compliance, status.
CREATE OR REPLACE MACRO activity_to_date(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH counted AS (
    SELECT code,
           count(programmed) AS months_programmed,
           count(*) FILTER (WHERE is_due) AS months_due,
           count(*) FILTER (WHERE is_due AND reported IS NOT NULL) AS months_reported,
           count(reported) AS value_count,
           count(*) FILTER (WHERE reported <> 0) AS nonzero,
           count(*) FILTER (WHERE reported <> 0 AND NOT is_due) AS nonzero_elsewhere,
           count(*) FILTER (WHERE state = 'missing') AS months_missing,
           CAST(sum(programmed) AS DOUBLE) AS programme_total,
           CAST(sum(programmed) FILTER (WHERE is_due) AS DOUBLE) AS programmed_due,
           CAST(sum(programmed) FILTER (WHERE is_due AND reported IS NOT NULL) AS DOUBLE) AS programmed_matched,
           CAST(sum(programmed) FILTER (WHERE state = 'missing') AS DOUBLE) AS programmed_missing,
           CAST(arg_max(programmed_in_force, month) FILTER (WHERE reported IS NOT NULL) AS DOUBLE) AS programmed_last,
           CAST(sum(reported) AS DOUBLE) AS reported_total,
           CAST(sum(reported) FILTER (WHERE is_due) AS DOUBLE) AS reported_matched,
           CAST(arg_max(reported, month) FILTER (WHERE programmed_in_force IS NOT NULL) AS DOUBLE) AS reported_last,
           CAST(max(reported) AS DOUBLE) AS best_month,
           max(month) FILTER (WHERE reported IS NOT NULL AND programmed_in_force IS NOT NULL) AS last_month,
           bool_or(is_partial) AS has_partial,
           max(month) FILTER (WHERE is_partial) AS partial_month
    FROM cell(the_year, the_entity, the_process, cutoff, known_at, programme)
    GROUP BY code
), ruled AS (
    SELECT a.*, c.* EXCLUDE (code),
           min(a.position) OVER (PARTITION BY a.objective) AS objective_position,
           CASE WHEN c.months_due = 0 THEN NULL
                WHEN a.is_cumulative THEN c.programmed_due
                WHEN a.aggregation = 'mean' THEN c.programmed_matched / nullif(c.months_reported, 0)
                WHEN a.aggregation = 'last' THEN c.programmed_last
                ELSE c.programmed_matched END AS programmed_to_date,
           CASE a.aggregation
                WHEN 'mean' THEN c.reported_matched / nullif(c.months_reported, 0)
                WHEN 'last' THEN c.reported_last
                ELSE c.reported_total END AS reported_to_date,
           CASE WHEN a.is_cumulative THEN c.months_reported = 0 AND c.nonzero_elsewhere = 0
                WHEN a.aggregation = 'mean' THEN c.months_reported = 0 OR 2 * c.months_reported < c.months_due
                WHEN a.aggregation = 'last' THEN c.last_month IS NULL OR cutoff - c.last_month > 2
                ELSE c.months_reported = 0 END AS is_silent
    FROM plan_activity(the_year, the_entity, the_process, known_at, programme) AS a
    JOIN counted AS c USING (code)
), complied AS (
    SELECT *,
           CASE WHEN months_due = 0 OR is_silent THEN NULL
                WHEN aggregation = 'milestone' THEN CAST(reported_to_date >= programmed_to_date - 1e-9 AS INTEGER)
                WHEN direction = 'higher' THEN reported_to_date / nullif(programmed_to_date, 0)
                WHEN reported_to_date <= 0 THEN 1
                ELSE programmed_to_date / reported_to_date END AS compliance,
           CASE WHEN aggregation = 'milestone'
                THEN CAST(reported_to_date + coalesce(programmed_missing, 0) >= programmed_to_date - 1e-9 AS INTEGER)
                ELSE (reported_to_date + coalesce(programmed_missing, 0)) / nullif(programmed_to_date, 0)
                END AS compliance_if_missing_done,
           -- A programme that differs from the target by under 0.1 % stands for it (4.1: 6100 of 6101).
           CASE WHEN abs(programme_total - target) < 0.001 * abs(target) THEN programme_total
                ELSE CAST(target AS DOUBLE) END AS needed
    FROM ruled
), judged AS (
    SELECT *,
           CASE WHEN months_programmed = 0 THEN 'no_target'
                WHEN months_due = 0 THEN CASE WHEN nonzero > 0 THEN 'early' ELSE 'not_due' END
                WHEN is_silent THEN 'not_reported'
                -- A programme of zero so far, higher is better: nothing has been asked for yet.
                WHEN compliance IS NULL THEN CASE WHEN reported_to_date <> 0 THEN 'early' ELSE 'not_due' END
                WHEN compliance >= met_threshold - 1e-9 THEN 'met'
                WHEN compliance >= at_risk_threshold - 1e-9 THEN 'at_risk'
                ELSE 'behind' END AS status
    FROM complied
), paced AS (
    SELECT *,
           aggregation = 'sum' AND direction = 'higher' AND needed IS NOT NULL
               AND months_due > 0 AND NOT is_silent AS has_pace,
           (needed - reported_to_date) / nullif(12 - cutoff, 0) AS pace_needed
    FROM judged
)
SELECT code, position, dense_rank() OVER (ORDER BY objective_position) AS objective_number, objective, activity,
       locality, indicator, unit, aggregation, direction, CAST(target AS DOUBLE) AS target, process_indicator,
       localities, weight, responsible, participants, notes, CAST(own_funding AS DOUBLE) AS own_funding,
       CAST(external_funding AS DOUBLE) AS external_funding, is_percent, programmed_to_date, reported_to_date, compliance,
       CASE WHEN status = 'not_reported' THEN 0 WHEN is_cumulative THEN compliance END AS compliance_low,
       CASE WHEN status = 'not_reported' THEN 1
            WHEN is_cumulative AND compliance IS NOT NULL THEN compliance_if_missing_done END AS compliance_high,
       CASE WHEN target IS NULL OR status = 'not_reported' THEN NULL
            WHEN aggregation = 'milestone' THEN CAST(reported_to_date >= target - 1e-9 AS INTEGER)
            WHEN is_cumulative THEN reported_to_date / nullif(target, 0)
            ELSE compliance END AS annual,
       status, months_due, months_reported, months_missing, months_programmed, value_count,
       last_month, has_partial, partial_month, programmed_missing, programme_total,
       programmed_due AS programme_due,
       CASE direction WHEN 'higher' THEN programmed_to_date - reported_to_date
            ELSE reported_to_date - programmed_to_date END AS shortfall,
       CASE WHEN has_pace THEN pace_needed END AS required_pace,
       CASE WHEN has_pace THEN best_month END AS best_month,
       CASE WHEN NOT has_pace THEN NULL
            WHEN cutoff = 12 THEN CASE WHEN reported_to_date >= needed - 1e-9 THEN 'reached' ELSE 'missed' END
            WHEN reported_to_date >= needed - 1e-9 THEN 'secured'
            WHEN compliance >= 1 - 1e-9 THEN 'on_pace'
            WHEN pace_needed <= best_month + 1e-9 THEN 'reachable'
            WHEN value_count < 3 THEN 'too_early'
            ELSE 'needs_record' END AS verdict,
       met_threshold, at_risk_threshold
FROM paced;

-- Grain: activity seen from one locality. Its own activities as they are; of one programmed for the
-- whole utility, the locality's value and share, and no compliance: it has no programme of its own.
CREATE OR REPLACE MACRO activity_in_locality(
    the_year, the_entity, the_process, cutoff, known_at, programme, the_locality
) AS TABLE
WITH seen AS (
    FROM activity_to_date(the_year, the_entity, the_process, cutoff, known_at, programme)
), local_value AS (
    SELECT v.code,
           CAST(sum(v.reported) AS DOUBLE) AS total,
           CAST(avg(v.reported) AS DOUBLE) AS mean,
           CAST(arg_max(v.reported, v.month) AS DOUBLE) AS last,
           CAST(max(v.reported) FILTER (WHERE v.month = s.last_month) AS DOUBLE) AS in_last_month
    FROM current_value(the_year, the_entity, the_process, known_at) AS v
    JOIN seen AS s USING (code)
    WHERE v.locality = the_locality AND v.month <= cutoff
    GROUP BY v.code
), located AS (
    SELECT s.*, s.locality = the_locality AS is_own,
           CASE s.aggregation WHEN 'mean' THEN l.mean WHEN 'last' THEN l.last ELSE l.total END AS local_value,
           -- A balance's part is taken in the month the whole is known for.
           CASE WHEN s.is_percent THEN NULL
                WHEN s.aggregation = 'sum' THEN l.total
                WHEN s.aggregation = 'last' THEN l.in_last_month END AS local_part
    FROM seen AS s
    LEFT JOIN local_value AS l USING (code)
)
SELECT * EXCLUDE (is_own, local_value, local_part) REPLACE (
           CASE WHEN is_own THEN programmed_to_date END AS programmed_to_date,
           CASE WHEN is_own THEN reported_to_date ELSE local_value END AS reported_to_date,
           CASE WHEN is_own THEN compliance END AS compliance,
           CASE WHEN is_own THEN compliance_low END AS compliance_low,
           CASE WHEN is_own THEN compliance_high END AS compliance_high,
           CASE WHEN is_own THEN annual END AS annual,
           CASE WHEN is_own THEN status END AS status,
           CASE WHEN is_own THEN required_pace END AS required_pace,
           CASE WHEN is_own THEN best_month END AS best_month,
           CASE WHEN is_own THEN verdict END AS verdict
       ),
       CASE WHEN NOT is_own THEN local_part / nullif(reported_to_date, 0) END AS share
FROM located
WHERE is_own OR local_value IS NOT NULL;

-- Grain: activity x quarter. The quarter's months up to the cut-off, work counted in the month it was
-- reported, no status; NULL where the quarter has no report.
CREATE OR REPLACE MACRO quarter(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH ruled AS (
    SELECT code, (month + 2) // 3 AS quarter,
           any_value(aggregation) AS aggregation, any_value(direction) AS direction,
           CAST(CASE WHEN any_value(is_cumulative) THEN sum(programmed) FILTER (WHERE is_due)
                WHEN any_value(aggregation) = 'mean'
                    THEN avg(programmed) FILTER (WHERE is_due AND reported IS NOT NULL)
                WHEN any_value(aggregation) = 'last'
                    THEN arg_max(programmed_in_force, month) FILTER (WHERE reported IS NOT NULL)
                ELSE sum(programmed) FILTER (WHERE is_due AND reported IS NOT NULL)
           END AS DOUBLE) AS programmed,
           CAST(CASE any_value(aggregation)
                WHEN 'mean' THEN avg(reported) FILTER (WHERE is_due)
                WHEN 'last' THEN arg_max(reported, month) FILTER (WHERE programmed_in_force IS NOT NULL)
                ELSE sum(reported) END AS DOUBLE) AS reported
    FROM cell(the_year, the_entity, the_process, cutoff, known_at, programme)
    GROUP BY code, quarter
)
SELECT code, quarter, programmed, reported,
       CASE WHEN reported IS NULL OR programmed IS NULL THEN NULL
            WHEN aggregation = 'milestone' THEN CAST(reported >= programmed - 1e-9 AS INTEGER)
            WHEN direction = 'higher' THEN reported / nullif(programmed, 0)
            WHEN reported <= 0 THEN 1
            ELSE programmed / reported END AS compliance
FROM ruled;

-- Grain: every combination of objective, responsible and locality, each one or all (is_all_...): one
-- pass answers every grouping under every filter. Mean of compliance within [0, 1], weighted, over
-- activities directly; a silent one counts 0 and is counted; what is not due stays out.
CREATE OR REPLACE MACRO rollup(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH bounded AS (
    SELECT objective, responsible, locality, position, status, coalesce(weight, 1) AS weight,
           CASE WHEN status = 'not_reported' THEN 0 ELSE compliance END AS value,
           coalesce(compliance_low, compliance) AS low,
           coalesce(compliance_high, compliance) AS high,
           met_threshold, at_risk_threshold
    FROM activity_to_date(the_year, the_entity, the_process, cutoff, known_at, programme)
), capped AS (
    -- CASE and not least(): least(NULL, 1) is 1, and a silent activity would score 100 %.
    SELECT * REPLACE (
        CASE WHEN value > 1 THEN 1 WHEN value < 0 THEN 0 ELSE value END AS value,
        CASE WHEN low > 1 THEN 1 WHEN low < 0 THEN 0 ELSE low END AS low,
        CASE WHEN high > 1 THEN 1 WHEN high < 0 THEN 0 ELSE high END AS high
    )
    FROM bounded
), combined AS (
    SELECT objective, responsible, locality,
           grouping(objective) = 1 AS is_all_objectives,
           grouping(responsible) = 1 AS is_all_responsibles,
           grouping(locality) = 1 AS is_all_localities,
           sum(value * weight) / nullif(sum(weight) FILTER (WHERE value IS NOT NULL), 0) AS compliance,
           sum(low * weight) / nullif(sum(weight) FILTER (WHERE low IS NOT NULL), 0) AS low,
           sum(high * weight) / nullif(sum(weight) FILTER (WHERE high IS NOT NULL), 0) AS high,
           count(value) AS activities_due,
           count(*) FILTER (WHERE status = 'not_reported') AS silent,
           count(*) FILTER (WHERE status IN ('behind', 'at_risk')) AS late,
           count(*) AS activities,
           min(position) AS position,
           any_value(met_threshold) AS met_threshold,
           any_value(at_risk_threshold) AS at_risk_threshold
    FROM capped
    GROUP BY CUBE (objective, responsible, locality)
)
-- Of no activity at all, asked beside every cut-off, grouping() is NULL: that one row is of all of them.
SELECT * REPLACE (
           coalesce(is_all_objectives, TRUE) AS is_all_objectives,
           coalesce(is_all_responsibles, TRUE) AS is_all_responsibles,
           coalesce(is_all_localities, TRUE) AS is_all_localities
       ),
       CASE WHEN compliance IS NULL THEN 'not_due'
            WHEN silent = activities_due THEN 'not_reported'
            WHEN compliance >= met_threshold - 1e-9 THEN 'met'
            WHEN compliance >= at_risk_threshold - 1e-9 THEN 'at_risk'
            ELSE 'behind' END AS status
FROM combined;

-- Grain: month 0-12 of the outcome. Months the plan leaves empty lie on a straight line between the
-- baseline, the months it gives and the target, and are labelled assumed.
CREATE OR REPLACE MACRO outcome_line(the_year, the_entity, the_process, known_at, programme) AS TABLE
WITH version AS (
    FROM plan_version(the_year, the_entity, the_process, known_at, programme) WHERE outcome_code IS NOT NULL
), given AS (
    SELECT g.month, CAST(g.programmed AS DOUBLE) AS programmed
    FROM programme AS g JOIN version AS v ON g.upload_id = v.upload_id AND g.code = v.outcome_code
    WHERE g.year = the_year AND g.entity = the_entity AND g.process = the_process
), point AS (
    SELECT 0 AS month, CAST(baseline AS DOUBLE) AS programmed FROM version
    UNION ALL FROM given
    UNION ALL SELECT 12, CAST(target AS DOUBLE) FROM version WHERE NOT EXISTS (FROM given WHERE month = 12)
), bracketed AS (
    SELECT m.month,
           max(p.month) FILTER (WHERE p.month <= m.month) AS before_month,
           min(p.month) FILTER (WHERE p.month >= m.month) AS after_month
    FROM (SELECT CAST(range AS INTEGER) AS month FROM range(0, 13)) AS m CROSS JOIN point AS p
    GROUP BY m.month
)
SELECT b.month, v.outcome_code AS code,
       x.programmed + coalesce((y.programmed - x.programmed) * (b.month - b.before_month)
                               / nullif(b.after_month - b.before_month, 0), 0) AS programmed,
       b.month NOT IN (0, 12) AND b.month <> b.before_month AS is_assumed
FROM bracketed AS b
CROSS JOIN version AS v
JOIN point AS x ON x.month = b.before_month
JOIN point AS y ON y.month = b.after_month;

-- Grain: month 0-12 of the outcome. What it should be beside what was reported of it up to the cut-off.
CREATE OR REPLACE MACRO outcome_path(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
SELECT l.month, l.code, l.programmed, l.is_assumed,
       CAST(r.reported AS DOUBLE) AS reported,
       coalesce(r.is_partial, FALSE) AS is_partial
FROM outcome_line(the_year, the_entity, the_process, known_at, programme) AS l
LEFT JOIN month_value(the_year, the_entity, the_process, cutoff, known_at, programme) AS r
    ON r.code = l.code AND r.month = l.month;

-- What was improved over what should have been by then; where the path still stands at the baseline, 1 if the value is
-- at or past it, else 0.
CREATE OR REPLACE MACRO outcome_compliance(baseline, reported, path, direction) AS
CASE WHEN abs(baseline - path) > 1e-9 THEN (baseline - reported) / (baseline - path)
     WHEN reported IS NOT NULL
     THEN CAST((path - reported) * CASE direction WHEN 'lower' THEN 1 ELSE -1 END >= -1e-9 AS INTEGER) END;

-- Grain: the outcome. Everything stands at the last month reported (k); improvement is positive
-- whichever way is better.
CREATE OR REPLACE MACRO outcome_to_date(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH path AS (
    FROM outcome_path(the_year, the_entity, the_process, cutoff, known_at, programme)
), version AS (
    SELECT outcome_code, outcome, unit, direction, met_threshold, at_risk_threshold,
           CAST(baseline AS DOUBLE) AS baseline, CAST(target AS DOUBLE) AS target,
           CASE direction WHEN 'lower' THEN 1 ELSE -1 END AS sign
    FROM plan_version(the_year, the_entity, the_process, known_at, programme)
    WHERE outcome_code IS NOT NULL
), reports AS (
    SELECT 0 AS month, baseline AS reported FROM version
    UNION ALL SELECT month, reported FROM path WHERE reported IS NOT NULL
), stepped AS (
    SELECT month, reported,
           (lag(reported) OVER (ORDER BY month) - reported)
               / nullif(month - lag(month) OVER (ORDER BY month), 0) AS fallen
    FROM reports
), best AS (
    SELECT max(s.fallen * v.sign) AS best_month,
           arg_max(s.month, s.fallen * v.sign) AS best_at,
           count(s.fallen) AS report_count
    FROM stepped AS s CROSS JOIN version AS v
), latest AS (
    SELECT v.*, b.*, p.month AS month_reported, p.reported, p.programmed AS path
    FROM version AS v
    CROSS JOIN best AS b
    LEFT JOIN (FROM path WHERE reported IS NOT NULL ORDER BY month DESC LIMIT 1) AS p ON TRUE
), measured AS (
    SELECT *,
           (baseline - reported) / nullif(baseline - target, 0) AS progress,
           (baseline - path) / nullif(baseline - target, 0) AS expected_progress,
           outcome_compliance(baseline, reported, path, direction) AS compliance_reported,
           (target - reported) * sign >= -1e-9 AS is_at_target,
           CASE WHEN cutoff < 12 THEN (reported - target) * sign / nullif(12 - month_reported, 0)
                END AS required_pace,
           (baseline - reported) * sign / nullif(month_reported, 0) AS pace,
           (baseline - target) * sign / 12 AS path_pace
    FROM latest
)
SELECT outcome_code AS code, outcome, unit, direction, baseline, target, month_reported, reported, path,
       CASE WHEN cutoff - month_reported <= 2 THEN compliance_reported END AS compliance,
       progress, expected_progress, required_pace, pace, path_pace, best_month, best_at, report_count,
       reported - path AS gap,
       -- A later month that some localities have told and others have not: it does not count yet.
       (SELECT max(month) FROM path WHERE is_partial) AS partial_month,
       CASE WHEN month_reported IS NULL THEN NULL
            WHEN cutoff = 12 AND month_reported < 12 THEN 'unknown'
            WHEN cutoff = 12 THEN CASE WHEN is_at_target THEN 'reached' ELSE 'missed' END
            WHEN is_at_target THEN 'at_target'
            WHEN compliance_reported >= 1 - 1e-9 THEN 'on_pace'
            WHEN required_pace <= best_month + 1e-9 THEN 'reachable'
            WHEN report_count < 3 THEN 'too_early'
            ELSE 'needs_record' END AS verdict,
       CASE WHEN cutoff = 0 THEN 'not_due'
            WHEN month_reported IS NULL OR cutoff - month_reported > 2 THEN 'not_reported'
            WHEN expected_progress < 0.25 - 1e-9 THEN 'too_early'
            WHEN compliance_reported >= met_threshold - 1e-9 THEN 'met'
            WHEN compliance_reported >= at_risk_threshold - 1e-9 THEN 'at_risk'
            ELSE 'behind' END AS status
FROM measured;

-- Grain: month that was ever closed. Whether it is closed now, since when and by whom.
CREATE OR REPLACE MACRO month_closing(the_year, the_entity, the_process, known_at) AS TABLE
SELECT month, newest.closed, newest.changed_at, newest.changed_by, newest.reason
FROM (
    SELECT month,
           arg_max({'closed': closed, 'changed_at': changed_at, 'changed_by': changed_by, 'reason': reason},
                   change_id) AS newest
    FROM month_state
    WHERE year = the_year AND entity = the_entity AND process = the_process AND changed_at <= known_at
    GROUP BY month
) AS told;

-- Grain: month 1-12. The day until whose end (Lima) the plan wants the month reported.
CREATE OR REPLACE MACRO reporting_day(the_year, the_entity, the_process, known_at, programme) AS TABLE
WITH closing AS (
    SELECT CAST(m.range AS INTEGER) AS month,
           CAST(make_date(the_year, CAST(m.range AS INTEGER), 1) + INTERVAL 1 MONTH AS DATE) AS next_month,
           v.reporting_day
    FROM range(1, 13) AS m
    CROSS JOIN plan_version(the_year, the_entity, the_process, known_at, programme) AS v
)
SELECT month, next_month + CAST(least(reporting_day, day(last_day(next_month))) - 1 AS INTEGER) AS reporting_date
FROM closing;

-- Grain: month 1-12. Open until its reporting day (Lima, UTC-5, that day included) has passed, or until it is closed.
-- With each: the cut-off that is chosen where none is, the last month no longer open in which the outcome or a programmed
-- cell has a value.
CREATE OR REPLACE MACRO plan_month(the_year, the_entity, the_process, known_at, programme) AS TABLE
WITH programmed AS (
    SELECT month,
           count(programmed) AS cells,
           count(*) FILTER (WHERE programmed IS NOT NULL AND reported IS NOT NULL) AS cells_reported
    FROM cell(the_year, the_entity, the_process, 12, known_at, programme)
    GROUP BY month
), told AS (
    SELECT r.month, r.reporting_date,
           CAST(known_at - INTERVAL 5 HOUR AS DATE) <= r.reporting_date AND NOT coalesce(k.closed, FALSE) AS is_open,
           coalesce(k.closed, FALSE) AS is_closed, k.changed_at, k.changed_by,
           coalesce(c.cells, 0) AS cells, coalesce(c.cells_reported, 0) AS cells_reported,
           o.reported IS NOT NULL AS outcome_reported
    FROM reporting_day(the_year, the_entity, the_process, known_at, programme) AS r
    LEFT JOIN programmed AS c USING (month)
    LEFT JOIN month_closing(the_year, the_entity, the_process, known_at) AS k USING (month)
    LEFT JOIN outcome_path(the_year, the_entity, the_process, 12, known_at, programme) AS o USING (month)
)
SELECT *,
       coalesce(max(month) FILTER (WHERE NOT is_open AND (outcome_reported OR cells_reported > 0)) OVER (), 0) AS default_cutoff
FROM told;
