BEGIN TRANSACTION;
CREATE TABLE ballots (
        meeting TEXT NOT NULL,
        decision TEXT NOT NULL,
        name BLOB NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (meeting, decision, name)
    ) WITHOUT ROWID;
INSERT INTO "ballots" VALUES('meeting_123','decision_secret',X'26038996F7F9777FB002D2DA947BBB620990E95DA95CC2BA3F0BCD6D52DDBC96',X'EA8B26CED19F0AEB8BF7762CCBF5D048A1A9E5E567E39AF6E703ECD207');
INSERT INTO "ballots" VALUES('meeting_123','decision_secret',X'4BEA1228643B2833262742624094A07C8E158485D08D55F9F21091BB89AA2A55',X'F50B468596AC879A11DC5ECBD802C1C6D54748ADC92C0D72CBED4BD258');
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
INSERT INTO "events" VALUES('meeting_123',1,'2026-11-26T21:53:52.671935Z','server','meeting.convened','{"charter":{"agenda":[{"id":"item_1","minutes":null,"title":"Opening"},{"id":"item_2","minutes":15,"title":"Budget review"}],"autoClose":true,"decisions":[{"autoClose":false,"base":"cast","deadline":null,"id":"decision_123","itemId":null,"quorum":1,"secret":false,"status":"voting","text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"},{"autoClose":true,"base":"cast","deadline":null,"id":"decision_secret","itemId":null,"quorum":1,"secret":true,"status":"voting","text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}],"id":"meeting_123","members":[{"hasVote":true,"id":"user_ada","name":"Ada","role":"facilitator","weight":1},{"hasVote":true,"id":"user_ben","name":"Ben","role":"participant","weight":1},{"hasVote":true,"id":"user_cleo","name":"Cleo","role":"participant","weight":1},{"hasVote":false,"id":"user_otto","name":"Otto","role":"observer","weight":1}],"quorum":1,"title":"Q3 board meeting"}}','c0883156712184ac982a0fc9efaf6d01ce67a29ec6394e318f8f36b45ba7d041');
INSERT INTO "events" VALUES('meeting_123',2,'2026-11-26T21:53:52.671935Z','server','decision.opened','{"autoClose":false,"base":"cast","deadline":null,"decisionId":"decision_123","electors":[{"userId":"user_ada","weight":1},{"userId":"user_ben","weight":1},{"userId":"user_cleo","weight":1}],"itemId":null,"quorum":1,"secret":false,"text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}','f6f370539b74453381a3dd20f3674b1eb538ecea6a69c35f942f3c436a2edcb4');
INSERT INTO "events" VALUES('meeting_123',3,'2026-11-26T21:53:52.671935Z','server','decision.opened','{"autoClose":true,"base":"cast","deadline":null,"decisionId":"decision_secret","electors":[{"userId":"user_ada","weight":1},{"userId":"user_ben","weight":1},{"userId":"user_cleo","weight":1}],"itemId":null,"quorum":1,"secret":true,"text":"That the budget as circulated be approved.","threshold":"majority","title":"Approve the 2027 budget"}','c728c98715f3765f2984927cf12ccf8e4b0c4dc20b64d2ab267aab1576608778');
INSERT INTO "events" VALUES('meeting_123',4,'2026-11-26T21:53:52.784295Z','user_ada','member.joined','{"role":"facilitator"}','74bee97c5d4223e87d90822c2b1759e4071450e700f291ba1448faa929722665');
INSERT INTO "events" VALUES('meeting_123',5,'2026-11-26T21:53:52.817166Z','user_ben','member.joined','{"role":"participant"}','7baba886051d8f0b28329d87f675c16fd1f85b83ce53aa4bdea0c89663b527bd');
INSERT INTO "events" VALUES('meeting_123',6,'2026-11-26T21:53:52.863599Z','user_ada','chat.said','{"messageId":"msg_b022f82a6e581e01cc49","replyTo":null,"text":"Grüße an alle — 👋"}','798583a33239311e7bd09274d5b5c850c247490b746ed1dc9734fbb0833454c9');
INSERT INTO "events" VALUES('meeting_123',7,'2026-11-26T21:53:52.883335Z','user_ada','vote.recorded','{"comment":"Long overdue","decisionId":"decision_123","vote":"approve","voteId":"vote_939599d3632e1972e918"}','0e4e9d694ae72ce5a7f8dc478a0051b6dd769a3476b83645a567cf242bf874b1');
INSERT INTO "events" VALUES('meeting_123',8,'2026-11-26T21:53:52.903290Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_123","vote":"reject","voteId":"vote_4f45067d5c23017cf5de"}','3e12e45126e7639e87699d5387abc2241a29c1fd476601ae74656cc6eff408aa');
INSERT INTO "events" VALUES('meeting_123',9,'2026-11-26T21:53:52.918714Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_123","vote":"approve","voteId":"vote_4b3d8d2939d8f0c59fbd"}','511ae1cb9f5a76d361de70320bc374d346eb7e3d450dda29b13859ec9d68ccbe');
INSERT INTO "events" VALUES('meeting_123',10,'2026-11-26T21:53:52.943310Z','user_ada','decision.closed','{"arithmetic":{"needed":2,"present":2,"presentNeeded":1,"voters":2,"votersNeeded":1,"whole":2},"ballots":null,"cause":"facilitator","comments":[],"decisionId":"decision_123","finalVotes":{"abstain":0,"approve":2,"reject":0},"result":"approved","totalWeight":3}','768816e9348eb400c898fef14cf7947229d2e768131ac9d7fb7c607d13a67bc6');
INSERT INTO "events" VALUES('meeting_123',11,'2026-11-26T21:53:52.958696Z','user_ada','vote.recorded','{"comment":null,"decisionId":"decision_secret","vote":null,"voteId":"vote_1ea670cee81bd4858a6f"}','d283b1d86f6c43dcf275b9d6a2b1101e70a1a20e106c75aa24eff1888fe8887a');
INSERT INTO "events" VALUES('meeting_123',12,'2026-11-26T21:53:52.997298Z','user_ben','vote.recorded','{"comment":null,"decisionId":"decision_secret","vote":null,"voteId":"vote_838eedd9fa2c80f900fe"}','888a6af96127aacebd69250324454e0e81fefd09d4e407d7b26c776abb86a8d7');
INSERT INTO "events" VALUES('meeting_123',13,'2026-11-26T21:53:53.018964Z','user_ben','member.left','{}','913e2b8c680c179e546c565a4f7d6222e06600b2194073b7d1a69708274ad6e7');
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
INSERT INTO "requests" VALUES('ada','ada-secret',NULL,X'A64FA256A73FF65184F2DD7D913FE8F550DDB1BB1C0D340C157307CE7F63C27C4793059197654054AD4BA5E5C938CB2C5C173AC13281AB1A4FFD75E902D110751A17BDFCB2F114CFAF7CBF6FEE614854A1E654EA4762D9309C8895EC','decision_secret','meeting_123',11);
INSERT INTO "requests" VALUES('ada','chat','25c3e6245acf44b83319c54e304fa6c8516166a1c7f81ade1f285390b8a3a485',NULL,NULL,'meeting_123',6);
INSERT INTO "requests" VALUES('ada','close','bd10f74ccff624b8a2e8aedc50e0e5168a5aaec8ad7df712b77b0c279c895e90',NULL,NULL,'meeting_123',10);
INSERT INTO "requests" VALUES('ben','ben-1','cfecd9bb69c516805e445f9f53bf19b9551612fb7edbd8ccc31c9b2ced7568a7',NULL,NULL,'meeting_123',8);
INSERT INTO "requests" VALUES('ben','ben-2','38c878c3dbf1b975148744e6626d967f9e08e41af6c664fe76db1a9ec71e48b9',NULL,NULL,'meeting_123',9);
INSERT INTO "requests" VALUES('ben','ben-secret',NULL,X'F2779E3F9E1FCFEF125AFB83E6687332F8F94701572B3FBFEBAC1F0992A4697D62C09E65CD75F35C9CA8B5EF32AEEF7601C326E5CCB89E8FFFA6CACC664456870BA1858E9425C1B891E9611E1D9010EA0C4C4A7F0159D0DC7E20B769','decision_secret','meeting_123',12);
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
PRAGMA user_version = 1;
-- beside it: ballot-keys/2eea8c101981bb514797e390b3826f37ef6abceb9e6e5b5be19feb5f07ae04b4.key 6dfe3d890d791b8bc1b98fbcbcd0d0b995921158a117b8b9c31c6abbe11631ea
