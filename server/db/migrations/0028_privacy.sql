CREATE TABLE "person_unsealed" (
	"id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"id_number" text NOT NULL,
	"phone" text
);
--> statement-breakpoint
INSERT INTO "person_unsealed" SELECT "id", "name", "id_number", "phone" FROM "person";--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "name_sealed" bytea DEFAULT '\x' NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "name_mark" bytea DEFAULT '\x' NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "id_number_sealed" bytea DEFAULT '\x' NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "id_number_mark" bytea DEFAULT '\x' NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "id_claim" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "phone_sealed" bytea;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "phone_mark" bytea;--> statement-breakpoint
ALTER TABLE "person" DROP COLUMN "name";--> statement-breakpoint
ALTER TABLE "person" DROP COLUMN "id_number";--> statement-breakpoint
ALTER TABLE "person" DROP COLUMN "phone";--> statement-breakpoint
ALTER TABLE "person" ALTER COLUMN "name_sealed" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "person" ALTER COLUMN "name_mark" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "person" ALTER COLUMN "id_number_sealed" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "person" ALTER COLUMN "id_number_mark" DROP DEFAULT;--> statement-breakpoint
-- What visits put right keeps no ID number in plain text.
ALTER TABLE "verify_result" DISABLE TRIGGER "verify_result_kept";--> statement-breakpoint
UPDATE "verify_result" SET "before" = jsonb_set("before", '{id_number}', to_jsonb(left("before" ->> 'id_number', 6) || '**********' || right("before" ->> 'id_number', 2))) WHERE "before" ->> 'id_number' IS NOT NULL;--> statement-breakpoint
UPDATE "verify_result" SET "after" = jsonb_set("after", '{id_number}', to_jsonb(left("after" ->> 'id_number', 6) || '**********' || right("after" ->> 'id_number', 2))) WHERE "after" ->> 'id_number' IS NOT NULL;--> statement-breakpoint
ALTER TABLE "verify_result" ENABLE TRIGGER "verify_result_kept";