-- A production ledger with six records and a list, as the program whose newest revision was 0005 left it; dumped by sqlite3.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE batch_entries (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	at BIGINT NOT NULL, 
	who TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	CONSTRAINT fk_batch_entries_batch FOREIGN KEY(batch) REFERENCES batches (number)
);
INSERT INTO "batch_entries" VALUES(1,1,'ready',1772438419000000,'li.wei','');
CREATE TABLE batch_items (
	batch INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	identity VARCHAR(15) NOT NULL, 
	identity_kind VARCHAR(8) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	job INTEGER, 
	reason TEXT NOT NULL, 
	acted_by TEXT NOT NULL, 
	acted_at BIGINT NOT NULL, 
	CONSTRAINT pk_batch_items PRIMARY KEY (batch, position), 
	CONSTRAINT fk_batch_items_batch FOREIGN KEY(batch) REFERENCES batches (number), 
	CONSTRAINT fk_batch_items_job FOREIGN KEY(job) REFERENCES jobs (id)
);
INSERT INTO "batch_items" VALUES(1,1,'00911f00000a','mac','queued',6,'','li.wei',1772438421000000);
INSERT INTO "batch_items" VALUES(1,2,'00911f00000b','mac','waiting',NULL,'','li.wei',1772438419000000);
INSERT INTO "batch_items" VALUES(1,3,'00911f00000c','mac','waiting',NULL,'','li.wei',1772438419000000);
CREATE TABLE batches (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	product_key VARCHAR(32) NOT NULL, 
	work_order TEXT NOT NULL, 
	printer TEXT NOT NULL, 
	who TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	total INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, 
	waiting INTEGER NOT NULL, 
	queued INTEGER NOT NULL, 
	sent INTEGER NOT NULL, 
	skipped INTEGER NOT NULL, 
	refused INTEGER NOT NULL
);
INSERT INTO "batches" VALUES(1,'list.csv','be606a7b34d441b59d7eba2c080ff805','WO-8','bench printer','li.wei',1772438419000000,3,'ready','',2,1,0,0,0);
CREATE TABLE entries (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	job INTEGER NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	at BIGINT NOT NULL, 
	who TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	CONSTRAINT fk_entries_job FOREIGN KEY(job) REFERENCES jobs (id)
);
INSERT INTO "entries" VALUES(1,1,'move','intended',1772438403000000,'li.wei','');
INSERT INTO "entries" VALUES(2,1,'move','sent',1772438404000000,'li.wei','');
INSERT INTO "entries" VALUES(3,1,'move','printed',1772438405000000,'li.wei','');
INSERT INTO "entries" VALUES(4,1,'move','verified',1772438406000000,'li.wei','');
INSERT INTO "entries" VALUES(5,2,'move','intended',1772438407000000,'li.wei','');
INSERT INTO "entries" VALUES(6,2,'move','sent',1772438408000000,'li.wei','');
INSERT INTO "entries" VALUES(7,2,'move','unknown',1772438409000000,'li.wei','');
INSERT INTO "entries" VALUES(8,2,'move','voided',1772438410000000,'li.wei','');
INSERT INTO "entries" VALUES(9,3,'move','intended',1772438411000000,'li.wei','');
INSERT INTO "entries" VALUES(10,3,'note','intended',1772438412000000,'qa','reprint: damaged');
INSERT INTO "entries" VALUES(11,3,'move','sent',1772438413000000,'li.wei','');
INSERT INTO "entries" VALUES(12,3,'move','printed',1772438414000000,'li.wei','');
INSERT INTO "entries" VALUES(13,4,'move','intended',1772438415000000,'li.wei','');
INSERT INTO "entries" VALUES(14,4,'move','sent',1772438416000000,'li.wei','');
INSERT INTO "entries" VALUES(15,4,'move','unknown',1772438417000000,'station','E-PRN-03');
INSERT INTO "entries" VALUES(16,5,'move','intended',1772438418000000,'li.wei','');
INSERT INTO "entries" VALUES(17,5,'note','intended',1772438418000000,'batch','held: E-PRN-04');
INSERT INTO "entries" VALUES(18,6,'move','intended',1772438420000000,'li.wei','');
INSERT INTO "entries" VALUES(19,6,'note','intended',1772438420000000,'li.wei','typed');
INSERT INTO "entries" VALUES(20,6,'note','intended',1772438420000000,'li.wei','queued');
CREATE TABLE images (
	job INTEGER NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	dpi INTEGER NOT NULL, 
	dots BLOB NOT NULL, 
	CONSTRAINT pk_images PRIMARY KEY (job), 
	CONSTRAINT fk_images_job FOREIGN KEY(job) REFERENCES jobs (id)
);
INSERT INTO "images" VALUES(1,12,2,203,X'789C5BB520340000058601F0');
INSERT INTO "images" VALUES(2,12,2,203,X'789C5BB520340000058601F0');
INSERT INTO "images" VALUES(3,12,2,203,X'789C5BB520340000058601F0');
INSERT INTO "images" VALUES(4,12,2,203,X'789C5BB520340000058601F0');
INSERT INTO "images" VALUES(5,12,2,203,X'789C5BB520340000058601F0');
INSERT INTO "images" VALUES(6,12,2,203,X'789C5BB520340000058601F0');
CREATE TABLE jobs (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	label_serial VARCHAR(32) NOT NULL, 
	identity VARCHAR(15) NOT NULL, 
	identity_kind VARCHAR(8) NOT NULL, 
	product_key VARCHAR(32) NOT NULL, 
	product_name TEXT NOT NULL, 
	content TEXT NOT NULL, 
	content_digest VARCHAR(64) NOT NULL, 
	code_source VARCHAR(16) NOT NULL, 
	code_task TEXT NOT NULL, 
	image_digest VARCHAR(64) NOT NULL, 
	template TEXT NOT NULL, 
	dpi INTEGER NOT NULL, 
	printer TEXT NOT NULL, 
	station TEXT NOT NULL, 
	operator TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	test BOOLEAN NOT NULL, 
	scan_back_due BOOLEAN NOT NULL, 
	opened_at BIGINT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	outcome VARCHAR(16), 
	moved_at BIGINT NOT NULL, sent_to TEXT, work_order TEXT DEFAULT '' NOT NULL, code_service TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT uq_jobs_label_serial UNIQUE (label_serial)
);
INSERT INTO "jobs" VALUES(1,'L-000001','00911f000001','mac','be606a7b34d441b59d7eba2c080ff805','加湿器 Humidifier','code of 00911f000001','3541ebebe7738475fe217fa800bdd096475bea4e5f4e233fe59b415e9d4ea826','service','/static/zipfiles/7.zip','1ed859501aa9580295cb4d9af5378fad9c7a3cd77d67edaab3e2559d8d38461a','40x30',203,'bench printer','bench-1','li.wei',0,0,1,1772438403000000,'verified',NULL,1772438406000000,'bench printer','WO-7','https://qr.factory.example.test');
INSERT INTO "jobs" VALUES(2,'L-000002','00911f000002','mac','be606a7b34d441b59d7eba2c080ff805','加湿器 Humidifier','code of 00911f000002','df75b0359789a27daa4560d7ca7aab8b34aa6428b3489240f21988830d4d5e0a','service','/static/zipfiles/7.zip','1ed859501aa9580295cb4d9af5378fad9c7a3cd77d67edaab3e2559d8d38461a','40x30',203,'bench printer','bench-1','li.wei',0,0,1,1772438407000000,'voided',NULL,1772438410000000,'bench printer','WO-7','https://qr.factory.example.test');
INSERT INTO "jobs" VALUES(3,'L-000003','00911f000002','mac','be606a7b34d441b59d7eba2c080ff805','加湿器 Humidifier','code of 00911f000002','df75b0359789a27daa4560d7ca7aab8b34aa6428b3489240f21988830d4d5e0a','service','/static/zipfiles/7.zip','1ed859501aa9580295cb4d9af5378fad9c7a3cd77d67edaab3e2559d8d38461a','40x30',203,'bench printer','bench-1','li.wei',1,0,1,1772438411000000,'printed',NULL,1772438414000000,'bench printer','WO-7','https://qr.factory.example.test');
INSERT INTO "jobs" VALUES(4,'L-000004','00911f000003','mac','be606a7b34d441b59d7eba2c080ff805','加湿器 Humidifier','code of 00911f000003','cb4f84009284b3d4c15fd3b20931c0245447118782b721a4f48424a2731c453a','sandbox','/static/zipfiles/7.zip','1ed859501aa9580295cb4d9af5378fad9c7a3cd77d67edaab3e2559d8d38461a','40x30',203,'bench printer','bench-1','li.wei',0,1,1,1772438415000000,'unknown','unknown',1772438417000000,'bench printer','','');
INSERT INTO "jobs" VALUES(5,'L-000005','00911f000004','mac','be606a7b34d441b59d7eba2c080ff805','加湿器 Humidifier','中文 “quoted”
	line','7ac14b6dac74c2e026cdb58fb7b4f4cd3d93084defb7e1cc5541b1f4c5dbf7b2','service','/static/zipfiles/7.zip','1ed859501aa9580295cb4d9af5378fad9c7a3cd77d67edaab3e2559d8d38461a','40x30',203,'bench printer','bench-1','li.wei',0,0,1,1772438418000000,'intended',NULL,1772438418000000,NULL,'','');
INSERT INTO "jobs" VALUES(6,'L-000006','00911f00000a','mac','be606a7b34d441b59d7eba2c080ff805','加湿器 Humidifier','code of 00911f00000a','186e2d7a83b58a98d2c821ba3b818a58818b7fa84ed0ff0011886d18957633f7','service','/static/zipfiles/7.zip','1ed859501aa9580295cb4d9af5378fad9c7a3cd77d67edaab3e2559d8d38461a','40x30',203,'bench printer','bench-1','li.wei',0,0,1,1772438420000000,'intended',NULL,1772438420000000,NULL,'WO-8','');
CREATE TABLE labelled_devices (
	product_key VARCHAR(32) NOT NULL, 
	devices BIGINT NOT NULL, 
	CONSTRAINT pk_labelled_devices PRIMARY KEY (product_key)
);
INSERT INTO "labelled_devices" VALUES('be606a7b34d441b59d7eba2c080ff805',4);
CREATE TABLE meta (
	ledger_id VARCHAR(32) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	station TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	openings BIGINT NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY (ledger_id)
);
INSERT INTO "meta" VALUES('da25651b7224497eb67ea9d30dff5ce5','production','bench-1',1772438401000000,1);
CREATE TABLE queue (
	job INTEGER NOT NULL, 
	printer TEXT NOT NULL, 
	held BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	acted_by TEXT NOT NULL, 
	acted_at BIGINT NOT NULL, 
	CONSTRAINT pk_queue PRIMARY KEY (job), 
	CONSTRAINT fk_queue_job FOREIGN KEY(job) REFERENCES jobs (id)
);
INSERT INTO "queue" VALUES(5,'bench printer',1,'E-PRN-04','batch',1772438418000000);
INSERT INTO "queue" VALUES(6,'bench printer',0,'','li.wei',1772438420000000);
CREATE TABLE serials (
	name VARCHAR(16) NOT NULL, 
	last BIGINT NOT NULL, 
	CONSTRAINT pk_serials PRIMARY KEY (name)
);
INSERT INTO "serials" VALUES('label',6);
CREATE TABLE supplies (
	printer TEXT NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	remaining INTEGER NOT NULL, 
	capacity INTEGER NOT NULL, 
	warn_below INTEGER NOT NULL, 
	CONSTRAINT pk_supplies PRIMARY KEY (printer, kind)
);
INSERT INTO "supplies" VALUES('bench printer','labels',996,1000,20);
CREATE TABLE supply_loads (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	printer TEXT NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	remaining INTEGER, 
	capacity INTEGER NOT NULL, 
	warn_below INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	who TEXT NOT NULL
);
INSERT INTO "supply_loads" VALUES(1,'bench printer','labels',NULL,1000,20,1772438402000000,'li.wei');
CREATE UNIQUE INDEX one_live_label ON jobs (product_key, identity) WHERE state NOT IN ('failed', 'voided');
CREATE INDEX jobs_by_identity ON jobs (identity, product_key, state);
CREATE INDEX jobs_by_state ON jobs (state, moved_at);
CREATE INDEX jobs_by_content ON jobs (content_digest);
CREATE INDEX entries_by_job ON entries (job, sequence);
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER drafts_are_not_changed BEFORE UPDATE OF id, label_serial, identity, identity_kind, product_key, product_name, content, content_digest, code_source, code_task, image_digest, template, dpi, printer, station, operator, revision, test, scan_back_due, opened_at ON jobs BEGIN SELECT RAISE(ABORT, 'what a job was opened with is never changed'); END;
CREATE TRIGGER jobs_are_not_deleted BEFORE DELETE ON jobs BEGIN SELECT RAISE(ABORT, 'jobs are never deleted'); END;
CREATE TRIGGER images_are_not_changed BEFORE UPDATE ON images BEGIN SELECT RAISE(ABORT, 'images are never changed'); END;
CREATE TRIGGER images_are_not_deleted BEFORE DELETE ON images BEGIN SELECT RAISE(ABORT, 'images are never deleted'); END;
CREATE INDEX queue_by_printer ON queue (printer, job);
CREATE TRIGGER where_a_job_went_is_not_changed BEFORE UPDATE OF sent_to ON jobs WHEN OLD.sent_to IS NOT NULL AND OLD.sent_to IS NOT NEW.sent_to BEGIN SELECT RAISE(ABORT, 'where a job was sent is never changed'); END;
CREATE TRIGGER supply_loads_are_not_changed BEFORE UPDATE ON supply_loads BEGIN SELECT RAISE(ABORT, 'supply loads are never changed'); END;
CREATE TRIGGER supply_loads_are_not_deleted BEFORE DELETE ON supply_loads BEGIN SELECT RAISE(ABORT, 'supply loads are never deleted'); END;
CREATE INDEX jobs_by_order ON jobs (product_key, work_order, state);
CREATE INDEX batch_entries_by_batch ON batch_entries (batch, sequence);
CREATE INDEX batch_items_by_state ON batch_items (batch, state, position);
CREATE UNIQUE INDEX one_item_of_a_job ON batch_items (job);
CREATE TRIGGER orders_are_not_changed BEFORE UPDATE OF work_order ON jobs BEGIN SELECT RAISE(ABORT, 'what a job was opened with is never changed'); END;
CREATE TRIGGER batches_are_not_changed BEFORE UPDATE OF number, name, product_key, work_order, who, at, total ON batches BEGIN SELECT RAISE(ABORT, 'what a batch began with is never changed'); END;
CREATE TRIGGER batches_are_not_deleted BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'batches are never deleted'); END;
CREATE TRIGGER batch_items_are_not_changed BEFORE UPDATE OF batch, position, identity, identity_kind ON batch_items BEGIN SELECT RAISE(ABORT, 'the list of a batch is never changed'); END;
CREATE TRIGGER batch_items_are_not_deleted BEFORE DELETE ON batch_items BEGIN SELECT RAISE(ABORT, 'the list of a batch is never deleted'); END;
CREATE TRIGGER batch_items_are_not_added BEFORE INSERT ON batch_items WHEN NEW.position NOT BETWEEN 1 AND (SELECT total FROM batches WHERE number = NEW.batch) BEGIN SELECT RAISE(ABORT, 'the list of a batch is never changed'); END;
CREATE TRIGGER batch_entries_are_not_changed BEFORE UPDATE ON batch_entries BEGIN SELECT RAISE(ABORT, 'batch entries are never changed'); END;
CREATE TRIGGER batch_entries_are_not_deleted BEFORE DELETE ON batch_entries BEGIN SELECT RAISE(ABORT, 'batch entries are never deleted'); END;
CREATE TRIGGER labelled_devices_are_not_deleted BEFORE DELETE ON labelled_devices BEGIN SELECT RAISE(ABORT, 'the count of devices is never deleted'); END;
CREATE TRIGGER code_services_are_not_changed BEFORE UPDATE OF code_service ON jobs BEGIN SELECT RAISE(ABORT, 'what a job was opened with is never changed'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('supply_loads',1);
INSERT INTO "sqlite_sequence" VALUES('jobs',6);
INSERT INTO "sqlite_sequence" VALUES('entries',20);
INSERT INTO "sqlite_sequence" VALUES('batches',1);
INSERT INTO "sqlite_sequence" VALUES('batch_entries',1);
COMMIT;
