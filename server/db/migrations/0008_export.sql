CREATE TABLE "export_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "export_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"role" text NOT NULL,
	"post_code" text NOT NULL,
	"path" text NOT NULL,
	"screen" text NOT NULL,
	"division_code" text NOT NULL,
	"panel" text NOT NULL,
	"format" text NOT NULL,
	"what" jsonb NOT NULL,
	"n_rows" integer NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"snapshot" text,
	"purpose" text NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "export_log_path" ON "export_log" USING btree ("path","at");--> statement-breakpoint
CREATE INDEX "export_log_actor" ON "export_log" USING btree ("actor_id","at");--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'Lines of % are kept as they were written.', TG_TABLE_NAME;
END
$$;--> statement-breakpoint
CREATE TRIGGER "export_log_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "export_log" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
