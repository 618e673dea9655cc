BEGIN TRANSACTION;
CREATE TABLE ballot_comments (
        meeting TEXT NOT NULL,
        decision TEXT NOT NULL,
        name BLOB NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (meeting, decision, name)
    ) WITHOUT ROWID;
CREATE TABLE ballots (
        meeting TEXT NOT NULL,
        decision TEXT NOT NULL,
        name BLOB NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (meeting, decision, name)
    ) WITHOUT ROWID;
INSERT INTO "ballots" VALUES('meeting_123','decision_secret',X'191CCEDA565D6B3F8229075D4F3396D6D4B99D62431D61B75355CBD3223F0315',X'AEA111FFFE63F882B581E84513051E320FDD96DBB6210F2A6C33CFCF36');
INSERT INTO "ballots" VALUES('meeting_123','decision_secret',X'4BB78B443494ABDE76362ED720B5BA96B739CF78974285A40AC61F8F5212072C',X'2AD7B1992C4DDE194647195C584742261FCD2E2AE0D2A80C75963F18AC');
CREATE TABLE events (
        meeting TEXT NOT NULL,
        sequence INTEGER NOT NULL CHECK (sequence > 0),
        time TEXT NOT NULL,
        actor TEXT NOT NULL,
        type TEXT NOT NULL,
        payload TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (meeting, sequence)
    );
INSERT INTO "events" VALUES('meeting_123',1,'2026-11-26T21:53:58.142691Z','server','meeting.convened','{"charter":{"agenda":[{"id":"item_1","minutes":null,"title":"Opening"},{"id":"item_2","minutes":15,"title":"Budget review"}],"autoClose":true,"body":null,"decisions":[{"autoClose":false,"base":"cast","deadline":null,"id":"decision_123","itemId":null,"quorum":1,"secret":false,"status":"voting","text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"},{"autoClose":true,"base":"cast","deadline":null,"id":"decision_secret","itemId":null,"quorum":1,"secret":true,"status":"voting","text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}],"id":"meeting_123","members":[{"hasVote":true,"id":"user_ada","name":"Ada","role":"facilitator","weight":1},{"hasVote":true,"id":"user_ben","name":"Ben","role":"participant","weight":1},{"hasVote":true,"id":"user_cleo","name":"Cleo","role":"participant","weight":1},{"hasVote":false,"id":"user_otto","name":"Otto","role":"observer","weight":1}],"quorum":1,"title":"Q3 board meeting"}}','b2cd036bb05807988047744c3492cacaa2d0fc0ca4f0377e9c133ce73f39ea38');
INSERT INTO "events" VALUES('meeting_123',2,'2026-11-26T21:53:58.142691Z','server','decision.opened','{"autoClose":false,"base":"cast","deadline":null,"decisionId":"decision_123","electors":[{"userId":"user_ada","weight":1},{"userId":"user_ben","weight":1},{"userId":"user_cleo","weight":1}],"itemId":null,"overrides":[],"quorum":1,"secret":false,"text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}','7c2a7ae169de2c3fd7ae3700770d384ae4bb53b15f4401ad361497d307b4a9de');
INSERT INTO "events" VALUES('meeting_123',3,'2026-11-26T21:53:58.142691Z','server','decision.opened','{"autoClose":true,"base":"cast","deadline":null,"decisionId":"decision_secret","electors":[{"userId":"user_ada","weight":1},{"userId":"user_ben","weight":1},{"userId":"user_cleo","weight":1}],"itemId":null,"overrides":[],"quorum":1,"secret":true,"text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}','447284f6b347e63797c8d1f7b6ccb1f5d89158cbd32818773f657abc6656cfce');
INSERT INTO "events" VALUES('meeting_123',4,'2026-11-26T21:53:58.181493Z','user_ada','member.joined','{"role":"facilitator"}','e639f1746bf45669b8bc38d453f83c896ae7dabd5e08e3e8739870c84b05345e');
INSERT INTO "events" VALUES('meeting_123',5,'2026-11-26T21:53:58.191787Z','user_ben','member.joined','{"role":"participant"}','45f69b9058799ccb931a35da9db47b4473e7ebb8e8e881c32c933c2687c903d1');
INSERT INTO "events" VALUES('meeting_123',6,'2026-11-26T21:53:58.203614Z','user_ada','chat.said','{"messageId":"msg_a1c0bf4a5363d0fd579f","replyTo":null,"text":"Grüße an alle — 👋"}','acff97db9e8cc3926e696c453e0c364bda0f4d1b2ddfbf17ce4935a83b8465ef');
INSERT INTO "events" VALUES('meeting_123',7,'2026-11-26T21:53:58.209264Z','user_ada','vote.recorded','{"comment":"Long overdue","decisionId":"decision_123","vote":"approve","voteId":"vote_875c0fc58d0f039fd75c"}','18197baa5bf3d94dfb282a9ee7b31aa7e68d3811ee3c3d8ab6defe96a83122d1');
INSERT INTO "events" VALUES('meeting_123',8,'2026-11-26T21:53:58.214096Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_123","vote":"reject","voteId":"vote_bf5ea16d45e9bbd3ddc6"}','2e8937c9cb1d9aa69b77d8afc7393cb92c48282d4fc76eafd1038fd2f92bf9d6');
INSERT INTO "events" VALUES('meeting_123',9,'2026-11-26T21:53:58.229978Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_123","vote":"approve","voteId":"vote_915eaac6bbef1ae83cdf"}','d0b1e85309f7422882fe72eae2d5db26f90259ed0b00e32abeecfb914f89308e');
INSERT INTO "events" VALUES('meeting_123',10,'2026-11-26T21:53:58.244844Z','user_ada','decision.closed','{"arithmetic":{"needed":2,"present":2,"presentNeeded":1,"voters":2,"votersNeeded":1,"whole":2},"ballots":null,"cause":"facilitator","comments":[],"decisionId":"decision_123","finalVotes":{"abstain":0,"approve":2,"reject":0},"overrides":[],"result":"approved","totalWeight":3}','9e417b574ebe8f4dcf41f1af587db27951297be03f86f5bf52dd26bac2576d88');
INSERT INTO "events" VALUES('meeting_123',11,'2026-11-26T21:53:58.259507Z','user_ada','vote.recorded','{"comment":null,"decisionId":"decision_secret","vote":null,"voteId":"vote_6d11fdf91fd541a7d87f"}','ef368b1f1fbbd9f30320d5b750b2c615c037c063fe51ca5460837c2ae6b72cde');
INSERT INTO "events" VALUES('meeting_123',12,'2026-11-26T21:53:58.281541Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_secret","vote":null,"voteId":"vote_40fff8fa8f9b72c9f392"}','cab9383828eefcfa044f43b70f2998bc92cd0db1be8c91d3246d942bc7e0c575');
INSERT INTO "events" VALUES('meeting_123',13,'2026-11-26T21:53:58.292716Z','user_ben','member.left','{}','267b796056855258ffd7a5a0f102fb5abc23e40dd8f488c23cff5b9480db5806');
CREATE TABLE requests (
        user TEXT NOT NULL,
        request TEXT NOT NULL,
        digest TEXT,
        sealed_digest BLOB,
        decision TEXT,
        meeting TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (user, request)
    ) WITHOUT ROWID;
