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
INSERT INTO "ballots" VALUES('meeting_123','decision_secret',X'857C1EC312CFBAC77D0E9AB9601FE4EE99B391961731FA32B465E927D4D45FEE',X'305E5E21BD7D76934061B84E85CC369CDB26F5BFC19EB4A23E14E78930AC97B45E08199E5F091045B9C42DD6E2749D68D55E7DF99D5D2118562EB7E2D7D95393E9D70DE36229CB601854133DB7D37A714956B1DBD308ADD7C36FD125ECC0F45A8652D7C2FE33D905BBC6E93A0CE7CAE095F69D1C860234F6CB56688927AA442FCF2367FB26B56FDCE0DBAB2D9BCCC2E6921CF7F75336CFF9D42C32C80FA589C508207C2A76AD4E0CF6B889AC399EC08D255DBD47C1865FE447B6421E14');
INSERT INTO "ballots" VALUES('meeting_123','decision_secret',X'CD5890B2506CA4305165BA066B39902470530D144E6E85748F3E1A1268CAA5EF',X'AF54EBA3683EF5D76B85141B8252A316756D5E1EC9E41EAACB547C4FB01B7BDA31132FB4D2C647059018E6FB3DE94A4506E41ED829F2776B4EB174B11D691D68B6249506EC9CCCB7EAC29E9C85D97D1A5E0C8BAA947B7C5E0DBCC54345C1E67D11EAB7F2D8A9696AC15C4BB36042782357929A994BD21FCA3269DFD7B3E27EAC0A253F440E16D3824251BA21D804C4D7FE31DF263CB72801CDFBB1A19F28B316D9C0A00ADA4C1E41C554E4019511C4241F4C2E4FEC928808295015AD49');
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
INSERT INTO "events" VALUES('meeting_123',1,'2026-11-26T21:54:02.635389Z','server','meeting.convened','{"charter":{"agenda":[{"id":"item_1","minutes":null,"title":"Opening"},{"id":"item_2","minutes":15,"title":"Budget review"}],"autoClose":true,"body":null,"castingVote":false,"decisions":[{"autoClose":false,"base":"cast","deadline":null,"id":"decision_123","itemId":null,"method":"vote","quorum":1,"secret":false,"status":"voting","text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"},{"autoClose":true,"base":"cast","deadline":null,"id":"decision_secret","itemId":null,"method":"vote","quorum":1,"secret":true,"status":"voting","text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}],"id":"meeting_123","members":[{"hasVote":true,"id":"user_ada","name":"Ada","role":"facilitator","weight":1},{"hasVote":true,"id":"user_ben","name":"Ben","role":"participant","weight":1},{"hasVote":true,"id":"user_cleo","name":"Cleo","role":"participant","weight":1},{"hasVote":false,"id":"user_otto","name":"Otto","role":"observer","weight":1}],"proxies":false,"quorum":1,"speakingMinutes":null,"title":"Q3 board meeting"}}','34f4fc22ab04c696b76e5dde35eade4bae0626cead9c0a32cf322ff1d40822c6');
INSERT INTO "events" VALUES('meeting_123',2,'2026-11-26T21:54:02.635389Z','server','decision.opened','{"autoClose":false,"base":"cast","deadline":null,"decisionId":"decision_123","electors":[{"userId":"user_ada","weight":1},{"userId":"user_ben","weight":1},{"userId":"user_cleo","weight":1}],"itemId":null,"method":"vote","motionId":null,"mover":null,"overrides":[],"quorum":1,"recused":[],"seconder":null,"secret":false,"text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}','683d5e1a84cba37de62a7dc7abd977febd3d06b0211a40b97a6a61d150ada524');
INSERT INTO "events" VALUES('meeting_123',3,'2026-11-26T21:54:02.635389Z','server','decision.opened','{"autoClose":true,"base":"cast","deadline":null,"decisionId":"decision_secret","electors":[{"userId":"user_ada","weight":1},{"userId":"user_ben","weight":1},{"userId":"user_cleo","weight":1}],"itemId":null,"method":"vote","motionId":null,"mover":null,"overrides":[],"quorum":1,"recused":[],"seconder":null,"secret":true,"text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}','3666421f665bbaff005f762e6cb647fb0998ec040305866777041d09b485dc17');
INSERT INTO "events" VALUES('meeting_123',4,'2026-11-26T21:54:02.734250Z','user_ada','member.joined','{"role":"facilitator"}','9d9360ba890ca42b357dc5ea9bb0c943860e0a71e99a11b0db16d8e4b774f961');
INSERT INTO "events" VALUES('meeting_123',5,'2026-11-26T21:54:02.833642Z','user_ben','member.joined','{"role":"participant"}','fae07812e6130054b0d8657038d800dc221d58797023416304c6b8b7f3704376');
INSERT INTO "events" VALUES('meeting_123',6,'2026-11-26T21:54:02.875388Z','user_ada','chat.said','{"messageId":"msg_d1fa09fd923cf2b103cc","replyTo":null,"text":"Grüße an alle — 👋"}','dd0ff9876791a9c2cabefcebc22aeba74369f6e6e70e520c88e22e60a926a8c5');
INSERT INTO "events" VALUES('meeting_123',7,'2026-11-26T21:54:02.899307Z','user_ada','vote.recorded','{"comment":"Long overdue","decisionId":"decision_123","onBehalfOf":null,"vote":"approve","voteId":"vote_219d85972c2a7b2ffbc2"}','8d9dae0617d78d19a61946cad5769d1a19daac9255528b31a9250204b62ec69a');
INSERT INTO "events" VALUES('meeting_123',8,'2026-11-26T21:54:02.928089Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_123","onBehalfOf":null,"vote":"reject","voteId":"vote_066590d886587994366d"}','0d9c98c8ae880d6c07afd0ecb8a538ec78fe1f1a9e6e4cccf0006728f5cd10c6');
INSERT INTO "events" VALUES('meeting_123',9,'2026-11-26T21:54:02.947041Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_123","onBehalfOf":null,"vote":"approve","voteId":"vote_b33e88a1d9896a03dd11"}','079cd21216360f8959e897002c20263f6ad92471d891254a63dafdfc953ca3be');
INSERT INTO "events" VALUES('meeting_123',10,'2026-11-26T21:54:02.965557Z','user_ada','decision.closed','{"arithmetic":{"needed":2,"present":2,"presentNeeded":1,"voters":2,"votersNeeded":1,"whole":2},"ballots":null,"castingVote":null,"cause":"facilitator","comments":[],"decisionId":"decision_123","finalVotes":{"abstain":0,"approve":2,"reject":0},"overrides":[],"printed":[],"result":"approved","totalWeight":3}','cb4193635d00550286d6d01645ad9054bb6852a7c80712283d5a017e37bd6cd2');
INSERT INTO "events" VALUES('meeting_123',11,'2026-11-26T21:54:03.007710Z','user_ada','vote.recorded','{"comment":null,"decisionId":"decision_secret","onBehalfOf":null,"vote":null,"voteId":"vote_2b6e5c1ec1f4c1a45c17"}','ecad8dfbd873977718e83cee9657dd6a89c98ee7710bb54150bf06011b3ab87b');
INSERT INTO "events" VALUES('meeting_123',12,'2026-11-26T21:54:03.039275Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_secret","onBehalfOf":null,"vote":null,"voteId":"vote_c9cf521e8e77f0852a22"}','680a946fe31f0a62ce8ef3905621344381cd4834cbdf20f6c7c9600e314621fe');
INSERT INTO "events" VALUES('meeting_123',13,'2026-11-26T21:54:03.049845Z','user_ben','member.left','{}','8479020bad752419f14e5a8680ce5304a29100e49512d4ef2b6bc489567057b0');
CREATE TABLE heads (
        meeting TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        hash TEXT NOT NULL,
        time TEXT NOT NULL,
        signature TEXT NOT NULL,
        public_key TEXT NOT NULL,
        PRIMARY KEY (meeting, sequence)
    ) WITHOUT ROWID;
