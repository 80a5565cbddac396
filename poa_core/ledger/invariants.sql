-- What must be true of the ledger. Each query returns the rows that break it: none, or nothing is saved.
-- A writing transaction asks them of what it wrote: uploads numbered above $uploads, and withdrawals after
-- the first $withdrawals; `verify` asks them of everything, with 0 for both. Facts are append-only: what was
-- true stays true.

-- name: value_without_upload
SELECT upload_id
FROM (SELECT DISTINCT upload_id FROM reported_value WHERE upload_id > $uploads) AS v
WHERE upload_id NOT IN (SELECT upload_id FROM upload)

-- name: upload_without_original
SELECT u.upload_id FROM upload AS u LEFT JOIN original AS o USING (sha256)
WHERE u.upload_id > $uploads AND o.sha256 IS NULL

-- name: upload_numbered_twice
SELECT upload_id FROM upload GROUP BY upload_id HAVING count(*) > 1

-- name: row_count_differs
SELECT u.upload_id, u.row_count, v.rows_stored
FROM upload AS u
LEFT JOIN (
    SELECT upload_id, count(DISTINCT row_number) AS rows_stored FROM (
        SELECT upload_id, row_number FROM reported_value WHERE upload_id > $uploads
        UNION ALL SELECT upload_id, row_number FROM remark WHERE upload_id > $uploads
        UNION ALL SELECT upload_id, position FROM activity WHERE upload_id > $uploads
    ) AS r GROUP BY upload_id
) AS v USING (upload_id)
WHERE u.upload_id > $uploads AND u.row_count <> coalesce(v.rows_stored, 0)

-- name: value_reported_twice_in_upload
-- Counted, for to group them and look at each group takes longer.
SELECT upload_id
FROM (SELECT upload_id, count(*) AS told FROM reported_value WHERE upload_id > $uploads GROUP BY upload_id)
JOIN (
    SELECT upload_id, count(*) AS cells
    FROM (SELECT DISTINCT upload_id, code, locality, month FROM reported_value WHERE upload_id > $uploads)
    GROUP BY upload_id
) USING (upload_id)
WHERE told <> cells

-- name: month_out_of_range
SELECT upload_id, code, month FROM reported_value WHERE upload_id > $uploads AND month NOT BETWEEN 1 AND 12
UNION ALL SELECT upload_id, code, month FROM programme WHERE upload_id > $uploads AND month NOT BETWEEN 1
    AND 12

-- name: retraction_with_value
SELECT upload_id, code, month FROM reported_value WHERE upload_id > $uploads
           AND retracted <> (reported IS NULL)

-- name: month_state_out_of_range
SELECT change_id, month FROM month_state WHERE month NOT BETWEEN 1 AND 12

-- name: month_state_numbered_twice
SELECT change_id FROM month_state GROUP BY change_id HAVING count(*) > 1

-- name: month_closed_or_reopened_twice_in_a_row
SELECT change_id FROM (
    SELECT change_id, closed, lag(closed, 1, FALSE) OVER (PARTITION BY year, entity, process,
               month ORDER BY change_id) AS was
    FROM month_state
) AS changed
WHERE closed = was

-- name: plan_archive_numbered_twice
SELECT change_id FROM plan_archive GROUP BY change_id HAVING count(*) > 1

-- name: plan_archived_or_brought_back_twice_in_a_row
SELECT change_id FROM (
    SELECT change_id, archived, lag(archived, 1, FALSE) OVER (PARTITION BY year, entity,
               process ORDER BY change_id) AS was
    FROM plan_archive
) AS changed
WHERE archived = was

-- name: archived_without_plan
SELECT a.change_id FROM plan_archive AS a
WHERE NOT EXISTS (FROM plan AS p WHERE p.year = a.year AND p.entity = a.entity AND p.process = a.process)

-- name: confirmation_without_upload
SELECT c.upload_id FROM confirmation AS c LEFT JOIN upload AS u USING (upload_id) WHERE u.upload_id IS NULL

