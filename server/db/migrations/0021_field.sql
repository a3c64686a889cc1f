CREATE TABLE "errand" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"batch_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"category_code" text,
	"address" text DEFAULT '' NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"result" text,
	"answer" text DEFAULT '' NOT NULL,
	"void_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "errand_batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"per_grid" smallint NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"void_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "errand_move" (
	"errand_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"step" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"result" text,
	"note" text DEFAULT '' NOT NULL,
	"client_key" text,
	CONSTRAINT "errand_move_errand_id_seq_pk" PRIMARY KEY("errand_id","seq"),
	CONSTRAINT "errand_move_client_key_unique" UNIQUE("client_key")
);
--> statement-breakpoint
CREATE TABLE "notice_push" (
	"endpoint" text PRIMARY KEY NOT NULL,
	"post" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"subscribed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "volunteer" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"name" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "volunteer_call" (
	"id" uuid PRIMARY KEY NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"service_code" text NOT NULL,
	"title" text NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"n_wanted" integer NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"cancelled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "volunteer_team" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"division_code" text NOT NULL,
	"path" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"service_code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "volunteer_turn" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"call_id" uuid NOT NULL,
	"volunteer_id" text NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"service_code" text NOT NULL,
	"signed_up_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"came_at" timestamp (3) with time zone,
	"went_at" timestamp (3) with time zone,
	"actor_id" text NOT NULL,
	CONSTRAINT "volunteer_turn_once" UNIQUE("call_id","volunteer_id")
);
--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "fault" text;--> statement-breakpoint
CREATE INDEX "errand_grid" ON "errand" USING btree ("grid_code","finished_at");--> statement-breakpoint
CREATE INDEX "errand_batch_id" ON "errand" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "errand_subject" ON "errand" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "errand_batch_issued" ON "errand_batch" USING btree ("issued_at");--> statement-breakpoint
CREATE INDEX "notice_push_post" ON "notice_push" USING btree ("post");--> statement-breakpoint
CREATE INDEX "volunteer_of_team" ON "volunteer" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "volunteer_call_starts" ON "volunteer_call" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "volunteer_turn_of" ON "volunteer_turn" USING btree ("volunteer_id");--> statement-breakpoint
CREATE TRIGGER "errand_move_kept" BEFORE UPDATE OR DELETE ON "errand_move" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
