-- What changed between two instants. No figure is defined here: each side is metrics.sql's own, at its own
-- cut-off and instant, so that what is compared is what the dashboard said then and what it says now.

-- Grain: code x locality x month told anew (nothing before) or changed between the two instants, in months up
-- to the cut-off. A value that came and went in between is neither; one that took the place of an
-- illustration is new.
CREATE OR REPLACE MACRO cell_since(the_year, the_entity, the_process, cutoff, known_at, since) AS TABLE
WITH before AS (
    SELECT v.*
    FROM current_value(the_year, the_entity, the_process, since) AS v
    SEMI JOIN told_upload(the_year, the_entity, the_process, known_at) AS u USING (upload_id)
    WHERE v.month <= cutoff
), now AS (
    FROM current_value(the_year, the_entity, the_process, known_at) WHERE month <= cutoff
)
SELECT code, locality, month, b.reported AS before, n.reported AS now
FROM before AS b
FULL JOIN now AS n USING (code, locality, month)
WHERE b.reported IS DISTINCT FROM n.reported;

-- Grain: code of which a value is new or changed.
CREATE OR REPLACE MACRO value_since(the_year, the_entity, the_process, cutoff, known_at, since) AS TABLE
SELECT code,
       count(*) FILTER (WHERE before IS NULL) AS new_reports,
       count(*) FILTER (WHERE before IS NOT NULL) AS corrections
FROM cell_since(the_year, the_entity, the_process, cutoff, known_at, since)
GROUP BY code;

-- Grain: activity whose status, compliance or values changed. One side is NULL where the plan had it not yet,
-- or has it no more.
CREATE OR REPLACE MACRO activity_since(
    the_year, the_entity, the_process, cutoff, known_at, programme, cutoff_then, since
) AS TABLE
WITH before AS (
    FROM activity_to_date(the_year, the_entity, the_process, cutoff_then, since, programme)
), now AS (
    FROM activity_to_date(the_year, the_entity, the_process, cutoff, known_at, programme)
), compared AS (
    SELECT code, coalesce(n.position, b.position) AS position,
           coalesce(n.objective, b.objective) AS objective,
           coalesce(n.activity, b.activity) AS activity, coalesce(n.indicator, b.indicator) AS indicator,
           coalesce(n.responsible, b.responsible) AS responsible,
           coalesce(n.locality, b.locality) AS locality,
           b.status AS status_before, n.status AS status_now, b.compliance AS compliance_before,
           n.compliance AS compliance_now
    FROM before AS b
    FULL JOIN now AS n USING (code)
)
SELECT c.*, coalesce(v.new_reports, 0) AS new_reports, coalesce(v.corrections, 0) AS corrections
FROM compared AS c
LEFT JOIN value_since(the_year, the_entity, the_process, cutoff, known_at, since) AS v USING (code)
WHERE c.status_before IS DISTINCT FROM c.status_now
   OR (c.compliance_before IS NULL) <> (c.compliance_now IS NULL)
   OR abs(c.compliance_before - c.compliance_now) > 1e-9
   OR v.code IS NOT NULL
ORDER BY c.position, c.code;

-- Grain: the outcome, changed or not. Its side before is NULL where the plan had none yet.
CREATE OR REPLACE MACRO outcome_since(
    the_year, the_entity, the_process, cutoff, known_at, programme, cutoff_then, since
) AS TABLE
SELECT n.code, n.outcome, n.unit,
       b.month_reported AS month_before, n.month_reported AS month_now, b.reported AS reported_before,
       n.reported AS reported_now,
       b.compliance AS compliance_before, n.compliance AS compliance_now, b.status AS status_before,
       n.status AS status_now,
       b.verdict AS verdict_before, n.verdict AS verdict_now,
       coalesce(v.new_reports, 0) AS new_reports, coalesce(v.corrections, 0) AS corrections
FROM outcome_to_date(the_year, the_entity, the_process, cutoff, known_at, programme) AS n
LEFT JOIN outcome_to_date(the_year, the_entity, the_process, cutoff_then, since, programme) AS b ON TRUE
LEFT JOIN value_since(the_year, the_entity, the_process, cutoff, known_at, since) AS v ON v.code = n.code;

-- Grain: code x locality x month that said something else then; now is NULL where the value was taken back.
CREATE OR REPLACE MACRO correction_since(the_year, the_entity, the_process, cutoff, known_at, since) AS TABLE
SELECT c.code, c.locality, c.month, CAST(c.before AS DOUBLE) AS before, CAST(c.now AS DOUBLE) AS now
FROM cell_since(the_year, the_entity, the_process, cutoff, known_at, since) AS c
WHERE c.before IS NOT NULL
ORDER BY c.code, c.month, c.locality;
