CREATE TABLE "vehicle" (
	"id" bigint PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"plate_mark" "bytea" NOT NULL,
	"plate_region" text NOT NULL,
	"plate_tail" text NOT NULL,
	"plate_kind" text NOT NULL,
	"building_code" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	CONSTRAINT "vehicle_plate_mark_unique" UNIQUE("plate_mark")
);
--> statement-breakpoint
CREATE TABLE "vehicle_holder" (
	"id" bigint PRIMARY KEY NOT NULL,
	"vehicle_id" bigint NOT NULL,
	"person_id" bigint,
	"entity_id" text,
	"from_on" date NOT NULL,
	"to_on" date
);
--> statement-breakpoint
CREATE INDEX "vehicle_building" ON "vehicle" USING btree ("building_code");--> statement-breakpoint
CREATE INDEX "vehicle_tail" ON "vehicle" USING btree ("plate_tail");--> statement-breakpoint
CREATE INDEX "vehicle_holder_vehicle" ON "vehicle_holder" USING btree ("vehicle_id");--> statement-breakpoint
CREATE INDEX "vehicle_holder_person" ON "vehicle_holder" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "vehicle_holder_entity" ON "vehicle_holder" USING btree ("entity_id");--> statement-breakpoint
-- A vehicle is told to the posts that work with people where it is kept; which person holds it, to those of the community and the grid
SELECT let_read('vehicle', '@people AND EXISTS (SELECT FROM building b WHERE b.code = building_code)');--> statement-breakpoint
SELECT let_read('vehicle_holder', $$(person_id IS NULL OR @role IN ('R4', 'R5')) AND EXISTS (SELECT FROM vehicle v WHERE v.id = vehicle_id)$$);
