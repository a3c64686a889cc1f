CREATE TABLE "wall" (
	"id" text PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"name" text NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"tier" text NOT NULL,
	"code" text,
	"code_until" timestamp (3) with time zone,
	"n_misses" integer DEFAULT 0 NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wall_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "wall_acknowledgement" (
	"event_id" text PRIMARY KEY NOT NULL,
	"actor_id" text NOT NULL,
	"role" text NOT NULL,
	"division_code" text NOT NULL,
	"place" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wall_device" (
	"id" text PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"wall_id" text NOT NULL,
	"actor_id" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wall_lease" (
	"wall_id" text PRIMARY KEY NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"term" integer DEFAULT 0 NOT NULL,
	"conductor" jsonb,
	"heard_at" timestamp (3) with time zone,
	"asked" jsonb,
	"asked_at" timestamp (3) with time zone,
	"view" jsonb,
	"sequence" integer DEFAULT 0 NOT NULL,
	"cast_at" timestamp (3) with time zone,
	"shown_sequence" integer DEFAULT 0 NOT NULL,
	"shown_ms" double precision
);
--> statement-breakpoint
CREATE TABLE "wall_try" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "wall_try_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"actor_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "wall_seen" ON "wall" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "wall_device_wall" ON "wall_device" USING btree ("wall_id");--> statement-breakpoint
CREATE INDEX "wall_try_actor" ON "wall_try" USING btree ("actor_id","at");