INSERT INTO "requests" VALUES('ada','ada-1','88b7534c687e3acd4bd38861770130980b6e3863bbac5121c3804a0bf570aff0',NULL,NULL,'meeting_123',7);
INSERT INTO "requests" VALUES('ada','ada-secret',NULL,X'0C11CC2BB36D16915234B4B2610651916092F09B7C339CDD8F05A4FA5D9F73475028EE61AB1999518667C85F7E48892B4A1242C0F7AEAB95D2821E6C03DCC597311EAD351B42EB7BF42EC1981001BBC29AFA1F3791973FBB19C0FEBC','decision_secret','meeting_123',11);
INSERT INTO "requests" VALUES('ada','chat','25c3e6245acf44b83319c54e304fa6c8516166a1c7f81ade1f285390b8a3a485',NULL,NULL,'meeting_123',6);
INSERT INTO "requests" VALUES('ada','close','bd10f74ccff624b8a2e8aedc50e0e5168a5aaec8ad7df712b77b0c279c895e90',NULL,NULL,'meeting_123',10);
INSERT INTO "requests" VALUES('ben','ben-1','cfecd9bb69c516805e445f9f53bf19b9551612fb7edbd8ccc31c9b2ced7568a7',NULL,NULL,'meeting_123',8);
INSERT INTO "requests" VALUES('ben','ben-2','38c878c3dbf1b975148744e6626d967f9e08e41af6c664fe76db1a9ec71e48b9',NULL,NULL,'meeting_123',9);
INSERT INTO "requests" VALUES('ben','ben-secret',NULL,X'6B8FF7F130176B20498D8EBEFF8927C6E42E6306714E8F5DA64DCF0F47F49DFC31CEE1E013CEE7F40A4461C9500135722E9DA331CA4B41BA80A392764340FF0D9D0494B21177523FC8E13044B4042CA4E61704A3E7D22C1DB8E6838E','decision_secret','meeting_123',12);
CREATE TABLE spent_keys (
        meeting TEXT NOT NULL,
        decision TEXT NOT NULL,
        PRIMARY KEY (meeting, decision)
    ) WITHOUT ROWID;
CREATE TRIGGER events_stay BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE INDEX requests_sealed ON requests (meeting, decision) WHERE decision IS NOT NULL;
COMMIT;
PRAGMA application_id = 1114595698;
PRAGMA user_version = 2;
-- beside it: ballot-keys/2eea8c101981bb514797e390b3826f37ef6abceb9e6e5b5be19feb5f07ae04b4.key f244849b716180b7887af72cd22755b2688658366b5dfafcf517381750161696
