-- Version 3: incidents by party and by kind, for pages that answer at once.

CREATE INDEX claims_claimant ON claims (claimant, telling) WHERE claimant IS NOT NULL AND telling IS NOT NULL;
CREATE INDEX event_parties_party ON event_parties (party);
CREATE INDEX incidents_kind ON incidents (kind, day_first);
