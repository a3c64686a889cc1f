ALTER TABLE "file" ADD COLUMN "errand_id" text;--> statement-breakpoint
CREATE INDEX "file_errand" ON "file" USING btree ("errand_id");--> statement-breakpoint
-- A photo of an errand is seen where the errand is.
SELECT let_read('file', $$@works AND (CASE WHEN event_id IS NOT NULL THEN EXISTS (SELECT FROM event e WHERE e.id = event_id)
	WHEN errand_id IS NOT NULL THEN EXISTS (SELECT FROM errand r WHERE r.id = errand_id)
	ELSE owner = @actor END)$$);
