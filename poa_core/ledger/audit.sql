-- Everything that changed what a figure says, in the order it happened. No figure is defined here.

-- Grain: upload of a plan, with its withdrawal as far as it was known.
CREATE OR REPLACE MACRO told_upload(the_year, the_entity, the_process, known_at) AS TABLE
SELECT u.upload_id, u.kind, u.file_name, u.uploaded_by, u.accepted_at, u.reason, u.illustrative,
       w.withdrawn_at, w.withdrawn_by, w.reason AS withdrawal_reason
FROM upload AS u
LEFT JOIN withdrawal AS w ON w.upload_id = u.upload_id AND w.withdrawn_at <= known_at
WHERE u.year = the_year AND u.entity = the_entity AND u.process = the_process AND u.accepted_at <= known_at
  -- An illustration taken away is no part of what the utility ever said.
  AND NOT (u.illustrative AND w.withdrawn_at IS NOT NULL);

-- Grain: value as accepted, or as withdrawn with its upload. What the cell said before and after.
CREATE OR REPLACE MACRO value_change(the_year, the_entity, the_process, known_at) AS TABLE
WITH told AS (
    SELECT v.code, v.locality, v.month, v.row_number, v.reported, u.*
    FROM reported_value AS v
    JOIN told_upload(the_year, the_entity, the_process, known_at) AS u USING (upload_id)
    WHERE v.year = the_year AND v.entity = the_entity AND v.process = the_process
), happened AS (
    SELECT code, locality, month, row_number, upload_id, file_name, illustrative, accepted_at,
           reported AS after,
           FALSE AS is_withdrawal, accepted_at AS moment, uploaded_by AS person, reason
    FROM told
    UNION ALL
    SELECT code, locality, month, row_number, upload_id, file_name, illustrative, accepted_at, NULL,
           TRUE, withdrawn_at, withdrawn_by, withdrawal_reason
    FROM told WHERE withdrawn_at IS NOT NULL
), surrounded AS (
    SELECT h.code, h.locality, h.month, h.upload_id, h.is_withdrawal,
           any_value(h.file_name) AS file_name, any_value(h.moment) AS moment, any_value(h.person) AS person,
           any_value(h.reason) AS reason, any_value(h.row_number) AS row_number,
           any_value(h.after) AS accepted,
           -- An upload is withdrawn at its own moment or later; before that moment it still stood.
           arg_max({'upload_id': b.upload_id, 'reported': b.reported}, b.upload_id)
               FILTER (WHERE b.withdrawn_at IS NULL OR b.withdrawn_at > h.moment OR h.is_withdrawal
                   AND b.withdrawn_at = h.moment)
               AS before,
           arg_max({'upload_id': b.upload_id, 'reported': b.reported}, b.upload_id)
               FILTER (WHERE b.withdrawn_at IS NULL OR b.withdrawn_at > h.moment) AS left_standing
    FROM happened AS h
    LEFT JOIN told AS b
        ON b.code = h.code AND b.locality = h.locality AND b.month = h.month
            AND b.illustrative = h.illustrative
       AND CASE WHEN h.is_withdrawal THEN b.accepted_at <= h.moment
                ELSE b.upload_id < h.upload_id END
    GROUP BY h.code, h.locality, h.month, h.upload_id, h.is_withdrawal
), compared AS (
    SELECT moment, person, code, locality, month, upload_id, file_name, row_number, reason,
           before.reported AS before,
           CASE WHEN is_withdrawal THEN left_standing.reported ELSE accepted END AS after,
           is_withdrawal AND before.upload_id <> upload_id AS was_not_standing,
           is_withdrawal
    FROM surrounded
)
SELECT moment, person, code, locality, month, upload_id, file_name, row_number, reason, before, after,
       CASE WHEN is_withdrawal THEN 'withdrawn'
            WHEN before IS NULL THEN 'reported'
            WHEN after IS NULL THEN 'taken_back'
            ELSE 'corrected' END AS kind
FROM compared
WHERE NOT was_not_standing AND before IS DISTINCT FROM after;

