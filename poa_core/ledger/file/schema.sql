-- Facts, append-only. Keys and checks are left out on purpose: see invariants.sql and .github/DECISIONS.md.
-- Moments are UTC without zone. An upload is a file that was accepted; what it said points to it.

CREATE TABLE IF NOT EXISTS upload (
    upload_id    INTEGER   NOT NULL,  -- 1, 2, 3 ... in order of acceptance
    kind         VARCHAR   NOT NULL,  -- plan | progress
    year         INTEGER   NOT NULL,
    entity       VARCHAR   NOT NULL,
    process      VARCHAR   NOT NULL,
    file_name    VARCHAR   NOT NULL,
    sha256       VARCHAR   NOT NULL,  -- of the bytes as they came: see original
    uploaded_by  VARCHAR   NOT NULL,
    accepted_at  TIMESTAMP NOT NULL,
    reason       VARCHAR,
    illustrative BOOLEAN   NOT NULL,
    row_count    INTEGER   NOT NULL   -- rows of reported_value and remark (progress) or activity (plan)
);

-- The bytes of every accepted file, once however many plans one file serves.
CREATE TABLE IF NOT EXISTS original (
    sha256  VARCHAR NOT NULL,
    content BLOB    NOT NULL
);

-- Taking a whole upload back is a fact of its own.
CREATE TABLE IF NOT EXISTS withdrawal (
    upload_id    INTEGER   NOT NULL,
    withdrawn_by VARCHAR   NOT NULL,
    withdrawn_at TIMESTAMP NOT NULL,
    reason       VARCHAR
);

-- One row per plan version.
CREATE TABLE IF NOT EXISTS plan (
    upload_id         INTEGER NOT NULL,
    year              INTEGER NOT NULL,
    entity            VARCHAR NOT NULL,
    process           VARCHAR NOT NULL,
    general_objective VARCHAR,
    leader            VARCHAR,
    outcome_code      VARCHAR,
    outcome           VARCHAR,
    unit              VARCHAR,
    baseline          DECIMAL(18, 6),
    target            DECIMAL(18, 6),
    aggregation       VARCHAR,
    direction         VARCHAR,
    met_threshold     DOUBLE  NOT NULL,
    at_risk_threshold DOUBLE  NOT NULL,
    reporting_day     INTEGER NOT NULL
);

-- One row per activity and plan version.
CREATE TABLE IF NOT EXISTS activity (
    upload_id         INTEGER NOT NULL,
    year              INTEGER NOT NULL,
    entity            VARCHAR NOT NULL,
    process           VARCHAR NOT NULL,
    position          INTEGER NOT NULL,  -- order of the plan file
    code              VARCHAR NOT NULL,
    objective         VARCHAR NOT NULL,
    activity          VARCHAR NOT NULL,
    locality          VARCHAR NOT NULL,
    indicator         VARCHAR,
    unit              VARCHAR NOT NULL,
    aggregation       VARCHAR NOT NULL,  -- sum | mean | last | milestone
    direction         VARCHAR NOT NULL,  -- higher | lower
    target            DECIMAL(18, 6),
    process_indicator VARCHAR,
    localities        VARCHAR,           -- listed by the plan, separated by |
    weight            DOUBLE,
    own_funding       DECIMAL(18, 6),
    external_funding  DECIMAL(18, 6),
    responsible       VARCHAR,
    participants      VARCHAR,
    notes             VARCHAR
);

-- One row per activity whose plan says how local values make the utility's, and one for an outcome whose plan
-- lists localities. A table of its own: an older ledger lacks it, and older code reads the rest.
CREATE TABLE IF NOT EXISTS local_rule (
    upload_id   INTEGER NOT NULL,
    year        INTEGER NOT NULL,
    entity      VARCHAR NOT NULL,
    process     VARCHAR NOT NULL,
    code        VARCHAR NOT NULL,
    combination VARCHAR,           -- sum | mean | none; NULL: the plan does not say
    localities  VARCHAR            -- of the outcome, separated by |; an activity's stand in its own row
);

-- One row per locality that a later version adds to a list, and the month (1-13) from which it is expected.
CREATE TABLE IF NOT EXISTS joined_locality (
    upload_id  INTEGER NOT NULL,
    year       INTEGER NOT NULL,
    entity     VARCHAR NOT NULL,
    process    VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    locality   VARCHAR NOT NULL,
    from_month INTEGER NOT NULL
);

