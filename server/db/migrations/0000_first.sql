CREATE TABLE "asset" (
	"id" text PRIMARY KEY NOT NULL,
	"asset_group" text NOT NULL,
	"asset_type" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"geometry" jsonb,
	"lng" double precision,
	"lat" double precision,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "term" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"zh" text NOT NULL,
	"en" text NOT NULL,
	"parent" text,
	"attrs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_to" timestamp (3) with time zone,
	"source" text NOT NULL,
	CONSTRAINT "term_list_code_valid_from_pk" PRIMARY KEY("list","code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "base_feature" (
	"id" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"rank" smallint NOT NULL,
	"name" text,
	"name_en" text,
	"elevation_metres" double precision,
	"geometry" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "block" (
	"code" text PRIMARY KEY NOT NULL,
	"grid_code" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"land_use" text NOT NULL,
	"geometry" jsonb NOT NULL,
	"bbox" jsonb NOT NULL,
	"lng" double precision,
	"lat" double precision,
	"area_sqm" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "division" (
	"code" text PRIMARY KEY NOT NULL,
	"parent_code" text,
	"level" smallint NOT NULL,
	"path" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"national_code" text,
	"is_functional" boolean DEFAULT false NOT NULL,
	"geometry" jsonb,
	"bbox" jsonb,
	"lng" double precision,
	"lat" double precision,
	"area_sqm" double precision,
	"sort" integer DEFAULT 0 NOT NULL,
	"valid_from" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"valid_to" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "specialised_grid" (
	"code" text PRIMARY KEY NOT NULL,
	"line" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"department_code" text NOT NULL,
	"worker_id" text
);
--> statement-breakpoint
CREATE TABLE "specialised_grid_member" (
	"specialised_grid_code" text NOT NULL,
	"grid_code" text NOT NULL,
	CONSTRAINT "specialised_grid_member_specialised_grid_code_grid_code_pk" PRIMARY KEY("specialised_grid_code","grid_code")
);
--> statement-breakpoint
CREATE TABLE "entity" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"credit_code" text NOT NULL,
	"entity_type" text NOT NULL,
	"industry" text NOT NULL,
	"building_code" text,
	"dwelling_code" text,
	"n_employees" integer NOT NULL,
	"registered_on" date NOT NULL,
	"closed_on" date,
	"lng" double precision,
	"lat" double precision,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"number" text NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"category_code" text NOT NULL,
	"category_l1" text NOT NULL,
	"level" smallint NOT NULL,
	"source_code" text NOT NULL,
	"status" text NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"building_code" text,
	"dwelling_code" text,
	"department_code" text,
	"worker_id" text,
	"lng" double precision,
	"lat" double precision,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"registered_at" timestamp (3) with time zone,
	"dispatched_at" timestamp (3) with time zone,
	"signed_at" timestamp (3) with time zone,
	"handled_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"evaluated_at" timestamp (3) with time zone,
	"status_at" timestamp (3) with time zone NOT NULL,
	"accept_due_at" timestamp (3) with time zone,
	"handle_due_at" timestamp (3) with time zone,
	"n_rework" smallint DEFAULT 0 NOT NULL,
	"n_return" smallint DEFAULT 0 NOT NULL,
	"n_extension" smallint DEFAULT 0 NOT NULL,
	"is_auto_dispatched" boolean DEFAULT false NOT NULL,
	"is_self_handled" boolean DEFAULT false NOT NULL,
	"satisfaction" smallint,
	"paused_minutes" integer DEFAULT 0 NOT NULL,
	"client_key" text,
	"flags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"batch_id" integer,
	CONSTRAINT "event_number_unique" UNIQUE("number"),
	CONSTRAINT "event_client_key_unique" UNIQUE("client_key")
);
--> statement-breakpoint
CREATE TABLE "event_transition" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "event_transition_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"department_code" text,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "event_transition_seq" UNIQUE("event_id","seq")
);
--> statement-breakpoint
CREATE TABLE "import_batch" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "import_batch_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"source_name" text NOT NULL,
	"checksum" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"n_read" integer NOT NULL,
	"n_accepted" integer NOT NULL,
	"n_flagged" integer NOT NULL,
	"n_refused" integer NOT NULL,
	"report" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "change_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"op" text NOT NULL,
	"version" integer NOT NULL,
	"path" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "target" (
	"metric" text NOT NULL,
	"division_code" text NOT NULL,
	"value" double precision NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_to" timestamp (3) with time zone,
	CONSTRAINT "target_metric_division_code_valid_from_pk" PRIMARY KEY("metric","division_code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"id_number" text NOT NULL,
	"phone" text,
	"sex" smallint NOT NULL,
	"birth_on" date NOT NULL,
	"population_type" text NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "residence" (
	"id" bigint PRIMARY KEY NOT NULL,
	"person_id" bigint NOT NULL,
	"dwelling_code" text NOT NULL,
	"relation" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date
);
--> statement-breakpoint
CREATE TABLE "building" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"address" text NOT NULL,
	"aliases" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"house_type" text NOT NULL,
	"storeys" smallint NOT NULL,
	"units" smallint DEFAULT 1 NOT NULL,
	"built_year" smallint,
	"area_sqm" double precision NOT NULL,
	"footprint" jsonb NOT NULL,
	"lng" double precision,
	"lat" double precision,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text,
	"valid_from" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"valid_to" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "dwelling" (
	"code" text PRIMARY KEY NOT NULL,
	"building_code" text NOT NULL,
	"unit" smallint NOT NULL,
	"floor" smallint NOT NULL,
	"room" text NOT NULL,
	"house_use" text NOT NULL,
	"area_sqm" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unplaced" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"record_id" text NOT NULL,
	"reason" text NOT NULL,
	"listed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "duty" (
	"worker_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"signed_in_at" timestamp (3) with time zone,
	"signed_out_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "duty_worker_id_starts_at_pk" PRIMARY KEY("worker_id","starts_at")
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"worker_type" text NOT NULL,
	"department_code" text,
	"grid_code" text,
	"community_code" text,
	"subdistrict_code" text
);
--> statement-breakpoint
CREATE INDEX "asset_grid" ON "asset" USING btree ("grid_code");--> statement-breakpoint
CREATE INDEX "division_path" ON "division" USING btree ("path");--> statement-breakpoint
CREATE INDEX "division_parent" ON "division" USING btree ("parent_code");--> statement-breakpoint
CREATE INDEX "sgm_grid" ON "specialised_grid_member" USING btree ("grid_code");--> statement-breakpoint
CREATE INDEX "entity_building" ON "entity" USING btree ("building_code");--> statement-breakpoint
CREATE INDEX "entity_grid" ON "entity" USING btree ("grid_code");--> statement-breakpoint
CREATE INDEX "event_reported" ON "event" USING btree ("reported_at");--> statement-breakpoint
CREATE INDEX "event_status" ON "event" USING btree ("status");--> statement-breakpoint
CREATE INDEX "event_grid" ON "event" USING btree ("grid_code");--> statement-breakpoint
CREATE INDEX "event_community" ON "event" USING btree ("community_code");--> statement-breakpoint
CREATE INDEX "event_building" ON "event" USING btree ("building_code");--> statement-breakpoint
CREATE INDEX "event_transition_at" ON "event_transition" USING btree ("at");--> statement-breakpoint
CREATE INDEX "change_xid" ON "change" USING btree ("xid");--> statement-breakpoint
CREATE INDEX "residence_dwelling" ON "residence" USING btree ("dwelling_code");--> statement-breakpoint
CREATE INDEX "residence_person" ON "residence" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "building_grid" ON "building" USING btree ("grid_code");--> statement-breakpoint
CREATE INDEX "building_community" ON "building" USING btree ("community_code");--> statement-breakpoint
CREATE INDEX "dwelling_building" ON "dwelling" USING btree ("building_code");--> statement-breakpoint
CREATE INDEX "unplaced_record" ON "unplaced" USING btree ("kind","record_id");--> statement-breakpoint
CREATE INDEX "duty_starts" ON "duty" USING btree ("starts_at");