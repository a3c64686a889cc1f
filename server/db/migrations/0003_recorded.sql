CREATE TABLE "event_correction" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "event_correction_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"from_category" text NOT NULL,
	"to_category" text NOT NULL,
	"from_category_l1" text NOT NULL,
	"to_category_l1" text NOT NULL,
	"from_level" smallint NOT NULL,
	"to_level" smallint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "event_correction_seq" UNIQUE("event_id","seq")
);
--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "event_transition" ADD COLUMN "recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
UPDATE "event" e SET "recorded_at" = greatest(e."status_at", (SELECT b."at" FROM "import_batch" b WHERE b."id" = e."batch_id"));--> statement-breakpoint
UPDATE "event_transition" t SET "recorded_at" = CASE WHEN t."actor_id" LIKE 'import:%' THEN e."recorded_at" ELSE t."at" END FROM "event" e WHERE e."id" = t."event_id";
