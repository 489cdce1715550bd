-- Version 1 of the record; later files bring it up to date. docs/reference/record.md explains every table and view.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Bytes that the compressed ledgers of this file refer to; never changed.
CREATE TABLE dictionaries (
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);

-- With which program and model reports were coded.
CREATE TABLE codings (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,          -- SHA-256 over content, publisher, address and date: what makes a report the same report
    sha256 TEXT NOT NULL,              -- of the original bytes
    name TEXT NOT NULL,                -- the input's own identifier
    publisher TEXT,
    url TEXT,
    title TEXT,
    published TEXT,                    -- RFC 3339 instant or date
    day INTEGER,                       -- days since 1970-01-01
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    ledger BLOB NOT NULL,              -- zstd over the ledger without its words
    ledger_sha256 BLOB NOT NULL,       -- of the uncompressed ledger
    dictionary INTEGER NOT NULL REFERENCES dictionaries (id),
    coding INTEGER NOT NULL REFERENCES codings (id),
    voice INTEGER NOT NULL,            -- the original of which this is a copy; itself when it is none
    similarity REAL,                   -- to the report through which it was found to be a copy
    copied_from INTEGER,               -- that report
    minhash BLOB NOT NULL
);
CREATE INDEX documents_day ON documents (day);
CREATE INDEX documents_voice ON documents (voice);
CREATE INDEX documents_name ON documents (name);

-- Ledgers of earlier codings of a report.
CREATE TABLE past_ledgers (
    document INTEGER NOT NULL REFERENCES documents (id),
    coding INTEGER NOT NULL REFERENCES codings (id),
    dictionary INTEGER NOT NULL REFERENCES dictionaries (id),
    ledger BLOB NOT NULL,
    PRIMARY KEY (document, coding)
) WITHOUT ROWID;

