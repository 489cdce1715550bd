-- Version 6: which incidents a report tells, and which reports an incident, is answered from an index alone; the rows hold much more.

DROP INDEX tellings_incident;
CREATE INDEX tellings_incident ON tellings (incident, news, document);
CREATE INDEX tellings_document ON tellings (document, news, incident);
