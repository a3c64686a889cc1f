CREATE TABLE "assessment_appeal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "assessment_appeal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"level" text NOT NULL,
	"period" text NOT NULL,
	"plan_version" integer NOT NULL,
	"subject" text NOT NULL,
	"path" text NOT NULL,
	"item" text NOT NULL,
	"reason" text NOT NULL,
	"question" jsonb NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"snapshot" text NOT NULL,
	"numerator" double precision,
	"denominator" double precision,
	"rows" jsonb NOT NULL,
	"actor_id" text NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assessment_offline" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "assessment_offline_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"level" text NOT NULL,
	"period" text NOT NULL,
	"subject" text NOT NULL,
	"item" text NOT NULL,
	"points" double precision NOT NULL,
	"note" text NOT NULL,
	"actor_id" text NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assessment_plan" (
	"level" text NOT NULL,
	"version" integer NOT NULL,
	"cycle" text NOT NULL,
	"valid_from" date NOT NULL,
	"items" jsonb NOT NULL,
	"note" text NOT NULL,
	"actor_id" text NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "assessment_plan_level_version_pk" PRIMARY KEY("level","version")
);
--> statement-breakpoint
CREATE TABLE "own_metric" (
	"slug" text NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "own_metric_slug_version_pk" PRIMARY KEY("slug","version")
);
--> statement-breakpoint
CREATE INDEX "assessment_appeal_subject" ON "assessment_appeal" USING btree ("level","period","subject");--> statement-breakpoint
CREATE INDEX "assessment_offline_period" ON "assessment_offline" USING btree ("level","period");