CREATE TABLE minhash_bands (
    band INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (id),
    PRIMARY KEY (band, document)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (title, text, content = 'documents', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2');

-- Who speaks and acts, told apart across reports.
CREATE TABLE parties (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,                -- as first written
    country TEXT,
    body TEXT NOT NULL,                -- army, police, health ministry, rebels, ... or the key of a name
    side TEXT NOT NULL,                -- country, or country and armed group
    kind TEXT NOT NULL                 -- state, rebels, medics, civilians, international, media, other
);

CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,          -- gazetteer id
    name TEXT NOT NULL,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    country TEXT,
    admin1 TEXT,
    feature_code TEXT
);
CREATE VIRTUAL TABLE place_tree USING rtree (id, south, north, west, east);

-- A happening as one report tells it: the unit that incidents are made of.
CREATE TABLE tellings (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    no INTEGER NOT NULL,
    news INTEGER NOT NULL,             -- 1 the news of the report, 0 background
    start INTEGER NOT NULL,            -- first character of what tells it
    place INTEGER REFERENCES places (id),
    precision TEXT,
    country TEXT,
    day_first INTEGER,
    day_last INTEGER,
    dated INTEGER NOT NULL,            -- 1 a date is told, 0 only the publication bounds it
    kind TEXT NOT NULL,
    features BLOB NOT NULL,
    machine INTEGER,                   -- incident as clustered
    incident INTEGER,                  -- incident as shown: clustered, then reviewed
    UNIQUE (document, no)
);
CREATE INDEX tellings_machine ON tellings (machine);
CREATE INDEX tellings_incident ON tellings (incident);

CREATE TABLE telling_keys (
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,
    telling INTEGER NOT NULL REFERENCES tellings (id),
    PRIMARY KEY (key, day, telling)
) WITHOUT ROWID;

CREATE TABLE telling_edges (
    a INTEGER NOT NULL REFERENCES tellings (id),
    b INTEGER NOT NULL REFERENCES tellings (id),
    score REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE TABLE claims (
    document INTEGER NOT NULL REFERENCES documents (id),
    no INTEGER NOT NULL,               -- c1 is 1
    claimant INTEGER REFERENCES parties (id),
    stance TEXT NOT NULL,
    certainty TEXT NOT NULL,
    source_start INTEGER, source_end INTEGER,
    cue_start INTEGER, cue_end INTEGER,
    content_start INTEGER, content_end INTEGER,
    via INTEGER,
    blames TEXT,                       -- sides that it blames, joined by `, `
    telling INTEGER REFERENCES tellings (id),
    PRIMARY KEY (document, no)
) WITHOUT ROWID;

CREATE TABLE events (
    document INTEGER NOT NULL REFERENCES documents (id),
    no INTEGER NOT NULL,               -- e1 is 1
    type TEXT NOT NULL,
    mode TEXT,
    acled TEXT,
    cameo TEXT,
    status TEXT NOT NULL,
    scope TEXT NOT NULL,
    place INTEGER REFERENCES places (id),
    precision TEXT,
    day_first INTEGER, day_last INTEGER,
    trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
    claim INTEGER,
    telling INTEGER REFERENCES tellings (id),
    PRIMARY KEY (document, no)
) WITHOUT ROWID;

CREATE TABLE event_parties (
    document INTEGER NOT NULL,
    event INTEGER NOT NULL,
    role TEXT NOT NULL,                -- actor or recipient
    party INTEGER NOT NULL REFERENCES parties (id),
    PRIMARY KEY (document, event, role, party),
    FOREIGN KEY (document, event) REFERENCES events (document, no)
) WITHOUT ROWID;

CREATE TABLE harms (
    document INTEGER NOT NULL REFERENCES documents (id),
    no INTEGER NOT NULL,               -- h1 is 1
    kind TEXT NOT NULL,
    low INTEGER, high INTEGER,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    victims_start INTEGER, victims_end INTEGER,
    side TEXT NOT NULL,                -- people, civilians, officials, rebels, forces, forces XXX
    civilian INTEGER,
    claim INTEGER,
    event INTEGER,
    part_of INTEGER,
    earlier INTEGER NOT NULL,          -- 1: told as an earlier figure
    scope TEXT NOT NULL,
    telling INTEGER REFERENCES tellings (id),
    PRIMARY KEY (document, no)
) WITHOUT ROWID;

CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    title TEXT,
    kind TEXT,
    place INTEGER REFERENCES places (id),
    precision TEXT,
    country TEXT,
    day_first INTEGER, day_last INTEGER,
    reports INTEGER NOT NULL DEFAULT 0,
    voices INTEGER NOT NULL DEFAULT 0,
    killed_low INTEGER, killed_high INTEGER,
    injured_low INTEGER, injured_high INTEGER,
    contradictions INTEGER NOT NULL DEFAULT 0,
    grade TEXT,
    updated_day INTEGER                -- publication day of its latest report
);
CREATE INDEX incidents_day ON incidents (day_first);
CREATE INDEX incidents_updated ON incidents (updated_day);
CREATE INDEX incidents_place ON incidents (place);

-- Ids that were merged into others. An id is never used twice.
CREATE TABLE redirects (
    old INTEGER PRIMARY KEY,
    new INTEGER NOT NULL
);

CREATE TABLE contradictions (
    incident INTEGER NOT NULL REFERENCES incidents (id),
    kind TEXT NOT NULL,                -- blame, denial, figure
    a_document INTEGER NOT NULL REFERENCES documents (id), a_row TEXT NOT NULL,
    b_document INTEGER NOT NULL REFERENCES documents (id), b_row TEXT NOT NULL,
    a_party INTEGER REFERENCES parties (id),
    b_party INTEGER REFERENCES parties (id),
    about TEXT NOT NULL
);
CREATE INDEX contradictions_incident ON contradictions (incident);

CREATE TABLE ceasefires (
    document INTEGER NOT NULL REFERENCES documents (id),
    no INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    announced_by INTEGER REFERENCES parties (id),
    effective TEXT,
    expires TEXT,
    pair TEXT NOT NULL,                -- the countries or sides of the parties, sorted: one ceasefire across reports
    PRIMARY KEY (document, no)
) WITHOUT ROWID;
CREATE INDEX ceasefires_pair ON ceasefires (pair);

CREATE TABLE ceasefire_rows (
    document INTEGER NOT NULL,
    ceasefire INTEGER NOT NULL,
    no INTEGER NOT NULL,
    kind TEXT NOT NULL,                -- term, status, violation
    term TEXT,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    alleged_by INTEGER REFERENCES parties (id),
    against INTEGER REFERENCES parties (id),
    PRIMARY KEY (document, ceasefire, no),
    FOREIGN KEY (document, ceasefire) REFERENCES ceasefires (document, no)
) WITHOUT ROWID;

CREATE TABLE ceasefire_parties (
    document INTEGER NOT NULL,
    ceasefire INTEGER NOT NULL,
    party INTEGER NOT NULL REFERENCES parties (id),
    PRIMARY KEY (document, ceasefire, party),
    FOREIGN KEY (document, ceasefire) REFERENCES ceasefires (document, no)
) WITHOUT ROWID;

-- What people decided. Append-only.
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,              -- accept, reject, correct, split, merge, annotate
    incident INTEGER,                  -- as named when it was written
    document BLOB,                     -- key of the report
    row TEXT,                          -- c1, e2, h3, with the place of its words in `anchor`
    anchor INTEGER,
    detail TEXT,                       -- JSON
    why TEXT NOT NULL
);
CREATE TRIGGER reviews_stay BEFORE UPDATE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews are never changed'); END;
CREATE TRIGGER reviews_remain BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews are never deleted'); END;