-- Grain: what one version of the plan changed of the one it took the place of, as text; taken back, the same
-- the other way.
CREATE OR REPLACE MACRO plan_change(the_year, the_entity, the_process, known_at) AS TABLE
WITH accepted AS (
    SELECT upload_id, accepted_at, withdrawn_at
    FROM told_upload(the_year, the_entity, the_process, known_at)
    WHERE kind = 'plan'
), version AS (
    -- Only the newest is ever taken back: what stood when it was accepted stands when it goes.
    SELECT v.upload_id, any_value(v.withdrawn_at) AS withdrawn_at, max(b.upload_id) AS previous
    FROM accepted AS v
    LEFT JOIN accepted AS b
        ON b.upload_id < v.upload_id
       AND (b.withdrawn_at IS NULL OR b.withdrawn_at > v.accepted_at)
    GROUP BY v.upload_id
), said AS (
    SELECT upload_id, code, 0 AS month, unnest([
               {'field': 'activity', 'value': activity}, {'field': 'locality', 'value': locality},
               {'field': 'unit', 'value': unit}, {'field': 'aggregation', 'value': aggregation},
               {'field': 'direction', 'value': direction}, {'field': 'target',
               'value': CAST(CAST(target AS DOUBLE) AS VARCHAR)},
               {'field': 'weight', 'value': CAST(weight AS VARCHAR)}, {'field': 'localities',
               'value': localities},
               {'field': 'responsible', 'value': responsible}], recursive := true)
    FROM activity SEMI JOIN version USING (upload_id)
    UNION ALL
    SELECT upload_id, code, 0, CASE WHEN combination IS NULL THEN 'localities' ELSE 'combination' END,
           coalesce(combination, localities)
    FROM local_rule SEMI JOIN version USING (upload_id)
    UNION ALL
    SELECT upload_id, coalesce(outcome_code, ''), 0, unnest([
               {'field': 'baseline', 'value': CAST(CAST(baseline AS DOUBLE) AS VARCHAR)},
               {'field': 'target', 'value': CAST(CAST(target AS DOUBLE) AS VARCHAR)},
               {'field': 'met_threshold', 'value': CAST(met_threshold AS VARCHAR)},
               {'field': 'at_risk_threshold', 'value': CAST(at_risk_threshold AS VARCHAR)},
               {'field': 'reporting_day', 'value': CAST(reporting_day AS VARCHAR)}], recursive := true)
    FROM plan SEMI JOIN version USING (upload_id)
    UNION ALL
    SELECT upload_id, code, month, 'programmed', CAST(CAST(programmed AS DOUBLE) AS VARCHAR)
    FROM programme SEMI JOIN version USING (upload_id)
), paired AS (
    SELECT coalesce(n.upload_id, o.upload_id) AS upload_id, coalesce(n.code, o.code) AS code,
           coalesce(n.month, o.month) AS month, coalesce(n.field, o.field) AS field, o.value AS before,
           n.value AS after
    FROM (SELECT s.*, v.previous FROM said AS s JOIN version AS v USING (upload_id)) AS n
    FULL JOIN (SELECT s.* REPLACE (v.upload_id AS upload_id) FROM said AS s JOIN version AS v
        ON v.previous = s.upload_id) AS o
        ON o.upload_id = n.upload_id AND o.code = n.code AND o.month = n.month AND o.field = n.field
), changed AS (
    SELECT p.*, v.withdrawn_at
    FROM paired AS p
    JOIN version AS v USING (upload_id)
    WHERE v.previous IS NOT NULL AND p.before IS DISTINCT FROM p.after
)
SELECT upload_id, code, month, field, before, after, FALSE AS is_withdrawal FROM changed
UNION ALL
SELECT upload_id, code, month, field, after, before, TRUE FROM changed WHERE withdrawn_at IS NOT NULL;

