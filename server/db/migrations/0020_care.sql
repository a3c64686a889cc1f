CREATE TABLE "audit_line" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"role" text NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"screen" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"purpose" text NOT NULL,
	"n_rows" integer NOT NULL,
	"previous" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" bigint NOT NULL,
	"group_code" text NOT NULL,
	"dwelling_code" text NOT NULL,
	"building_code" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"from_on" date NOT NULL,
	"to_on" date,
	"client_key" uuid,
	CONSTRAINT "care_client_key_unique" UNIQUE("client_key")
);
--> statement-breakpoint
CREATE TABLE "care_attempt" (
	"client_key" uuid PRIMARY KEY NOT NULL,
	"care_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"note" text NOT NULL,
	"actor_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_call" (
	"alert_id" text NOT NULL,
	"dwelling_code" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"n_persons" integer NOT NULL,
	"called_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"actor_id" text,
	CONSTRAINT "care_call_alert_id_dwelling_code_pk" PRIMARY KEY("alert_id","dwelling_code")
);
--> statement-breakpoint
CREATE TABLE "care_visit" (
	"care_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"visited_at" timestamp (3) with time zone,
	"result" text,
	"note" text DEFAULT '' NOT NULL,
	"actor_id" text,
	"voided_at" timestamp (3) with time zone,
	"client_key" uuid,
	CONSTRAINT "care_visit_care_id_seq_pk" PRIMARY KEY("care_id","seq"),
	CONSTRAINT "care_visit_client_key_unique" UNIQUE("client_key")
);
--> statement-breakpoint
CREATE INDEX "audit_line_at" ON "audit_line" USING btree ("at");--> statement-breakpoint
CREATE INDEX "care_grid" ON "care" USING btree ("grid_code");--> statement-breakpoint
CREATE UNIQUE INDEX "care_person" ON "care" USING btree ("person_id","group_code") WHERE to_on is null;--> statement-breakpoint
CREATE INDEX "care_attempt_care" ON "care_attempt" USING btree ("care_id");--> statement-breakpoint
CREATE INDEX "care_call_grid" ON "care_call" USING btree ("grid_code","confirmed_at");--> statement-breakpoint
CREATE INDEX "care_visit_open" ON "care_visit" USING btree ("due_at") WHERE visited_at is null and voided_at is null;--> statement-breakpoint
CREATE FUNCTION "audit_hash"(line "audit_line") RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
	SELECT sha256(line.previous || convert_to(jsonb_build_array(
		line.seq, extract(epoch from line.at), line.actor_id, line.role, line.division_code, line.path, line.screen,
		line.action, line.subject, line.purpose, line.n_rows
	)::text, 'UTF8'))
$$;--> statement-breakpoint
CREATE FUNCTION "audit_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('audit_line'));
	SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM audit_line;
	NEW.previous := coalesce((SELECT hash FROM audit_line WHERE seq = NEW.seq - 1), ''::bytea);
	NEW.hash := audit_hash(NEW);
	RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER "audit_line_chain" BEFORE INSERT ON "audit_line" FOR EACH ROW EXECUTE FUNCTION "audit_chain"();--> statement-breakpoint
CREATE TRIGGER "audit_line_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_line" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE FUNCTION "refuse_retelling"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'Visit % of % is told already.', OLD.seq, OLD.care_id;
END
$$;--> statement-breakpoint
CREATE TRIGGER "care_visit_told_once" BEFORE UPDATE ON "care_visit" FOR EACH ROW WHEN (OLD.visited_at IS NOT NULL OR OLD.voided_at IS NOT NULL) EXECUTE FUNCTION "refuse_retelling"();--> statement-breakpoint
CREATE TRIGGER "care_visit_kept" BEFORE DELETE ON "care_visit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "care_attempt_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "care_attempt" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
