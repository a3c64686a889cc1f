CREATE TABLE "attribute_past" (
	"kind" text NOT NULL,
	"record_id" text NOT NULL,
	"was" jsonb NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "attribute_past_kind_record_id_to_at_pk" PRIMARY KEY("kind","record_id","to_at")
);
--> statement-breakpoint
CREATE TRIGGER "attribute_past_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "attribute_past" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
-- The key of the row, then the columns that are kept; of several changes in one transaction the first is the one that ends
CREATE FUNCTION "keep_past"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO attribute_past (kind, record_id, was, to_at)
	SELECT TG_TABLE_NAME, to_jsonb(OLD) ->> TG_ARGV[0], jsonb_object_agg(said.key, said.value), now()
	FROM jsonb_each(to_jsonb(OLD)) said WHERE said.key = ANY (TG_ARGV[1:])
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "dwelling_past" AFTER UPDATE OF "house_use" ON "dwelling" FOR EACH ROW WHEN (OLD.house_use IS DISTINCT FROM NEW.house_use) EXECUTE FUNCTION "keep_past"('code', 'house_use');--> statement-breakpoint
CREATE TRIGGER "entity_past" AFTER UPDATE OF "entity_type", "industry", "n_employees", "building_code" ON "entity" FOR EACH ROW WHEN ((OLD.entity_type, OLD.industry, OLD.n_employees, OLD.building_code) IS DISTINCT FROM (NEW.entity_type, NEW.industry, NEW.n_employees, NEW.building_code)) EXECUTE FUNCTION "keep_past"('id', 'entity_type', 'industry', 'n_employees', 'building_code', 'lng', 'lat', 'subdistrict_code', 'community_code', 'grid_code', 'block_code');