-- Grain: one thing that changed what a figure says, newest first: who, when, what, before, after, why. month
-- 0: no month of its own. is_after_closing: the month was closed when it happened.
CREATE OR REPLACE MACRO audit_trail(the_year, the_entity, the_process, known_at) AS TABLE
WITH upload_told AS (
    FROM told_upload(the_year, the_entity, the_process, known_at)
), happened AS (
    SELECT moment, kind, person, code, locality, month, NULL AS field,
           CAST(CAST(before AS DOUBLE) AS VARCHAR) AS before, CAST(CAST(after AS DOUBLE) AS VARCHAR) AS after,
           reason, file_name, upload_id, row_number
    FROM value_change(the_year, the_entity, the_process, known_at)
    UNION ALL
    SELECT u.accepted_at, 'plan', u.uploaded_by, NULL, NULL, 0, NULL, NULL, NULL, u.reason, u.file_name,
           u.upload_id, 0
    FROM upload_told AS u WHERE u.kind = 'plan'
    UNION ALL
    SELECT u.withdrawn_at, 'plan_withdrawn', u.withdrawn_by, NULL, NULL, 0, NULL, NULL, NULL,
           u.withdrawal_reason, u.file_name, u.upload_id, 0
    FROM upload_told AS u WHERE u.kind = 'plan' AND u.withdrawn_at IS NOT NULL
    UNION ALL
    SELECT CASE WHEN p.is_withdrawal THEN u.withdrawn_at ELSE u.accepted_at END, 'plan_changed',
           CASE WHEN p.is_withdrawal THEN u.withdrawn_by ELSE u.uploaded_by END, p.code, NULL, p.month,
           p.field, p.before, p.after,
           CASE WHEN p.is_withdrawal THEN u.withdrawal_reason ELSE u.reason END, u.file_name, u.upload_id, 0
    FROM plan_change(the_year, the_entity, the_process, known_at) AS p
    JOIN upload_told AS u USING (upload_id)
    UNION ALL
    SELECT u.accepted_at, 'remark', u.uploaded_by, r.code, r.locality, r.month, NULL, NULL,
           concat_ws(' · ', r.cause, r.measure, r.note), u.reason, u.file_name, u.upload_id, r.row_number
    FROM remark AS r JOIN upload_told AS u USING (upload_id)
    WHERE r.year = the_year AND r.entity = the_entity AND r.process = the_process
    UNION ALL
    SELECT u.withdrawn_at, 'remark_withdrawn', u.withdrawn_by, r.code, r.locality, r.month, NULL, NULL,
           concat_ws(' · ', r.cause, r.measure, r.note), u.withdrawal_reason, u.file_name, u.upload_id,
           r.row_number
    FROM remark AS r JOIN upload_told AS u USING (upload_id)
    WHERE r.year = the_year AND r.entity = the_entity AND r.process = the_process
        AND u.withdrawn_at IS NOT NULL
    UNION ALL
    SELECT changed_at, CASE WHEN closed THEN 'closed' ELSE 'reopened' END, changed_by, NULL, NULL, month,
           NULL, NULL, NULL,
           reason, NULL, NULL, change_id
    FROM month_state
    WHERE year = the_year AND entity = the_entity AND process = the_process AND changed_at <= known_at
    UNION ALL
    SELECT changed_at, CASE WHEN archived THEN 'archived' ELSE 'brought_back' END, changed_by, NULL, NULL, 0,
           NULL, NULL, NULL,
           reason, NULL, NULL, change_id
    FROM plan_archive
    WHERE year = the_year AND entity = the_entity AND process = the_process AND changed_at <= known_at
), closure AS (
    SELECT month, changed_at, closed,
           lead(changed_at) OVER (PARTITION BY month ORDER BY change_id) AS until
    FROM month_state
    WHERE year = the_year AND entity = the_entity AND process = the_process AND changed_at <= known_at
), dated AS (
    SELECT h.*,
       h.kind IN ('reported', 'corrected', 'taken_back', 'withdrawn', 'plan_changed') AND EXISTS (
           FROM closure AS c
           WHERE c.month = h.month AND c.closed AND c.changed_at < h.moment
               AND (c.until IS NULL OR h.moment < c.until)
       ) AS is_after_closing
    FROM happened AS h
)
-- A file's reason is why it corrects or passes a closing: a first value beside those needs none and is given
-- none.
SELECT * REPLACE (CASE WHEN kind <> 'reported' OR is_after_closing THEN reason END AS reason)
FROM dated
ORDER BY moment DESC, upload_id DESC NULLS FIRST, row_number, code, month, field, locality;
