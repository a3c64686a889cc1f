CREATE TABLE "event_link" (
	"event_id" text PRIMARY KEY NOT NULL,
	"other_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "file" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"owner" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"event_id" text,
	"step" smallint
);
--> statement-breakpoint
CREATE TABLE "contact_view" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contact_view_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"viewer" text NOT NULL,
	"event_id" text NOT NULL,
	"purpose" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intake_turn" (
	"sender" text NOT NULL,
	"window_at" timestamp (3) with time zone NOT NULL,
	"turns" integer NOT NULL,
	CONSTRAINT "intake_turn_sender_window_at_pk" PRIMARY KEY("sender","window_at")
);
--> statement-breakpoint
CREATE TABLE "public_contact" (
	"event_id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "public_report" (
	"event_id" text PRIMARY KEY NOT NULL,
	"receipt" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "public_report_receipt_unique" UNIQUE("receipt")
);
--> statement-breakpoint
CREATE TABLE "push_key" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"sources" text[] NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "device" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"lng" double precision NOT NULL,
	"lat" double precision NOT NULL,
	"grid_code" text,
	"community_code" text,
	"subdistrict_code" text,
	"key_id" text NOT NULL,
	"registered_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp (3) with time zone,
	"last_value" double precision,
	"over_at" timestamp (3) with time zone,
	"below_at" timestamp (3) with time zone,
	"event_id" text
);
--> statement-breakpoint
ALTER TABLE "event_transition" ADD COLUMN "client_key" text;--> statement-breakpoint
CREATE INDEX "event_link_other" ON "event_link" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "file_event" ON "file" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "file_hash" ON "file" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "file_created" ON "file" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "contact_view_event" ON "contact_view" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "device_grid" ON "device" USING btree ("grid_code");--> statement-breakpoint
ALTER TABLE "event_transition" ADD CONSTRAINT "event_transition_client_key_unique" UNIQUE("client_key");