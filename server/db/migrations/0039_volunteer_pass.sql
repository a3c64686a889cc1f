CREATE TABLE "volunteer_pass" (
	"hash" text PRIMARY KEY NOT NULL,
	"volunteer_id" text NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"issued_by" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "volunteer_step" (
	"turn_id" text NOT NULL,
	"version" integer NOT NULL,
	"step" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "volunteer_step_turn_id_version_pk" PRIMARY KEY("turn_id","version")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "volunteer_pass_holds" ON "volunteer_pass" USING btree ("volunteer_id") WHERE "volunteer_pass"."ended_at" is null;--> statement-breakpoint
CREATE TRIGGER "volunteer_step_kept" BEFORE UPDATE OR DELETE ON "volunteer_step" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
SELECT let_read('volunteer_step', '@people AND EXISTS (SELECT FROM volunteer_turn t WHERE t.id = turn_id)');--> statement-breakpoint
-- Who keeps a register is told who has a pass and since when; the hash is granted to no reader
SELECT let_read('volunteer_pass', '@people AND EXISTS (SELECT FROM volunteer v WHERE v.id = volunteer_id)');--> statement-breakpoint
REVOKE SELECT ON volunteer_pass FROM gridhall_reader;--> statement-breakpoint
GRANT SELECT (volunteer_id, issued_at, ended_at) ON volunteer_pass TO gridhall_reader;
