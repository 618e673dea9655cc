BEGIN TRANSACTION;
CREATE TABLE devices (
        user TEXT NOT NULL,
        device TEXT NOT NULL,
        keys TEXT NOT NULL,
        fallback TEXT,
        seen TEXT NOT NULL,
        PRIMARY KEY (user, device)
    ) WITHOUT ROWID;
INSERT INTO "devices" VALUES('ada','dev_1','{"userId":"user_ada","deviceId":"dev_1","identityKey":"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","signingKey":"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","sealingKey":"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","signature":"ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"}',NULL,'2027-01-15T12:00:00.000000+00:00');
INSERT INTO "devices" VALUES('ben','dev_1','{"userId":"user_ben","deviceId":"dev_1","identityKey":"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","signingKey":"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","sealingKey":"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","signature":"ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"}',NULL,'2027-01-15T12:00:00.000000+00:00');
CREATE TABLE envelopes (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        message TEXT NOT NULL,
        user TEXT NOT NULL,
        device TEXT NOT NULL,
        kind INTEGER NOT NULL,
        key TEXT NOT NULL
    );
INSERT INTO "envelopes" VALUES(1,'letter1','ben','dev_1',1,'letter1key');
CREATE TABLE messages (
        message TEXT NOT NULL PRIMARY KEY,
        meeting TEXT NOT NULL,
        sender TEXT NOT NULL,
        device TEXT NOT NULL,
        body TEXT NOT NULL,
        time TEXT NOT NULL
    );
INSERT INTO "messages" VALUES('letter1','meeting_123','user_ada','dev_1','Ym9keQ','2027-01-15T12:00:00.000000+00:00');
CREATE TABLE one_time_keys (
        user TEXT NOT NULL,
        device TEXT NOT NULL,
        id TEXT NOT NULL,
        key TEXT,
        PRIMARY KEY (user, device, id)
    ) WITHOUT ROWID;
INSERT INTO "one_time_keys" VALUES('ada','dev_1','000','{"keyId":"000","key":"ooooooooooooooooooooooooooooooooooooooooooo","signature":"ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"}');
INSERT INTO "one_time_keys" VALUES('ada','dev_1','001','{"keyId":"001","key":"ooooooooooooooooooooooooooooooooooooooooooo","signature":"ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"}');
INSERT INTO "one_time_keys" VALUES('ben','dev_1','000','{"keyId":"000","key":"ooooooooooooooooooooooooooooooooooooooooooo","signature":"ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"}');
INSERT INTO "one_time_keys" VALUES('ben','dev_1','001','{"keyId":"001","key":"ooooooooooooooooooooooooooooooooooooooooooo","signature":"ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"}');
CREATE TABLE requests (
        user TEXT NOT NULL,
        request TEXT NOT NULL,
        digest TEXT NOT NULL,
        message TEXT NOT NULL,
        time TEXT NOT NULL,
        PRIMARY KEY (user, request)
    ) WITHOUT ROWID;
INSERT INTO "requests" VALUES('ada','letter','digest','letter1','2027-01-15T12:00:00.000000+00:00');
CREATE INDEX one_time_keys_left ON one_time_keys (user, device) WHERE key IS NOT NULL;
CREATE INDEX envelopes_waiting ON envelopes (user, device, sequence);
CREATE UNIQUE INDEX envelopes_of_message ON envelopes (message, user, device);
CREATE TRIGGER body_goes_with_the_last_envelope AFTER DELETE ON envelopes
        WHEN NOT EXISTS (SELECT 1 FROM envelopes WHERE message = OLD.message)
        BEGIN DELETE FROM messages WHERE message = OLD.message; END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('envelopes',1);
COMMIT;
PRAGMA application_id = 1298229612;
PRAGMA user_version = 1;
