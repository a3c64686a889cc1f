CREATE TABLE "retention_lot" (
	"night" date NOT NULL,
	"seq" integer NOT NULL,
	"rule" text NOT NULL,
	"n_rows" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "retention_lot_night_seq_pk" PRIMARY KEY("night","seq")
);
--> statement-breakpoint
CREATE INDEX "retention_lot_rule" ON "retention_lot" USING btree ("rule","at");--> statement-breakpoint
CREATE TRIGGER "retention_lot_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "retention_lot" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
SELECT let_read('retention_lot', '@path IS NOT NULL');--> statement-breakpoint
-- A visit is told once; what was written of it may be emptied when its time is up.
CREATE OR REPLACE FUNCTION "refuse_retelling"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.note = '' AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'Visit % of % is told already.', OLD.seq, OLD.care_id;
END
$$;
