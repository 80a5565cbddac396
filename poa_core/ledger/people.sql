-- Who may do what, whose account an address is, and which division answers for what. No figure is defined here.

-- Grain: address. What the newest change of a person's rights says.
CREATE OR REPLACE MACRO current_person() AS TABLE
SELECT * FROM person QUALIFY row_number() OVER (PARTITION BY address ORDER BY change_id DESC) = 1;

-- Grain: address. Which account of the provider it means; issuer and subject NULL where it was released.
CREATE OR REPLACE MACRO current_identity() AS TABLE
SELECT * FROM login_identity QUALIFY row_number() OVER (PARTITION BY address ORDER BY change_id DESC) = 1;

-- Grain: code of a plan. The division that answers for it; the outcome is the whole process's.
CREATE OR REPLACE MACRO code_division(the_year, the_entity, the_process, known_at) AS TABLE
SELECT code, responsible AS division
FROM plan_activity(the_year, the_entity, the_process, known_at, 'current')
UNION ALL
SELECT outcome_code, process
FROM plan_version(the_year, the_entity, the_process, known_at, 'current') WHERE outcome_code IS NOT NULL;

-- Grain: division, of every plan's newest version.
CREATE OR REPLACE MACRO every_division() AS TABLE
WITH newest AS (SELECT max(upload_id) AS upload_id FROM plan GROUP BY year, entity, process)
SELECT responsible AS division FROM activity SEMI JOIN newest USING (upload_id) WHERE responsible IS NOT NULL
UNION
SELECT process FROM plan SEMI JOIN newest USING (upload_id);
