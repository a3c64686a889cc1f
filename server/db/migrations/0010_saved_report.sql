CREATE TABLE "saved_report" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"owner_id" text NOT NULL,
	"owner_role" text NOT NULL,
	"owner_division" text NOT NULL,
	"name" text NOT NULL,
	"blocks" jsonb NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"period" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"is_shared" boolean NOT NULL,
	"is_removed" boolean DEFAULT false NOT NULL,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_report_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE INDEX "saved_report_owner" ON "saved_report" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "saved_report_path" ON "saved_report" USING btree ("path");--> statement-breakpoint
CREATE TRIGGER "saved_report_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "saved_report" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
