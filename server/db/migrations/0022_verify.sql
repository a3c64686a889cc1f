CREATE TABLE "doubt" (
	"id" text PRIMARY KEY NOT NULL,
	"batch_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"field" text NOT NULL,
	"kind" text NOT NULL,
	"record_id" text NOT NULL,
	"building_code" text,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"stamp" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'found' NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"visited_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "verify_batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"rules" jsonb NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"sent_by" text
);
--> statement-breakpoint
CREATE TABLE "verify_chunk" (
	"batch_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"rule" text,
	"n_seen" integer NOT NULL,
	"n_found" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "verify_chunk_batch_id_seq_pk" PRIMARY KEY("batch_id","seq")
);
--> statement-breakpoint
CREATE TABLE "verify_result" (
	"doubt_id" text NOT NULL,
	"seq" integer NOT NULL,
	"result" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"client_key" uuid NOT NULL,
	CONSTRAINT "verify_result_doubt_id_seq_pk" PRIMARY KEY("doubt_id","seq"),
	CONSTRAINT "verify_result_key" UNIQUE("client_key")
);
--> statement-breakpoint
CREATE INDEX "doubt_batch" ON "doubt" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "doubt_record" ON "doubt" USING btree ("record_id","rule");--> statement-breakpoint
CREATE INDEX "doubt_open" ON "doubt" USING btree ("grid_code") WHERE state in ('sent', 'unreachable');--> statement-breakpoint
CREATE INDEX "verify_batch_path" ON "verify_batch" USING btree ("path","at");--> statement-breakpoint
CREATE TRIGGER "verify_result_kept" BEFORE UPDATE OR DELETE ON "verify_result" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