CREATE VIEW v_incidents AS
SELECT i.id AS incident, i.title, i.kind, p.name AS place, i.precision, i.country, p.lat, p.lon,
    date(i.day_first * 86400, 'unixepoch') AS first_day, date(i.day_last * 86400, 'unixepoch') AS last_day,
    i.reports, i.voices, i.killed_low, i.killed_high, i.injured_low, i.injured_high, i.contradictions, i.grade
FROM incidents i LEFT JOIN places p ON p.id = i.place
WHERE i.reports > 0;

CREATE VIEW v_claims AS
SELECT t.incident, c.document, d.publisher, d.published, 'c' || c.no AS claim, p.name AS claimant, p.side AS claimant_side, c.stance, c.certainty,
    substr(d.text, c.source_start + 1, c.source_end - c.source_start) AS source,
    substr(d.text, c.cue_start + 1, c.cue_end - c.cue_start) AS cue,
    substr(d.text, c.content_start + 1, c.content_end - c.content_start) AS content,
    c.content_start AS start, c.content_end AS "end", c.blames, d.voice
FROM claims c JOIN documents d ON d.id = c.document
LEFT JOIN parties p ON p.id = c.claimant LEFT JOIN tellings t ON t.id = c.telling;

CREATE VIEW v_events AS
SELECT t.incident, e.document, d.publisher, d.published, 'e' || e.no AS event, e.type, e.mode, e.acled, e.cameo, e.status, e.scope,
    p.name AS place, p.lat, p.lon, p.country, e.precision,
    date(e.day_first * 86400, 'unixepoch') AS first_day, date(e.day_last * 86400, 'unixepoch') AS last_day,
    (SELECT group_concat(q.name, '; ') FROM event_parties x JOIN parties q ON q.id = x.party
        WHERE x.document = e.document AND x.event = e.no AND x.role = 'actor') AS actors,
    (SELECT group_concat(q.name, '; ') FROM event_parties x JOIN parties q ON q.id = x.party
        WHERE x.document = e.document AND x.event = e.no AND x.role = 'recipient') AS recipients,
    'c' || e.claim AS claim, substr(d.text, e.trigger_start + 1, e.trigger_end - e.trigger_start) AS words,
    e.trigger_start AS start, e.trigger_end AS "end", d.voice
FROM events e JOIN documents d ON d.id = e.document
LEFT JOIN places p ON p.id = e.place LEFT JOIN tellings t ON t.id = e.telling;

CREATE VIEW v_harms AS
SELECT t.incident, h.document, d.publisher, d.published, 'h' || h.no AS harm, h.kind, h.side, h.low, h.high, h.civilian, h.earlier, h.scope,
    'h' || h.part_of AS part_of, p.name AS claimant, p.side AS claimant_side, 'c' || h.claim AS claim,
    substr(d.text, h.start + 1, h."end" - h.start) AS words,
    substr(d.text, h.victims_start + 1, h.victims_end - h.victims_start) AS victims, h.start, h."end", d.voice
FROM harms h JOIN documents d ON d.id = h.document
LEFT JOIN claims c ON c.document = h.document AND c.no = h.claim
LEFT JOIN parties p ON p.id = c.claimant LEFT JOIN tellings t ON t.id = h.telling;

CREATE VIEW v_ceasefires AS
SELECT f.pair, f.document, d.publisher, d.published, 'f' || f.no AS ceasefire, f.effective, f.expires, a.name AS announced_by,
    (SELECT group_concat(q.name, '; ') FROM ceasefire_parties x JOIN parties q ON q.id = x.party
        WHERE x.document = f.document AND x.ceasefire = f.no) AS parties,
    r.kind AS row, r.term, b.name AS alleged_by, g.name AS against,
    substr(d.text, coalesce(r.start, f.start) + 1, coalesce(r."end" - r.start, f."end" - f.start)) AS words,
    coalesce(r.start, f.start) AS start, coalesce(r."end", f."end") AS "end"
FROM ceasefires f JOIN documents d ON d.id = f.document
LEFT JOIN ceasefire_rows r ON r.document = f.document AND r.ceasefire = f.no
LEFT JOIN parties a ON a.id = f.announced_by LEFT JOIN parties b ON b.id = r.alleged_by LEFT JOIN parties g ON g.id = r.against;
