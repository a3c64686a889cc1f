ALTER TABLE "file" ADD COLUMN "errand_id" text;--> statement-breakpoint
CREATE INDEX "file_errand" ON "file" USING btree ("errand_id");