CREATE TABLE "collection" (
	"id" uuid PRIMARY KEY NOT NULL,
	"building_code" text NOT NULL,
	"dwelling_code" text,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"events" jsonb NOT NULL,
	"digest" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "collection_decision" (
	"collection_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"choice" text NOT NULL,
	"record_id" text,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	CONSTRAINT "collection_decision_collection_id_seq_pk" PRIMARY KEY("collection_id","seq")
);
--> statement-breakpoint
CREATE TABLE "collection_item" (
	"collection_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"kind" text NOT NULL,
	"act" text NOT NULL,
	"method" text NOT NULL,
	"record_id" text,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"why" text,
	"candidates" jsonb NOT NULL,
	CONSTRAINT "collection_item_collection_id_seq_pk" PRIMARY KEY("collection_id","seq")
);
--> statement-breakpoint
ALTER TABLE "entity" ADD COLUMN "record_origin" text DEFAULT 'department' NOT NULL;--> statement-breakpoint
ALTER TABLE "residence" ADD COLUMN "record_origin" text DEFAULT 'department' NOT NULL;--> statement-breakpoint
ALTER TABLE "dwelling" ADD COLUMN "record_origin" text DEFAULT 'department' NOT NULL;--> statement-breakpoint
CREATE INDEX "collection_grid" ON "collection" USING btree ("grid_code","at");--> statement-breakpoint
CREATE INDEX "collection_building" ON "collection" USING btree ("building_code");--> statement-breakpoint
SELECT let_read('collection', $$@here AND @works AND (@role <> 'R6' OR actor_role = 'R6')$$);--> statement-breakpoint
SELECT let_read('collection_item', 'EXISTS (SELECT FROM collection c WHERE c.id = collection_id)');--> statement-breakpoint
SELECT let_read('collection_decision', 'EXISTS (SELECT FROM collection c WHERE c.id = collection_id)');--> statement-breakpoint
CREATE TRIGGER "collection_kept" BEFORE UPDATE OR DELETE ON "collection" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "collection_item_kept" BEFORE UPDATE OR DELETE ON "collection_item" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "collection_decision_kept" BEFORE UPDATE OR DELETE ON "collection_decision" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
