ALTER TABLE "wall_lease" ADD COLUMN "is_quiet" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "wall_lease" ADD COLUMN "interrupt" jsonb;