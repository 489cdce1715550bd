-- Version 5: the circle of a place that is told by another ("20 km north of X"); null where the place is meant itself.

ALTER TABLE tellings ADD COLUMN lat REAL;
ALTER TABLE tellings ADD COLUMN lon REAL;
ALTER TABLE tellings ADD COLUMN radius_km REAL;
ALTER TABLE events ADD COLUMN lat REAL;
ALTER TABLE events ADD COLUMN lon REAL;
ALTER TABLE events ADD COLUMN radius_km REAL;
ALTER TABLE incidents ADD COLUMN lat REAL;
ALTER TABLE incidents ADD COLUMN lon REAL;
ALTER TABLE incidents ADD COLUMN radius_km REAL;

DROP VIEW v_incidents;
CREATE VIEW v_incidents AS
SELECT i.id AS incident, i.title, i.kind, p.name AS place, i.precision, i.country, coalesce(i.lat, p.lat) AS lat, coalesce(i.lon, p.lon) AS lon,
    i.radius_km, date(i.day_first * 86400, 'unixepoch') AS first_day, date(i.day_last * 86400, 'unixepoch') AS last_day,
    i.reports, i.voices, i.killed_low, i.killed_high, i.injured_low, i.injured_high, i.contradictions, i.grade
FROM incidents i LEFT JOIN places p ON p.id = i.place
WHERE i.reports > 0;

DROP VIEW v_events;
CREATE VIEW v_events AS
SELECT t.incident, e.document, d.publisher, d.published, 'e' || e.no AS event, e.type, e.mode, e.acled, e.cameo, e.status, e.scope,
    p.name AS place, coalesce(e.lat, p.lat) AS lat, coalesce(e.lon, p.lon) AS lon, e.radius_km, p.country, e.precision,
    date(e.day_first * 86400, 'unixepoch') AS first_day, date(e.day_last * 86400, 'unixepoch') AS last_day,
    (SELECT group_concat(q.name, '; ') FROM event_parties x JOIN parties q ON q.id = x.party
        WHERE x.document = e.document AND x.event = e.no AND x.role = 'actor') AS actors,
    (SELECT group_concat(q.name, '; ') FROM event_parties x JOIN parties q ON q.id = x.party
        WHERE x.document = e.document AND x.event = e.no AND x.role = 'recipient') AS recipients,
    'c' || e.claim AS claim, substr(d.text, e.trigger_start + 1, e.trigger_end - e.trigger_start) AS words,
    e.trigger_start AS start, e.trigger_end AS "end", d.voice
FROM events e JOIN documents d ON d.id = e.document
LEFT JOIN places p ON p.id = e.place LEFT JOIN tellings t ON t.id = e.telling;
