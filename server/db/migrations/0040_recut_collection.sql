-- A visit may be placed anew when boundaries are cut anew; nothing else of it changes
DROP TRIGGER "collection_kept" ON "collection";--> statement-breakpoint
CREATE TRIGGER "collection_kept" BEFORE DELETE OR UPDATE OF "id", "building_code", "dwelling_code", "events", "digest", "at", "actor_id", "actor_role", "recorded_at"
	ON "collection" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
