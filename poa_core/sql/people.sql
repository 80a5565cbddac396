-- Who may do what, and which division answers for what. No figure is defined here.

-- Grain: address. What the newest change of a person's rights says.
CREATE OR REPLACE MACRO current_person() AS TABLE
SELECT * FROM person QUALIFY row_number() OVER (PARTITION BY address ORDER BY change_id DESC) = 1;

-- Grain: code of a plan. The division that answers for it; the outcome is the whole process's.
CREATE OR REPLACE MACRO code_division(the_year, the_entity, the_process, known_at) AS TABLE
SELECT code, responsible AS division
FROM plan_activity(the_year, the_entity, the_process, known_at, 'current')
UNION ALL
SELECT outcome_code, process
FROM plan_version(the_year, the_entity, the_process, known_at, 'current') WHERE outcome_code IS NOT NULL;
