CREATE TABLE "drill" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"goal" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	"summary" jsonb
);
--> statement-breakpoint
CREATE TABLE "muster" (
	"id" uuid PRIMARY KEY NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"called_at" timestamp (3) with time zone NOT NULL,
	"limit_minutes" integer NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "muster_member" (
	"muster_id" uuid NOT NULL,
	"worker_id" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"answered_at" timestamp (3) with time zone,
	"answered_by" text,
	CONSTRAINT "muster_member_muster_id_worker_id_pk" PRIMARY KEY("muster_id","worker_id")
);
--> statement-breakpoint
DROP INDEX "event_grid";--> statement-breakpoint
CREATE INDEX "drill_starts" ON "drill" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "muster_called" ON "muster" USING btree ("called_at");--> statement-breakpoint
CREATE INDEX "event_grid" ON "event" USING btree ("grid_code","status");