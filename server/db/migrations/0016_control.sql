CREATE TABLE "control" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"source_code" text NOT NULL,
	"level" smallint NOT NULL,
	"title" text NOT NULL,
	"evidence" text NOT NULL,
	"division_code" text NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"origin_code" text NOT NULL,
	"pushed_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"client_key" text NOT NULL,
	CONSTRAINT "control_number_unique" UNIQUE("number"),
	CONSTRAINT "control_client_key_unique" UNIQUE("client_key")
);
--> statement-breakpoint
CREATE TABLE "control_move" (
	"control_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"division_code" text NOT NULL,
	"version" integer NOT NULL,
	"step" text NOT NULL,
	"to_state" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"actor_division" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "control_move_control_id_seq_pk" PRIMARY KEY("control_id","seq"),
	CONSTRAINT "control_move_version" UNIQUE("control_id","division_code","version")
);
--> statement-breakpoint
CREATE TABLE "control_part" (
	"control_id" uuid NOT NULL,
	"division_code" text NOT NULL,
	"level" text NOT NULL,
	"path" text NOT NULL,
	"parent_code" text,
	"duty" text NOT NULL,
	"passed_at" timestamp (3) with time zone NOT NULL,
	"sign_due_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "control_part_control_id_division_code_pk" PRIMARY KEY("control_id","division_code")
);
--> statement-breakpoint
CREATE INDEX "control_closed" ON "control" USING btree ("closed_at");--> statement-breakpoint
CREATE INDEX "control_part_division" ON "control_part" USING btree ("division_code");