-- name: withdrawn_twice
SELECT upload_id FROM withdrawal GROUP BY upload_id HAVING count(*) > 1

-- name: withdrawal_without_upload
SELECT w.upload_id FROM withdrawal AS w LEFT JOIN upload AS u USING (upload_id) WHERE u.upload_id IS NULL

-- name: activity_without_plan
SELECT a.upload_id, a.code FROM activity AS a LEFT JOIN plan AS p USING (upload_id)
WHERE a.upload_id > $uploads AND p.upload_id IS NULL

-- name: unknown_rule
SELECT upload_id, code FROM activity
WHERE upload_id > $uploads
  AND (aggregation NOT IN ('sum', 'mean', 'last', 'milestone') OR direction NOT IN ('higher', 'lower'))

-- name: illustrative_beside_real
SELECT u.year, u.entity, u.process
FROM upload AS u
WHERE u.kind = 'progress' AND u.upload_id NOT IN (SELECT upload_id FROM withdrawal)
GROUP BY u.year, u.entity, u.process
HAVING count(DISTINCT u.illustrative) > 1

-- name: whole_and_local_in_one_month
WITH touched AS (
    SELECT DISTINCT year, entity, process
    FROM upload
    WHERE upload_id > $uploads OR upload_id IN (SELECT upload_id FROM withdrawal OFFSET $withdrawals)
), believed AS MATERIALIZED (
    SELECT u.upload_id, u.kind, t.year, t.entity, t.process
    FROM upload AS u
    JOIN touched AS t USING (year, entity, process)
    WHERE u.upload_id NOT IN (SELECT upload_id FROM withdrawal)
), told_by_locality AS MATERIALIZED (
    -- Most plans have few such months or none, and then there is little to compare.
    SELECT DISTINCT b.year, b.entity, b.process, v.code, v.month
    FROM reported_value AS v
    JOIN believed AS b USING (upload_id)
    WHERE v.locality <> 'EPS'
), newest AS (
    SELECT b.year, b.entity, b.process, v.code, v.month, v.locality,
           arg_max(v.retracted, b.upload_id) AS is_taken_back
    FROM told_by_locality AS l
    -- Where no month is told by locality, no value is looked at: the join alone would go through them all.
    JOIN (FROM reported_value WHERE month >= (SELECT min(month) FROM told_by_locality)) AS v
        ON v.code = l.code AND v.month = l.month
    JOIN believed AS b ON b.upload_id = v.upload_id AND b.year = l.year AND b.entity = l.entity
        AND b.process = l.process
    GROUP BY b.year, b.entity, b.process, v.code, v.month, v.locality
), ruled AS (
    -- measured_code of every plan touched, without its table macro, which takes longer to plan than all of
    -- this to run.
    SELECT m.upload_id, m.code, combination_of(r.combination, m.aggregation, m.direction, m.unit,
               coalesce(m.localities, r.localities)) AS combination
    FROM (
        SELECT upload_id, code, aggregation, direction, unit, localities FROM activity
        UNION ALL SELECT upload_id, outcome_code, aggregation, direction, unit, NULL FROM plan
            WHERE outcome_code IS NOT NULL
    ) AS m
    SEMI JOIN (SELECT max(upload_id) AS upload_id FROM believed WHERE kind = 'plan' GROUP BY year, entity,
        process) AS p USING (upload_id)
    LEFT JOIN local_rule AS r ON r.upload_id = m.upload_id AND r.code = m.code
)
-- Where local values make no value of the utility, both may stand.
SELECT year, entity, process, code, month
FROM newest
WHERE NOT is_taken_back
  AND (year, entity, process, code) NOT IN (
      SELECT b.year, b.entity, b.process, r.code FROM ruled AS r JOIN believed AS b USING (upload_id)
                 WHERE r.combination = 'none')
GROUP BY year, entity, process, code, month
HAVING bool_or(locality = 'EPS') AND bool_or(locality <> 'EPS')
