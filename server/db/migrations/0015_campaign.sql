CREATE TABLE "campaign" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"categories" jsonb NOT NULL,
	"department_code" text NOT NULL,
	"starts_on" date NOT NULL,
	"goal" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_area" (
	"campaign_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	CONSTRAINT "campaign_area_campaign_id_seq_pk" PRIMARY KEY("campaign_id","seq")
);
--> statement-breakpoint
CREATE TABLE "campaign_move" (
	"campaign_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"ends_on" date NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "campaign_move_campaign_id_seq_pk" PRIMARY KEY("campaign_id","seq")
);
--> statement-breakpoint
CREATE INDEX "campaign_area_path" ON "campaign_area" USING btree ("path");