CREATE TABLE "job" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "job_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"subject" text NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"due_at" timestamp (3) with time zone,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"turn" integer DEFAULT 0 NOT NULL,
	"taken_until" timestamp (3) with time zone,
	"error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "job_key" UNIQUE("kind","key")
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notice_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"cause" text NOT NULL,
	"kind" text NOT NULL,
	"post" text NOT NULL,
	"channel" text NOT NULL,
	"event_id" text NOT NULL,
	"number" text NOT NULL,
	"category_code" text NOT NULL,
	"level" smallint NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	"is_escalated" boolean DEFAULT false NOT NULL,
	CONSTRAINT "notice_once" UNIQUE("post","channel","cause")
);
--> statement-breakpoint
CREATE TABLE "notice_quiet" (
	"post" text PRIMARY KEY NOT NULL,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "supervision_move" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "supervision_move_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"ticket_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"step" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "supervision_move_seq" UNIQUE("ticket_id","seq")
);
--> statement-breakpoint
CREATE TABLE "supervision_rung" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "supervision_rung_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subject" text NOT NULL,
	"event_id" text NOT NULL,
	"rung" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"is_missed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "supervision_rung_once" UNIQUE("subject","rung")
);
--> statement-breakpoint
CREATE TABLE "supervision_ticket" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"number" text NOT NULL,
	"event_id" text NOT NULL,
	"subject" text NOT NULL,
	"rung" text NOT NULL,
	"department_code" text,
	"worker_id" text,
	"text" text DEFAULT '' NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"replied_at" timestamp (3) with time zone,
	"reply" text DEFAULT '' NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"result" text DEFAULT '' NOT NULL,
	CONSTRAINT "supervision_ticket_number_unique" UNIQUE("number"),
	CONSTRAINT "supervision_ticket_subject_unique" UNIQUE("subject")
);
--> statement-breakpoint
CREATE TABLE "whistle" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"event_id" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"actor_id" text NOT NULL,
	"blown_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "whistle_department" (
	"whistle_id" text NOT NULL,
	"department_code" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"sign_due_at" timestamp (3) with time zone NOT NULL,
	"contact_due_at" timestamp (3) with time zone NOT NULL,
	"arrive_due_at" timestamp (3) with time zone NOT NULL,
	"signed_at" timestamp (3) with time zone,
	"contacted_at" timestamp (3) with time zone,
	"arrived_at" timestamp (3) with time zone,
	"replied_at" timestamp (3) with time zone,
	"reply" jsonb,
	"score" smallint,
	"scored_at" timestamp (3) with time zone,
	CONSTRAINT "whistle_department_whistle_id_department_code_pk" PRIMARY KEY("whistle_id","department_code")
);
--> statement-breakpoint
CREATE TABLE "whistle_move" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "whistle_move_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"whistle_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"department_code" text,
	"step" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "whistle_move_seq" UNIQUE("whistle_id","seq")
);
--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "n_whistle" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "event_transition" ADD COLUMN "is_approved" boolean;--> statement-breakpoint
ALTER TABLE "event_transition" ADD COLUMN "until_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "event_transition" ADD COLUMN "added_minutes" integer;--> statement-breakpoint
CREATE INDEX "job_due" ON "job" USING btree ("due_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "job_dead" ON "job" USING btree ("ended_at") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "job_subject" ON "job" USING btree ("subject") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "notice_post" ON "notice" USING btree ("post","created_at");--> statement-breakpoint
CREATE INDEX "supervision_rung_event" ON "supervision_rung" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "supervision_ticket_event" ON "supervision_ticket" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "supervision_ticket_opened" ON "supervision_ticket" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "whistle_event" ON "whistle" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "whistle_blown" ON "whistle" USING btree ("blown_at");--> statement-breakpoint
CREATE UNIQUE INDEX "whistle_sounding" ON "whistle" USING btree ("event_id") WHERE ended_at is null;--> statement-breakpoint
CREATE TRIGGER "supervision_rung_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "supervision_rung" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "supervision_move_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "supervision_move" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "whistle_move_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "whistle_move" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
