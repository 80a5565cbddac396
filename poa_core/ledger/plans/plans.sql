-- What becomes of a plan: archived, taken back, and which of its facts stand on one version alone. No figure
-- is defined here.

-- Grain: plan of which every version was taken back: who took the last one back, when and why.
CREATE OR REPLACE MACRO undone_plan(known_at) AS TABLE
SELECT year, entity, process, newest.withdrawn_by, newest.withdrawn_at, newest.reason
FROM (
    SELECT u.year, u.entity, u.process,
           arg_max({'withdrawn_by': w.withdrawn_by, 'withdrawn_at': w.withdrawn_at, 'reason': w.reason},
                   (w.withdrawn_at, u.upload_id)) AS newest
    FROM upload AS u
    JOIN withdrawal AS w USING (upload_id)
    WHERE u.kind = 'plan' AND w.withdrawn_at <= known_at
    GROUP BY u.year, u.entity, u.process
) AS gone
ANTI JOIN (
    SELECT year, entity, process
    FROM upload
    WHERE kind = 'plan' AND accepted_at <= known_at
      AND upload_id NOT IN (SELECT upload_id FROM withdrawal WHERE withdrawn_at <= known_at)
) AS standing USING (year, entity, process)
ORDER BY year DESC, entity, process;

-- Grain: code x locality x upload that tells a value or a note, accepted after a version of the plan that no
-- longer stands, and of which what is left knows nothing: no such code or locality, or one of the changed,
-- whose values would count nowhere.
CREATE OR REPLACE MACRO told_of_one_version(the_year, the_entity, the_process, version, changed) AS TABLE
WITH kept AS (
    SELECT code, own AS locality, localities
    FROM measured_code(the_year, the_entity, the_process, TIMESTAMP 'infinity', 'current')
), place AS (
    SELECT 'EPS' AS locality
    UNION SELECT locality FROM kept
    UNION SELECT unnest(string_split(localities, '|')) FROM kept
), told AS (
    SELECT code, locality, upload_id, file_name
    FROM current_value(the_year, the_entity, the_process, TIMESTAMP 'infinity')
    UNION
    SELECT r.code, r.locality, u.upload_id, u.file_name
    FROM remark AS r
    JOIN accepted_upload(the_year, the_entity, the_process, TIMESTAMP 'infinity') AS u USING (upload_id)
    WHERE r.year = the_year AND r.entity = the_entity AND r.process = the_process
)
SELECT t.*
FROM told AS t
LEFT JOIN kept AS k USING (code)
WHERE t.upload_id > version
  AND (k.code IS NULL OR list_contains(changed, t.code)
       OR NOT (t.locality = k.locality
               OR k.locality = 'EPS' AND CASE WHEN k.localities IS NULL THEN t.locality IN (FROM place)
                                              ELSE list_contains(string_split(k.localities, '|'),
                                                  t.locality) END))
ORDER BY t.upload_id, t.code, t.locality;
