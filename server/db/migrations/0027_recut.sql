CREATE TABLE "placement_past" (
	"recut_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"record_id" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text,
	"from_at" timestamp (3) with time zone,
	"to_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "placement_past_kind_record_id_to_at_pk" PRIMARY KEY("kind","record_id","to_at")
);
--> statement-breakpoint
CREATE TABLE "recut" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"reason" text NOT NULL,
	"proposal" jsonb NOT NULL,
	"moves" jsonb NOT NULL,
	"cover" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "division" ADD COLUMN "recut_id" uuid;
--> statement-breakpoint
CREATE TRIGGER "recut_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "recut" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "placement_past_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "placement_past" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
