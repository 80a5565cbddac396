-- Made-up plans and progress of any size. Sizes and seed are the variables that generate.py sets.
-- Place 0 of a plan is its outcome, 1 .. activities are its activities. hash() keeps its values
-- within one DuckDB version.

CREATE OR REPLACE TEMP MACRO made_entity(utility) AS 'EPS ' || lpad((utility + 1)::VARCHAR, 4, '0');

-- 1.1 .. 1.9, 2.1 ..: never a x.10, which a spreadsheet could turn into x.1.
CREATE OR REPLACE TEMP MACRO made_code(place) AS
    CASE WHEN place = 0 THEN 'R1' ELSE ((place - 1) // 9 + 1) || '.' || ((place - 1) % 9 + 1) END;

CREATE OR REPLACE TEMP MACRO made_rule(place) AS
    CASE WHEN place = 0 THEN 'last'
         ELSE ['sum', 'mean', 'last', 'sum', 'milestone'][((place - 1) % 5 + 1)::INTEGER] END;

-- Every fourth of five counts faults: a sum where less is better.
CREATE OR REPLACE TEMP MACRO made_direction(place) AS
    CASE WHEN place = 0 OR (place - 1) % 5 IN (2, 3) THEN 'lower' ELSE 'higher' END;

CREATE OR REPLACE TEMP MACRO made_size(utility, place) AS
    (50 + hash(getvariable('seed'), utility, place) % 950)::INTEGER;

-- NULL where nothing is programmed.
CREATE OR REPLACE TEMP MACRO made_programmed(utility, place, month) AS
    CASE WHEN month > getvariable('months') THEN NULL
         WHEN place = 0 THEN 187000 - 50000 * month / 12
         ELSE CASE made_rule(place)
             WHEN 'sum' THEN made_size(utility, place)
             WHEN 'mean' THEN 20 + made_size(utility, place) % 60
             WHEN 'last' THEN made_size(utility, place) * (100 - 2 * month)
             WHEN 'milestone' THEN CASE WHEN month = getvariable('months') THEN 1 END
         END
    END::DECIMAL(18, 2);

CREATE OR REPLACE TEMP MACRO made_reported(utility, year, place, month) AS
    CASE WHEN made_rule(place) = 'milestone'
         THEN (month = getvariable('months') AND hash(getvariable('seed'), utility, year,
             place) % 5 > 0)::INTEGER
         ELSE made_programmed(utility, place, month)::DOUBLE * (
             CASE made_rule(place) WHEN 'last' THEN 1.0 ELSE 0.75 END
             + hash(getvariable('seed'), utility, year, place, month) % 10000
             * CASE made_rule(place) WHEN 'last' THEN 1e-5 ELSE 4.5e-5 END)
    END::DECIMAL(18, 2);

CREATE OR REPLACE TEMP MACRO made_target(utility, place) AS
    CASE made_rule(place)
        WHEN 'sum' THEN made_size(utility, place) * getvariable('months')
        ELSE made_programmed(utility, place, getvariable('months'))
    END::DECIMAL(18, 2);

-- One row per plan, utility by utility: what belongs together lies together in the file.
CREATE OR REPLACE TEMP VIEW made_plan_key AS
SELECT plan_number, plan_number // getvariable('years') AS utility,
       (getvariable('first_year') + plan_number % getvariable('years'))::INTEGER AS year
FROM (SELECT range AS plan_number FROM range(getvariable('utilities')::BIGINT * getvariable('years')));

-- One row per activity of a plan.
CREATE OR REPLACE TEMP VIEW made_activity_key AS
SELECT plan_number, utility, year, place, made_code(place) AS code
FROM (
    SELECT n // getvariable('activities') AS plan_number,
           n // getvariable('activities') // getvariable('years') AS utility,
           (getvariable('first_year')
               + n // getvariable('activities') % getvariable('years'))::INTEGER AS year,
           n % getvariable('activities') + 1 AS place
    FROM (SELECT range AS n FROM range(
        getvariable('utilities')::BIGINT * getvariable('years') * getvariable('activities')))
);

-- One row per reported month of an activity or outcome.
CREATE OR REPLACE TEMP VIEW made_cell AS
SELECT plan_number, plan_number // getvariable('years') AS utility,
       (getvariable('first_year') + plan_number % getvariable('years'))::INTEGER AS year,
       place, month
FROM (
    SELECT n // (getvariable('months') * (getvariable('activities') + 1)) AS plan_number,
           n // getvariable('months') % (getvariable('activities') + 1) AS place,
           (n % getvariable('months') + 1)::INTEGER AS month
    FROM (SELECT range AS n FROM range(
        getvariable('utilities')::BIGINT * getvariable('years')
        * (getvariable('activities') + 1) * getvariable('months')))
);

-- Files, with the Spanish headers of the project's own.

CREATE OR REPLACE TEMP VIEW made_processes_csv AS
SELECT year AS anio, made_entity(utility) AS entidad, 'Gerencia Comercial' AS proceso,
       'Equilibrio y sostenibilidad' AS objetivo_general, 'Responsable del proceso' AS lider,
       'R1' AS codigo_resultado, 'Cartera morosa en promedio' AS resultado, 'S/' AS unidad,
       187000 AS linea_base, 137000 AS meta, 'ultimo' AS regla, 'menor' AS sentido
FROM made_plan_key;

CREATE OR REPLACE TEMP VIEW made_plan_csv AS
SELECT year AS anio, made_entity(utility) AS entidad, 'Gerencia Comercial' AS proceso, code AS codigo,
       'Objetivo ' || split_part(code, '.', 1) AS objetivo, 'Actividad ' || code AS actividad,
       'EPS' AS localidad, 'Indicador ' || code AS indicador,
       CASE made_rule(place) WHEN 'mean' THEN '%' WHEN 'milestone' THEN 'Documento'
           ELSE 'Unidades' END AS unidad,
       CASE made_rule(place) WHEN 'sum' THEN 'suma' WHEN 'mean' THEN 'promedio'
           WHEN 'last' THEN 'ultimo' ELSE 'hito' END AS agregacion,
       CASE made_direction(place) WHEN 'lower' THEN 'menor' ELSE 'mayor' END AS sentido,
       made_target(utility, place) AS meta,
       made_programmed(utility, place, 1) AS ene, made_programmed(utility, place, 2) AS feb,
       made_programmed(utility, place, 3) AS mar, made_programmed(utility, place, 4) AS abr,
       made_programmed(utility, place, 5) AS may, made_programmed(utility, place, 6) AS jun,
       made_programmed(utility, place, 7) AS jul, made_programmed(utility, place, 8) AS ago,
       made_programmed(utility, place, 9) AS "set", made_programmed(utility, place, 10) AS oct,
       made_programmed(utility, place, 11) AS nov, made_programmed(utility, place, 12) AS dic,
       'División ' || (place % 5 + 1) AS responsable, NULL AS participantes, NULL AS observaciones,
       NULL AS meses_provisionales, NULL AS indicador_proceso
FROM made_activity_key;

CREATE OR REPLACE TEMP VIEW made_progress_csv AS
SELECT year AS anio, made_entity(utility) AS entidad, 'Gerencia Comercial' AS proceso,
       made_code(place) AS codigo, year || '-' || lpad(month::VARCHAR, 2, '0') AS mes,
       made_reported(utility, year, place, month) AS avance, 'ilustrativo' AS origen
FROM made_cell;

-- The same rows as the ledger's tables hold them: each plan one upload, its progress another.

CREATE OR REPLACE TEMP VIEW made_upload AS
SELECT (plan_number + 1 + CASE kind WHEN 'progress' THEN getvariable('utilities') * getvariable('years')
           ELSE 0 END)
           ::INTEGER AS upload_id,
       kind, year, made_entity(utility) AS entity, 'Gerencia Comercial' AS process,
       kind || '.csv' AS file_name,
       sha256(kind) AS sha256, 'benchmark' AS uploaded_by,
       CASE kind WHEN 'plan' THEN make_timestamp(year, 1, 1, 12, 0, 0)
           ELSE make_timestamp(year + 1, 1, 5, 12, 0, 0) END
           AS accepted_at,
       NULL::VARCHAR AS reason, true AS illustrative,
       (CASE kind WHEN 'plan' THEN getvariable('activities')
            ELSE (getvariable('activities') + 1) * getvariable('months') END)::INTEGER AS row_count
FROM (VALUES ('plan'), ('progress')) AS kinds (kind) CROSS JOIN made_plan_key
ORDER BY upload_id;

-- No file stands behind these rows: the word stands for its bytes.
CREATE OR REPLACE TEMP VIEW made_original AS
SELECT sha256(kind) AS sha256, encode(kind) AS content
FROM (VALUES ('plan'), ('progress')) AS kinds (kind);

CREATE OR REPLACE TEMP VIEW made_plan AS
SELECT (plan_number + 1)::INTEGER AS upload_id, year, made_entity(utility) AS entity,
       'Gerencia Comercial' AS process,
       'Equilibrio y sostenibilidad' AS general_objective, 'Responsable del proceso' AS leader,
       'R1' AS outcome_code, 'Cartera morosa en promedio' AS outcome, 'S/' AS unit,
       187000::DECIMAL(18, 6) AS baseline, 137000::DECIMAL(18, 6) AS target, 'last' AS aggregation,
       'lower' AS direction, 0.95::DOUBLE AS met_threshold, 0.75::DOUBLE AS at_risk_threshold,
       10 AS reporting_day
FROM made_plan_key;

CREATE OR REPLACE TEMP VIEW made_activity AS
SELECT (plan_number + 1)::INTEGER AS upload_id, year, made_entity(utility) AS entity,
       'Gerencia Comercial' AS process,
       place::INTEGER AS position, code, 'Objetivo ' || split_part(code, '.', 1) AS objective,
       'Actividad ' || code AS activity, 'EPS' AS locality, 'Indicador ' || code AS indicator,
       CASE made_rule(place) WHEN 'mean' THEN '%' WHEN 'milestone' THEN 'Documento'
           ELSE 'Unidades' END AS unit,
       made_rule(place) AS aggregation, made_direction(place) AS direction,
       made_target(utility, place)::DECIMAL(18, 6) AS target, NULL::VARCHAR AS process_indicator,
       NULL::VARCHAR AS localities, NULL::DOUBLE AS weight, NULL::DECIMAL(18, 6) AS own_funding,
       NULL::DECIMAL(18, 6) AS external_funding, 'División ' || (place % 5 + 1) AS responsible,
       NULL::VARCHAR AS participants, NULL::VARCHAR AS notes
FROM made_activity_key;

CREATE OR REPLACE TEMP VIEW made_programme AS
SELECT (plan_number + 1)::INTEGER AS upload_id, year, made_entity(utility) AS entity,
       'Gerencia Comercial' AS process,
       made_code(place) AS code, month, made_programmed(utility, place, month)::DECIMAL(18, 6) AS programmed,
       false AS is_provisional
FROM made_cell
WHERE place > 0 AND made_programmed(utility, place, month) IS NOT NULL;

CREATE OR REPLACE TEMP VIEW made_reported_value AS
SELECT (plan_number + 1 + getvariable('utilities') * getvariable('years'))::INTEGER AS upload_id, year,
       made_entity(utility) AS entity, 'Gerencia Comercial' AS process, made_code(place) AS code,
       'EPS' AS locality, month, made_reported(utility, year, place, month)::DECIMAL(18, 6) AS reported,
       false AS retracted, (place * getvariable('months') + month + 1)::INTEGER AS row_number
FROM made_cell;