INSERT INTO "heads" VALUES('meeting_123',10,'cb4193635d00550286d6d01645ad9054bb6852a7c80712283d5a017e37bd6cd2','2026-11-26T21:54:02.965557Z','v1FM7wwCTtrAfP7oAxLf4pYm7Sb90g1u/TiB5YS/hdwy3Vrpd009xBPjtu2LycJeZdi66ACgkDy92maUsszRAg','AW9zXDFzquZsjzkGnq4gvMiIg+d79qVqbejwyV3YRwY');
INSERT INTO "heads" VALUES('meeting_123',13,'8479020bad752419f14e5a8680ce5304a29100e49512d4ef2b6bc489567057b0','2026-11-26T21:54:03.049845Z','mhX0kPT6kYKNvSWXYZ32GcSf9eIHFl526ojlw1H0htwjpncyULU8095UAyj4bTio0+h0D/ciPc1OWGU2Mk6VDw','AW9zXDFzquZsjzkGnq4gvMiIg+d79qVqbejwyV3YRwY');
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
INSERT INTO "requests" VALUES('ada','ada-secret',NULL,X'02DC977E58FC5F9F5FB6E990ADEFC49EDE0C9A2D03C739E33EBA2653EE76A8E96BC12425A9E5575FE2505ADAD8B7A9917CFFD9EDC1AFD2190888EC652666CE0E56E0677111C2B27C1C6DA7E4F252E97C7161D30256B1BB82EBB39A98','decision_secret','meeting_123',11);
INSERT INTO "requests" VALUES('ada','chat','25c3e6245acf44b83319c54e304fa6c8516166a1c7f81ade1f285390b8a3a485',NULL,NULL,'meeting_123',6);
INSERT INTO "requests" VALUES('ada','close','bd10f74ccff624b8a2e8aedc50e0e5168a5aaec8ad7df712b77b0c279c895e90',NULL,NULL,'meeting_123',10);
INSERT INTO "requests" VALUES('ben','ben-1','cfecd9bb69c516805e445f9f53bf19b9551612fb7edbd8ccc31c9b2ced7568a7',NULL,NULL,'meeting_123',8);
INSERT INTO "requests" VALUES('ben','ben-2','38c878c3dbf1b975148744e6626d967f9e08e41af6c664fe76db1a9ec71e48b9',NULL,NULL,'meeting_123',9);
INSERT INTO "requests" VALUES('ben','ben-secret',NULL,X'1428DF6E86E61F0B28AA0BA74468302263162CD795327D4EA90FD0B67FF2D9FC9485EF3228C1859A88BE821AB78EF882244C95A7ACF84F0AD3D57B4722F5C0D74274F6B6CF02E96D811E30121CB1603C9956C356240480617B97C1C7','decision_secret','meeting_123',12);
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
CREATE TRIGGER heads_stay BEFORE DELETE ON heads
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER heads_stay_as_they_are BEFORE UPDATE ON heads
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
COMMIT;
PRAGMA application_id = 1114595698;
PRAGMA user_version = 3;
-- beside it: ballot-keys/2eea8c101981bb514797e390b3826f37ef6abceb9e6e5b5be19feb5f07ae04b4.key 2d7460e920fa875fd10f858e2a7ef56ecc7e2d0a2cff742be961161942e05b09
-- beside it: record-key.pem 2d2d2d2d2d424547494e2050524956415445204b45592d2d2d2d2d0a4d43344341514177425159444b32567742434945494730746931764134764546332b66744e5068414e47643134766d447a4869304447736a5845572b534a314c0a2d2d2d2d2d454e442050524956415445204b45592d2d2d2d2d0a
