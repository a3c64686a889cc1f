CREATE TABLE "address_batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"checksum" text NOT NULL,
	"crs" text,
	"crs_check" jsonb,
	"n_rows" integer NOT NULL,
	"n_positions" integer NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "address_chunk" (
	"batch_id" uuid NOT NULL,
	"run" smallint NOT NULL,
	"seq" integer NOT NULL,
	"last_row" integer NOT NULL,
	"n_rows" integer NOT NULL,
	"tally" jsonb NOT NULL,
	"state" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "address_chunk_batch_id_run_seq_pk" PRIMARY KEY("batch_id","run","seq")
);
--> statement-breakpoint
CREATE TABLE "address_decision" (
	"batch_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"seq" smallint NOT NULL,
	"building_code" text,
	"note" text NOT NULL,
	"tally" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	CONSTRAINT "address_decision_batch_id_row_seq_pk" PRIMARY KEY("batch_id","row","seq")
);
--> statement-breakpoint
CREATE TABLE "address_match" (
	"batch_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"run" smallint NOT NULL,
	"method" text NOT NULL,
	"level" text NOT NULL,
	"score" real NOT NULL,
	"building_code" text,
	"dwelling_code" text,
	"division_code" text,
	"candidates" jsonb NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text,
	CONSTRAINT "address_match_batch_id_row_pk" PRIMARY KEY("batch_id","row")
);
--> statement-breakpoint
CREATE TABLE "address_name" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "address_name_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"standard" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "address_record" (
	"batch_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"address" text NOT NULL,
	"lng" double precision,
	"lat" double precision,
	CONSTRAINT "address_record_batch_id_row_pk" PRIMARY KEY("batch_id","row")
);
--> statement-breakpoint
CREATE TABLE "address_run" (
	"batch_id" uuid NOT NULL,
	"run" smallint NOT NULL,
	"n_rows" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	CONSTRAINT "address_run_batch_id_run_pk" PRIMARY KEY("batch_id","run")
);
--> statement-breakpoint
CREATE INDEX "address_batch_path" ON "address_batch" USING btree ("path","at");--> statement-breakpoint
CREATE INDEX "address_match_open" ON "address_match" USING btree ("batch_id","row") WHERE method = 'none';--> statement-breakpoint
CREATE INDEX "address_match_building" ON "address_match" USING btree ("building_code") WHERE building_code is not null;--> statement-breakpoint
CREATE TRIGGER "address_name_kept" BEFORE UPDATE OR DELETE ON "address_name" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "address_decision_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "address_decision" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
