-- Version 4: the earliest copies of a voice are found without a look at its other members.

DROP INDEX documents_voice;
CREATE INDEX documents_voice ON documents (voice, coalesce(published, '9999'), key);
