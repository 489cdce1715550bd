-- Version 2: figures in order of publication, and incidents by country.

CREATE INDEX incidents_country ON incidents (country, day_first);

-- What was known when: every figure of an incident in order of publication.
CREATE VIEW v_revisions AS
SELECT incident, kind, side, coalesce(claimant, publisher) AS claimant, published, low, high, document, harm
FROM v_harms WHERE incident IS NOT NULL AND part_of IS NULL AND scope = 'current'
ORDER BY incident, kind, side, claimant, published;
