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

-- Grain: the plan. Its newest version, its first one where programme is 'initial', or the one whose upload
-- programme names.
CREATE OR REPLACE MACRO plan_version(the_year, the_entity, the_process, known_at, programme) AS TABLE
WITH versioned AS (
    SELECT min(upload_id) AS oldest, max(upload_id) AS newest
    FROM accepted_upload(the_year, the_entity, the_process, known_at)
    WHERE kind = 'plan'
)
SELECT p.*
FROM plan AS p
JOIN versioned AS v ON p.upload_id = CASE programme WHEN 'initial' THEN v.oldest WHEN 'current' THEN v.newest
    ELSE TRY_CAST(programme AS INTEGER) END
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

-- Grain: code x locality x month. The newest accepted value wins, newest by the upload's number; one taken
-- back leaves none.
CREATE OR REPLACE MACRO current_value(the_year, the_entity, the_process, known_at) AS TABLE
SELECT code, locality, month,
       newest.reported, newest.upload_id, newest.accepted_at, newest.uploaded_by, newest.file_name
FROM (
    SELECT v.code, v.locality, v.month,
           arg_max(
               {'reported': v.reported, 'retracted': v.retracted, 'upload_id': upload_id,
                'accepted_at': u.accepted_at, 'uploaded_by': u.uploaded_by, 'file_name': u.file_name},
               (upload_id, v.row_number)
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
           row_number() OVER (ORDER BY u.upload_id, r.row_number) AS age
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

-- How local values make the utility's where the plan does not say: they add up where they may.
CREATE OR REPLACE MACRO combination_of(declared, aggregation, direction, unit, localities) AS
coalesce(declared, CASE WHEN aggregation IN ('sum', 'last') AND NOT contains(unit, '%')
                             AND (direction = 'higher' OR localities IS NOT NULL) THEN 'sum' ELSE 'none' END);

-- Grain: activity, and the outcome (position 0): its names, its own locality, the localities listed and how
-- they make the utility's value. joined: those listed later, each with the month from which it is expected.
CREATE OR REPLACE MACRO measured_code(the_year, the_entity, the_process, known_at, programme) AS TABLE
WITH version AS (
    FROM plan_version(the_year, the_entity, the_process, known_at, programme)
), declared AS (
    SELECT r.code, r.combination, r.localities FROM local_rule AS r JOIN version AS v USING (upload_id)
    WHERE r.year = the_year AND r.entity = the_entity AND r.process = the_process
), joined AS (
    SELECT j.code, list({'locality': j.locality, 'from_month': j.from_month}) AS joined
    FROM joined_locality AS j JOIN version AS v USING (upload_id)
    WHERE j.year = the_year AND j.entity = the_entity AND j.process = the_process
    GROUP BY j.code
), measured AS (
    SELECT a.code, a.position, a.activity, a.indicator, a.unit, a.responsible, a.objective, a.aggregation,
           a.direction,
           a.locality AS own, a.localities
    FROM activity AS a JOIN version AS v USING (upload_id)
    WHERE a.year = the_year AND a.entity = the_entity AND a.process = the_process
    UNION ALL
    -- the process answers for it
    SELECT outcome_code, 0, outcome, NULL, unit, process, NULL, aggregation, direction, 'EPS', NULL
    FROM version WHERE outcome_code IS NOT NULL
)
SELECT m.* EXCLUDE (localities), coalesce(m.localities, d.localities) AS localities,
       combination_of(d.combination, m.aggregation, m.direction, m.unit,
           coalesce(m.localities, d.localities)) AS combination,
       j.joined
FROM measured AS m
LEFT JOIN declared AS d USING (code)
LEFT JOIN joined AS j USING (code);

-- Grain: code x month with a value of the utility or of localities that make it, up to the cut-off. Complete
-- with a value of the whole or of every locality expected: those listed, else for a balance those that have
-- reported it by then, else none. What is partial is a part of a sum; of a balance and of a mean it is no
-- value.
CREATE OR REPLACE MACRO month_value(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH located AS (
    SELECT m.code, m.aggregation, m.combination, m.localities, m.joined, v.month, v.reported, v.locality,
           v.locality = m.own AS is_whole
    FROM current_value(the_year, the_entity, the_process, known_at) AS v
    JOIN measured_code(the_year, the_entity, the_process, known_at, programme) AS m USING (code)
    WHERE v.month <= cutoff AND (v.locality = m.own OR m.combination <> 'none')
), counted AS (
    SELECT code, month, any_value(aggregation) AS aggregation, any_value(combination) AS combination,
           any_value(string_split(localities, '|')) AS listed, any_value(joined) AS joined,
           sum(reported) AS total, avg(reported) AS mean, list(locality ORDER BY locality) AS told_by
    FROM located
    WHERE NOT is_whole
    GROUP BY code, month
), awaited AS (
    SELECT *,
           list_filter(listed, lambda place: len(coalesce(list_filter(
               joined, lambda late: late.locality = place AND late.from_month > month),
               [])) = 0) AS listed_by_then,
           list_distinct(flatten(list(told_by) OVER (PARTITION BY code ORDER BY month))) AS told_so_far
    FROM counted
), resolved AS (
    SELECT *,
           list_filter(CASE WHEN len(listed_by_then) > 0 THEN listed_by_then WHEN aggregation = 'last'
               THEN told_so_far ELSE [] END,
                       lambda place: NOT list_contains(told_by, place)) AS localities_missing
    FROM awaited
)
SELECT code, month, CAST(reported AS DOUBLE) AS reported, FALSE AS is_partial, NULL AS localities_missing
FROM located
WHERE is_whole
UNION ALL
SELECT code, month,
       CASE WHEN len(localities_missing) > 0 AND (aggregation = 'last' OR combination = 'mean') THEN NULL
            WHEN combination = 'mean' THEN mean
            ELSE CAST(total AS DOUBLE) END,
       len(localities_missing) > 0, localities_missing
FROM resolved AS r
WHERE NOT EXISTS (FROM located AS l WHERE l.is_whole AND l.code = r.code AND l.month = r.month);

-- A programme that differs from the target by under 0.1 % stands for it (4.1: 6100 of 6101).
CREATE OR REPLACE MACRO needed_total(programme_total, target) AS
CAST(CASE WHEN abs(programme_total - target) < 0.001 * abs(target) THEN programme_total
    ELSE target END AS DOUBLE);

-- Where work is added up, a programmed 0 is an empty cell.
CREATE OR REPLACE MACRO programmed_work(programmed, aggregation) AS
nullif(programmed, CASE WHEN aggregation IN ('sum', 'milestone') THEN 0 END);

-- Grain: activity x month (1-12). One state each; a provisional month is due at its quarter's end.
-- is_counted: its value enters what was reported to date. Once what is needed is reached, months due from
-- then on lack nothing.
CREATE OR REPLACE MACRO cell(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH laid_out AS (
    SELECT a.code, a.position, a.aggregation, a.direction, a.is_cumulative, a.target, m.month,
           programmed_work(g.programmed, a.aggregation) AS programmed,
           g.is_provisional, v.reported, coalesce(v.is_partial, FALSE) AS is_partial, v.localities_missing
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
           sum(programmed) OVER (PARTITION BY code) AS programme_total,
           -- A balance is held against the latest programme at or before its month.
           last_value(CASE WHEN is_due THEN programmed END IGNORE NULLS) OVER so_far AS programmed_in_force
    FROM scheduled
    WINDOW so_far AS (PARTITION BY code ORDER BY month)
), reached AS (
    SELECT *,
           min(CASE WHEN is_cumulative AND target > 0 AND running_reported >= needed_total(programme_total,
               target) - 1e-9 THEN month END)
               OVER (PARTITION BY code) AS reached_month,
           CASE WHEN reported IS NULL THEN FALSE
                WHEN is_cumulative THEN TRUE
                WHEN aggregation = 'mean' THEN is_due AND NOT is_partial
                WHEN aggregation = 'last' THEN programmed_in_force IS NOT NULL
                -- Where less is better a part says nothing until it is above what the whole month is allowed.
                ELSE (is_due OR programmed IS NULL) AND (NOT is_partial OR reported > coalesce(programmed, 0)
                    + 1e-9) END AS is_counted
    FROM accumulated
)
SELECT code, position, aggregation, direction, is_cumulative, month, programmed, reported, is_provisional,
       due_month, is_due, is_partial, programmed_in_force, programme_total, reached_month, is_counted,
       CAST(running_reported AS DOUBLE) AS running_reported,
       CAST(running_programmed AS DOUBLE) AS running_programmed,
       CASE
           WHEN programmed IS NOT NULL AND (reported IS NULL OR is_partial)
                AND coalesce(due_month >= reached_month OR aggregation = 'milestone'
                    AND reached_month IS NOT NULL, FALSE) THEN 'covered'
           WHEN programmed IS NOT NULL AND is_partial THEN 'partial'
           WHEN programmed IS NOT NULL AND reported <> 0 THEN 'reported'
           WHEN programmed IS NOT NULL AND reported = 0 THEN 'zero'
           WHEN programmed IS NOT NULL AND NOT is_due THEN 'upcoming'
           WHEN programmed IS NOT NULL THEN 'missing'
           WHEN reported <> 0 THEN 'unprogrammed'
           ELSE 'not_programmed'
       END AS state,
       CASE WHEN state = 'partial' OR is_partial AND programmed IS NULL
           THEN localities_missing END AS localities_missing
FROM reached;

-- Grain: activity. Programmed and reported to date by the activity's own rule, compliance, status.
CREATE OR REPLACE MACRO activity_to_date(the_year, the_entity, the_process, cutoff, known_at,
    programme) AS TABLE
WITH counted AS (
    SELECT code,
           count(programmed) AS months_programmed,
           count(*) FILTER (WHERE is_due) AS months_due,
           count(*) FILTER (WHERE is_due AND (reported IS NOT NULL AND NOT is_partial
               OR state = 'covered')) AS months_reported,
           count(*) FILTER (WHERE is_due AND state = 'partial') AS months_partial,
           count(*) FILTER (WHERE is_due AND reported IS NOT NULL) AS months_told,
           count(*) FILTER (WHERE is_due AND is_counted) AS months_counted,
           count(reported) AS value_count,
           count(*) FILTER (WHERE reported <> 0) AS nonzero,
           count(*) FILTER (WHERE reported <> 0 AND NOT is_due) AS nonzero_elsewhere,
           count(*) FILTER (WHERE state = 'missing') AS months_missing,
           CAST(any_value(programme_total) AS DOUBLE) AS programme_total,
           CAST(sum(programmed) FILTER (WHERE is_due) AS DOUBLE) AS programmed_due,
           CAST(sum(programmed) FILTER (WHERE is_due AND is_counted) AS DOUBLE) AS programmed_matched,
           CAST(sum(CASE state WHEN 'missing' THEN programmed
                               WHEN 'partial' THEN greatest(programmed - coalesce(reported, 0), 0) END)
                                   FILTER (WHERE is_due) AS DOUBLE) AS programmed_missing,
           CAST(arg_max(programmed_in_force, month) FILTER (WHERE is_counted) AS DOUBLE) AS programmed_last,
           sum(reported) AS reported_total,
           sum(reported) FILTER (WHERE is_counted) AS reported_counted,
           arg_max(reported, month) FILTER (WHERE is_counted) AS reported_last,
           max(reported) AS best_month,
           max(month) FILTER (WHERE reported IS NOT NULL AND programmed_in_force IS NOT NULL
               AND NOT (is_partial AND aggregation <> 'sum')) AS last_month,
           max(month) FILTER (WHERE is_due) AS last_due,
           bool_or(is_partial) AS has_partial,
           max(month) FILTER (WHERE is_partial) AS partial_month,
           list_sort(list_distinct(flatten(list(localities_missing)
               FILTER (WHERE is_due AND state = 'partial')))) AS localities_missing
    FROM cell(the_year, the_entity, the_process, cutoff, known_at, programme)
    GROUP BY code
), ruled AS (
    SELECT a.*, c.* EXCLUDE (code),
           min(a.position) OVER (PARTITION BY a.objective) AS objective_position,
           CASE WHEN c.months_due = 0 THEN NULL
                WHEN a.is_cumulative THEN c.programmed_due
                WHEN a.aggregation = 'mean' THEN c.programmed_matched / nullif(c.months_counted, 0)
                WHEN a.aggregation = 'last' THEN c.programmed_last
                ELSE c.programmed_matched END AS programmed_to_date,
           CASE a.aggregation
                WHEN 'mean' THEN c.reported_counted / nullif(c.months_counted, 0)
                WHEN 'last' THEN c.reported_last
                ELSE c.reported_counted END AS reported_to_date,
           CASE WHEN a.is_cumulative THEN c.months_told = 0 AND c.nonzero_elsewhere = 0
                WHEN a.aggregation = 'last' THEN c.last_month IS NULL OR c.last_due - c.last_month > 2
                ELSE c.months_counted = 0 OR 2 * c.months_counted < c.months_due END AS is_silent
    FROM plan_activity(the_year, the_entity, the_process, known_at, programme) AS a
    JOIN counted AS c USING (code)
), complied AS (
    SELECT *,
           CASE WHEN months_due = 0 OR is_silent THEN NULL
                WHEN aggregation = 'milestone'
                    THEN CAST(reported_to_date >= programmed_to_date - 1e-9 AS INTEGER)
                WHEN direction = 'higher' THEN reported_to_date / nullif(programmed_to_date, 0)
                WHEN reported_to_date <= 0 THEN 1
                ELSE programmed_to_date / reported_to_date END AS compliance,
           CASE WHEN aggregation = 'milestone'
                THEN CAST(reported_to_date + coalesce(programmed_missing,
                    0) >= programmed_to_date - 1e-9 AS INTEGER)
                ELSE (reported_to_date + coalesce(programmed_missing, 0)) / nullif(programmed_to_date, 0)
                END AS compliance_if_missing_done,
           needed_total(programme_total, target) AS needed
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
SELECT code, position, dense_rank() OVER (ORDER BY objective_position) AS objective_number, objective,
       activity,
       locality, indicator, unit, aggregation, direction, CAST(target AS DOUBLE) AS target, process_indicator,
       localities, weight, responsible, participants, notes, CAST(own_funding AS DOUBLE) AS own_funding,
       CAST(external_funding AS DOUBLE) AS external_funding, is_percent, programmed_to_date, reported_to_date,
       compliance,
       CASE WHEN status = 'not_reported' THEN 0 WHEN is_cumulative THEN compliance END AS compliance_low,
       CASE WHEN status = 'not_reported' THEN 1
            WHEN is_cumulative AND compliance IS NOT NULL
                THEN compliance_if_missing_done END AS compliance_high,
       -- Of the year: what was reached of the target; where less is better and months add up, how much of the
       -- limit is used.
       CASE WHEN status = 'not_reported' OR target IS NULL THEN NULL
            WHEN aggregation = 'milestone' THEN CAST(reported_to_date >= target - 1e-9 AS INTEGER)
            WHEN direction = 'higher' THEN reported_to_date / nullif(target, 0)
            WHEN aggregation = 'sum' THEN reported_total / nullif(target, 0)
            WHEN reported_to_date <= 0 THEN 1
            ELSE target / reported_to_date END AS annual,
       status, months_due, months_reported, months_partial,
       array_to_string(localities_missing, '|') AS localities_missing,
       months_missing, months_programmed, value_count,
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

-- Grain: activity seen from one locality. Its own activities as they are; of one programmed for the whole
-- utility the locality's value and, where values add up, its share of the months that count; nothing of the
-- utility's beside them.
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
           count(*) AS value_count, max(v.month) AS last_month,
           CAST(sum(v.reported) FILTER (WHERE c.is_counted) AS DOUBLE) AS counted,
           CAST(max(v.reported) FILTER (WHERE v.month = s.last_month) AS DOUBLE) AS in_last_month
    FROM current_value(the_year, the_entity, the_process, known_at) AS v
    JOIN seen AS s USING (code)
    JOIN cell(the_year, the_entity, the_process, cutoff, known_at, programme) AS c ON c.code = v.code
        AND c.month = v.month
    WHERE v.locality = the_locality AND v.month <= cutoff
    GROUP BY v.code
), located AS (
    SELECT s.*, s.locality = the_locality AS is_own, l.value_count AS local_count,
           l.last_month AS local_month,
           CASE s.aggregation WHEN 'mean' THEN l.mean WHEN 'last' THEN l.last ELSE l.total END AS local_value,
           -- A balance's part is taken in the month the whole is known for.
           CASE WHEN m.combination <> 'sum' THEN NULL
                WHEN s.aggregation = 'last' THEN l.in_last_month ELSE l.counted END AS local_part
    FROM seen AS s
    JOIN measured_code(the_year, the_entity, the_process, known_at, programme) AS m USING (code)
    LEFT JOIN local_value AS l USING (code)
)
SELECT * EXCLUDE (is_own, local_value, local_part, local_count, local_month) REPLACE (
           CASE WHEN is_own THEN target END AS target,
           CASE WHEN is_own THEN programmed_to_date END AS programmed_to_date,
           CASE WHEN is_own THEN reported_to_date ELSE local_value END AS reported_to_date,
           CASE WHEN is_own THEN compliance END AS compliance,
           CASE WHEN is_own THEN compliance_low END AS compliance_low,
           CASE WHEN is_own THEN compliance_high END AS compliance_high,
           CASE WHEN is_own THEN annual END AS annual,
           CASE WHEN is_own THEN status END AS status,
           CASE WHEN is_own THEN months_due ELSE 0 END AS months_due,
           CASE WHEN is_own THEN months_reported ELSE 0 END AS months_reported,
           CASE WHEN is_own THEN months_partial ELSE 0 END AS months_partial,
           CASE WHEN is_own THEN months_missing ELSE 0 END AS months_missing,
           CASE WHEN is_own THEN months_programmed ELSE 0 END AS months_programmed,
           CASE WHEN is_own THEN localities_missing END AS localities_missing,
           CASE WHEN is_own THEN value_count ELSE local_count END AS value_count,
           CASE WHEN is_own THEN last_month ELSE local_month END AS last_month,
           is_own AND has_partial AS has_partial,
           CASE WHEN is_own THEN partial_month END AS partial_month,
           CASE WHEN is_own THEN programmed_missing END AS programmed_missing,
           CASE WHEN is_own THEN programme_total END AS programme_total,
           CASE WHEN is_own THEN programme_due END AS programme_due,
           CASE WHEN is_own THEN shortfall END AS shortfall,
           CASE WHEN is_own THEN required_pace END AS required_pace,
           CASE WHEN is_own THEN best_month END AS best_month,
           CASE WHEN is_own THEN verdict END AS verdict
       ),
       CASE WHEN NOT is_own THEN local_part / nullif(reported_to_date, 0) END AS share
FROM located
WHERE is_own OR local_value IS NOT NULL;

-- Grain: activity x month seen from one locality. Its own activities as they are; of one programmed for the
-- whole utility the locality's own values without programme. is_whole_only: the month has a value of the
-- whole and none of the locality.
CREATE OR REPLACE MACRO cell_in_locality(the_year, the_entity, the_process, cutoff, known_at, programme,
    the_locality) AS TABLE
WITH whole AS (
    SELECT c.*, a.locality = the_locality AS is_own
    FROM cell(the_year, the_entity, the_process, cutoff, known_at, programme) AS c
    JOIN plan_activity(the_year, the_entity, the_process, known_at, programme) AS a USING (code)
), valued AS (
    SELECT w.*, CAST(v.reported AS DOUBLE) AS own_reported, e.reported IS NOT NULL AS is_told_whole
    FROM whole AS w
    LEFT JOIN current_value(the_year, the_entity, the_process, known_at) AS v
        ON v.code = w.code AND v.month = w.month AND v.locality = the_locality AND v.month <= cutoff
    LEFT JOIN current_value(the_year, the_entity, the_process, known_at) AS e
        ON e.code = w.code AND e.month = w.month AND e.locality = 'EPS' AND e.month <= cutoff
)
SELECT * EXCLUDE (is_own, own_reported, is_told_whole) REPLACE (
           CASE WHEN is_own THEN programmed END AS programmed,
           CASE WHEN is_own THEN reported ELSE own_reported END AS reported,
           is_own AND is_provisional AS is_provisional,
           CASE WHEN is_own THEN due_month END AS due_month,
           is_own AND is_due AS is_due,
           is_own AND is_partial AS is_partial,
           CASE WHEN is_own THEN programmed_in_force END AS programmed_in_force,
           CASE WHEN is_own THEN programme_total END AS programme_total,
           CASE WHEN is_own THEN is_counted ELSE own_reported IS NOT NULL END AS is_counted,
           CASE WHEN is_own THEN running_reported
               ELSE sum(own_reported) OVER (PARTITION BY code ORDER BY month) END AS running_reported,
           CASE WHEN is_own THEN running_programmed END AS running_programmed,
           CASE WHEN is_own THEN state WHEN own_reported <> 0 THEN 'unprogrammed'
               ELSE 'not_programmed' END AS state,
           CASE WHEN is_own THEN localities_missing END AS localities_missing
       ),
       NOT is_own AND own_reported IS NULL AND is_told_whole AS is_whole_only
FROM valued;

-- Grain: activity x quarter. The quarter's months up to the cut-off, work counted in the month it was
-- reported, no status; NULL where the quarter has no report.
CREATE OR REPLACE MACRO quarter(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH ruled AS (
    SELECT code, (month + 2) // 3 AS quarter,
           any_value(aggregation) AS aggregation, any_value(direction) AS direction,
           CAST(CASE WHEN any_value(is_cumulative) THEN sum(programmed) FILTER (WHERE is_due)
                WHEN any_value(aggregation) = 'mean' THEN avg(programmed) FILTER (WHERE is_counted)
                WHEN any_value(aggregation) = 'last' THEN arg_max(programmed_in_force, month)
                    FILTER (WHERE is_counted)
                ELSE sum(programmed) FILTER (WHERE is_counted)
           END AS DOUBLE) AS programmed,
           CASE any_value(aggregation)
                WHEN 'mean' THEN avg(reported) FILTER (WHERE is_counted)
                WHEN 'last' THEN arg_max(reported, month) FILTER (WHERE is_counted)
                ELSE sum(reported) FILTER (WHERE is_counted) END AS reported
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

-- Grain: activity x quarter seen from one locality: its own activities as they are, of one programmed for the
-- whole utility the locality's own values without programme.
CREATE OR REPLACE MACRO quarter_in_locality(the_year, the_entity, the_process, cutoff, known_at, programme,
    the_locality) AS TABLE
WITH own AS (
    SELECT code, (month + 2) // 3 AS quarter,
           CASE any_value(aggregation) WHEN 'mean' THEN avg(reported) WHEN 'last'
               THEN arg_max(reported, month) ELSE sum(reported) END AS reported
    FROM cell_in_locality(the_year, the_entity, the_process, cutoff, known_at, programme, the_locality)
    GROUP BY code, quarter
)
SELECT q.code, q.quarter,
       CASE WHEN a.locality = the_locality THEN q.programmed END AS programmed,
       CASE WHEN a.locality = the_locality THEN q.reported ELSE o.reported END AS reported,
       CASE WHEN a.locality = the_locality THEN q.compliance END AS compliance
FROM quarter(the_year, the_entity, the_process, cutoff, known_at, programme) AS q
JOIN plan_activity(the_year, the_entity, the_process, known_at, programme) AS a ON a.code = q.code
JOIN own AS o ON o.code = q.code AND o.quarter = q.quarter;

-- Grain: activity. What it weighs in a roll-up: its compliance within [0, 1], a silent one 0, NULL where
-- nothing is due.
CREATE OR REPLACE MACRO rollup_member(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH bounded AS (
    SELECT code, objective, responsible, locality, position, status, compliance,
           coalesce(weight, 1) AS weight,
           CASE WHEN status = 'not_reported' THEN 0 ELSE compliance END AS value,
           coalesce(compliance_low, compliance) AS low,
           coalesce(compliance_high, compliance) AS high,
           met_threshold, at_risk_threshold
    FROM activity_to_date(the_year, the_entity, the_process, cutoff, known_at, programme)
)
-- CASE and not least(): least(NULL, 1) is 1, and a silent activity would score 100 %.
SELECT * REPLACE (
    CASE WHEN value > 1 THEN 1 WHEN value < 0 THEN 0 ELSE value END AS value,
    CASE WHEN low > 1 THEN 1 WHEN low < 0 THEN 0 ELSE low END AS low,
    CASE WHEN high > 1 THEN 1 WHEN high < 0 THEN 0 ELSE high END AS high
)
FROM bounded;

-- Grain: every combination of objective, responsible and locality, each one or all (is_all_...): one
-- pass answers every grouping under every filter. Mean of compliance within [0, 1], weighted, over
-- activities directly; a silent one counts 0 and is counted; what is not due stays out.
CREATE OR REPLACE MACRO rollup(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
WITH combined AS (
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
    FROM rollup_member(the_year, the_entity, the_process, cutoff, known_at, programme)
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
       coalesce(r.is_partial, FALSE) AS is_partial, r.localities_missing
FROM outcome_line(the_year, the_entity, the_process, known_at, programme) AS l
LEFT JOIN month_value(the_year, the_entity, the_process, cutoff, known_at, programme) AS r
    ON r.code = l.code AND r.month = l.month;

-- What was improved over what should have been by then; where the path still stands at the baseline, 1 if the
-- value is at or past it, else 0.
CREATE OR REPLACE MACRO outcome_compliance(baseline, reported, path, direction) AS
CASE WHEN abs(baseline - path) > 1e-9 THEN (baseline - reported) / (baseline - path)
     WHEN reported IS NOT NULL
     THEN CAST((path - reported) * CASE direction WHEN 'lower' THEN 1 ELSE -1 END >= -1e-9 AS INTEGER) END;

-- Grain: the outcome. Everything stands at the last month reported (k); improvement is positive
-- whichever way is better.
CREATE OR REPLACE MACRO outcome_to_date(the_year, the_entity, the_process, cutoff, known_at,
    programme) AS TABLE
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
SELECT month, next_month + CAST(least(reporting_day,
           day(last_day(next_month))) - 1 AS INTEGER) AS reporting_date
FROM closing;

-- Grain: month 1-12. Open until its reporting day (Lima, UTC-5, that day included) has passed, seen from
-- today, or until it is closed. What falls due in it and how much of that is reported. With each: the cut-off
-- that is chosen where none is, the last month no longer open in which the outcome or a programmed cell has a
-- value; and the due month, the last no longer open: while an illustration stands it is that cut-off.
CREATE OR REPLACE MACRO plan_month(the_year, the_entity, the_process, known_at, programme, today) AS TABLE
WITH seen AS MATERIALIZED (
    SELECT month, due_month, programmed, reported, state, reached_month
    FROM cell(the_year, the_entity, the_process, 12, known_at, programme)
), valued AS (
    SELECT DISTINCT month FROM seen WHERE programmed IS NOT NULL AND reported IS NOT NULL
), asked AS (
    SELECT due_month AS month, count(*) AS cells,
           count(*) FILTER (WHERE state NOT IN ('missing', 'partial')) AS cells_reported,
           count(*) FILTER (WHERE state = 'partial') AS cells_partial,
           -- A milestone reached late: until the month it was reached in is due, its own is missing.
           list(reached_month) FILTER (WHERE state = 'covered' AND due_month < reached_month) AS reached_late
    FROM seen
    WHERE programmed IS NOT NULL
    GROUP BY due_month
), dated AS (
    SELECT r.month, r.reporting_date,
           CAST(today - INTERVAL 5 HOUR AS DATE) <= r.reporting_date
               AND NOT coalesce(k.closed, FALSE) AS is_open,
           coalesce(k.closed, FALSE) AS is_closed, k.changed_at, k.changed_by,
           coalesce(a.cells, 0) AS cells, coalesce(a.cells_reported, 0) AS cells_reported,
           coalesce(a.cells_partial, 0) AS cells_partial,
           coalesce(a.reached_late, []) AS reached_late,
           v.month IS NOT NULL OR o.reported IS NOT NULL AS has_value
    FROM reporting_day(the_year, the_entity, the_process, known_at, programme) AS r
    LEFT JOIN asked AS a USING (month)
    LEFT JOIN valued AS v USING (month)
    LEFT JOIN month_closing(the_year, the_entity, the_process, known_at) AS k USING (month)
    LEFT JOIN outcome_path(the_year, the_entity, the_process, 12, known_at, programme) AS o USING (month)
)
SELECT * EXCLUDE (has_value, reached_late) REPLACE (
           cells_reported - CASE WHEN month <= due_month
               THEN len(list_filter(reached_late, lambda reached: reached > due_month))
               ELSE 0 END AS cells_reported
       )
FROM (
    SELECT *,
           coalesce(max(month) FILTER (WHERE NOT is_open AND has_value) OVER (), 0) AS default_cutoff,
           CASE WHEN (SELECT bool_or(illustrative) FROM accepted_upload(the_year, the_entity, the_process,
               known_at)) THEN default_cutoff
                ELSE coalesce(max(month) FILTER (WHERE NOT is_open) OVER (), 0) END AS due_month
    FROM dated
);

-- Grain: cell due by the cut-off, the months of the outcome among them (position 0, of no division):
-- reported, in part (localities_missing says without whom), or missing; is_late: a milestone reached after
-- its own month was due. Wherever reporting is counted it is these that are counted.
CREATE OR REPLACE MACRO due_cell(the_year, the_entity, the_process, cutoff, known_at, programme) AS TABLE
SELECT a.responsible, c.position, c.code, c.month, c.due_month,
       c.state IN ('missing', 'partial') AS is_lacking,
       c.state = 'partial' AS is_partial, c.state = 'covered' AND c.due_month < c.reached_month AS is_late,
       array_to_string(c.localities_missing, ', ') AS localities_missing
FROM cell(the_year, the_entity, the_process, cutoff, known_at, programme) AS c
JOIN plan_activity(the_year, the_entity, the_process, known_at, programme) AS a USING (code)
WHERE c.is_due
UNION ALL
SELECT NULL, 0, code, month, month, reported IS NULL, is_partial, FALSE,
       array_to_string(localities_missing, ', ')
FROM outcome_path(the_year, the_entity, the_process, cutoff, known_at, programme)
WHERE month BETWEEN 1 AND cutoff;

-- Grain: the plan, seen at its due month (as cut-off). What is overdue of the activities after the month that
-- figures stand at.
CREATE OR REPLACE MACRO overdue(the_year, the_entity, the_process, cutoff, known_at, programme,
    figures_to) AS TABLE
SELECT min(due_month) AS first_month, max(due_month) AS last_month, count(*) AS cells,
       count(DISTINCT coalesce(responsible, '')) AS divisions
FROM due_cell(the_year, the_entity, the_process, cutoff, known_at, programme)
WHERE is_lacking AND position > 0 AND due_month > figures_to;
