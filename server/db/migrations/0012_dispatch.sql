CREATE TABLE "dispatch_route" (
	"event_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"mode" text NOT NULL,
	"policy" text NOT NULL,
	"inputs" jsonb,
	"decision" jsonb,
	"department_code" text,
	"worker_id" text,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "dispatch_route_event_id_seq_pk" PRIMARY KEY("event_id","seq")
);
--> statement-breakpoint
CREATE TABLE "rule_change" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"act" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "rule_change_list_code_recorded_at_pk" PRIMARY KEY("list","code","recorded_at")
);
--> statement-breakpoint
CREATE INDEX "dispatch_route_at" ON "dispatch_route" USING btree ("at");--> statement-breakpoint
CREATE INDEX "event_load" ON "event" USING btree ("worker_id") WHERE worker_id is not null and status in ('S31', 'S40', 'S41', 'S42', 'S43', 'S60');--> statement-breakpoint
CREATE INDEX "event_worked" ON "event" USING btree ("worker_id","category_code","reported_at") WHERE worker_id is not null;--> statement-breakpoint
CREATE TRIGGER "dispatch_route_kept" BEFORE UPDATE OR DELETE ON "dispatch_route" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "rule_change_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "rule_change" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