-- One row per programmed month of an activity or of the outcome; an empty cell has no row.
CREATE TABLE IF NOT EXISTS programme (
    upload_id      INTEGER        NOT NULL,
    year           INTEGER        NOT NULL,
    entity         VARCHAR        NOT NULL,
    process        VARCHAR        NOT NULL,
    code           VARCHAR        NOT NULL,
    month          INTEGER        NOT NULL,
    programmed     DECIMAL(18, 6) NOT NULL,
    is_provisional BOOLEAN        NOT NULL
);

-- One row per value a file reported (or took back: retracted, without a value).
CREATE TABLE IF NOT EXISTS reported_value (
    upload_id  INTEGER        NOT NULL,
    year       INTEGER        NOT NULL,
    entity     VARCHAR        NOT NULL,
    process    VARCHAR        NOT NULL,
    code       VARCHAR        NOT NULL,
    locality   VARCHAR        NOT NULL,
    month      INTEGER        NOT NULL,
    reported   DECIMAL(18, 6),
    retracted  BOOLEAN        NOT NULL,
    row_number INTEGER        NOT NULL
);

-- One row per note, cause or measure a file gave for an activity and month.
CREATE TABLE IF NOT EXISTS remark (
    upload_id  INTEGER NOT NULL,
    year       INTEGER NOT NULL,
    entity     VARCHAR NOT NULL,
    process    VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    locality   VARCHAR NOT NULL,
    month      INTEGER NOT NULL,
    note       VARCHAR,
    cause      VARCHAR,
    measure    VARCHAR,
    row_number INTEGER NOT NULL
);

-- Closing or reopening a month is a fact of its own; the newest says which it is.
CREATE TABLE IF NOT EXISTS month_state (
    change_id  INTEGER   NOT NULL,  -- 1, 2, 3 ... in order
    year       INTEGER   NOT NULL,
    entity     VARCHAR   NOT NULL,
    process    VARCHAR   NOT NULL,
    month      INTEGER   NOT NULL,
    closed     BOOLEAN   NOT NULL,
    changed_by VARCHAR   NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    reason     VARCHAR
);

-- Archiving a plan (it leaves the selectors and keeps its address) or bringing it back; the newest says which
-- it is.
CREATE TABLE IF NOT EXISTS plan_archive (
    change_id  INTEGER   NOT NULL,  -- 1, 2, 3 ... in order
    year       INTEGER   NOT NULL,
    entity     VARCHAR   NOT NULL,
    process    VARCHAR   NOT NULL,
    archived   BOOLEAN   NOT NULL,
    changed_by VARCHAR   NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    reason     VARCHAR
);

-- What a person may do, said anew at every change; the newest row of an address holds.
CREATE TABLE IF NOT EXISTS person (
    change_id  INTEGER   NOT NULL,  -- 1, 2, 3 ... in order
    address    VARCHAR   NOT NULL,  -- of their mail, in small letters: how the log-in names them
    role       VARCHAR   NOT NULL,  -- viewer | leader | admin
    divisions  VARCHAR   NOT NULL,  -- a leader's own, separated by |
    active     BOOLEAN   NOT NULL,
    changed_by VARCHAR   NOT NULL,
    changed_at TIMESTAMP NOT NULL
);

-- One row per value that looked wrong and that the person said yes to.
CREATE TABLE IF NOT EXISTS confirmation (
    upload_id  INTEGER NOT NULL,
    row_number INTEGER,
    header     VARCHAR,           -- the column as the file names it
    question   VARCHAR NOT NULL,  -- code of what was asked
    value      VARCHAR            -- the text asked about
);

-- Log-ins that are over before their token is: one of them, or every one of an address begun until then.
CREATE TABLE IF NOT EXISTS ended_login (
    login    VARCHAR,             -- digest of what the provider said; NULL: every one of the address
    address  VARCHAR   NOT NULL,
    spared   VARCHAR,             -- the one of them that goes on
    ended_by VARCHAR   NOT NULL,
    ended_at TIMESTAMP NOT NULL
);

-- Which account of the provider an address means: that of its first log-in, until it is released; the newest
-- row of an address holds.
CREATE TABLE IF NOT EXISTS login_identity (
    change_id  INTEGER   NOT NULL,  -- 1, 2, 3 ... in order
    address    VARCHAR   NOT NULL,
    issuer     VARCHAR,             -- NULL with its subject: released, the next log-in says which
    subject    VARCHAR,
    changed_by VARCHAR   NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
