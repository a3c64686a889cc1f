CREATE TABLE "dispute" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"number" text NOT NULL,
	"root_id" uuid NOT NULL,
	"round" smallint DEFAULT 1 NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"category_code" text NOT NULL,
	"category_l1" text NOT NULL,
	"scale" text NOT NULL,
	"n_people" integer NOT NULL,
	"status" text NOT NULL,
	"status_at" timestamp (3) with time zone NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"lng" double precision,
	"lat" double precision,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"registered_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"lead_code" text,
	"method" text,
	"score" smallint,
	"client_key" text NOT NULL,
	CONSTRAINT "dispute_number_unique" UNIQUE("number"),
	CONSTRAINT "dispute_client_key_unique" UNIQUE("client_key"),
	CONSTRAINT "dispute_round" UNIQUE("root_id","round")
);
--> statement-breakpoint
CREATE TABLE "dispute_move" (
	"dispute_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"lead_code" text,
	"assist_codes" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "dispute_move_dispute_id_seq_pk" PRIMARY KEY("dispute_id","seq")
);
--> statement-breakpoint
CREATE TABLE "dispute_party" (
	"root_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"round" smallint NOT NULL,
	"side" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "dispute_party_root_id_seq_pk" PRIMARY KEY("root_id","seq")
);
--> statement-breakpoint
CREATE TABLE "dispute_record" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dispute_record_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dispute_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text NOT NULL,
	"department_code" text,
	"text" text NOT NULL,
	"is_kept" boolean,
	"client_key" text NOT NULL,
	CONSTRAINT "dispute_record_client_key_unique" UNIQUE("client_key")
);
--> statement-breakpoint
CREATE INDEX "dispute_status" ON "dispute" USING btree ("status");--> statement-breakpoint
CREATE INDEX "dispute_reported" ON "dispute" USING btree ("reported_at");--> statement-breakpoint
CREATE INDEX "dispute_community" ON "dispute" USING btree ("community_code");--> statement-breakpoint
CREATE INDEX "dispute_record_dispute" ON "dispute_record" USING btree ("dispute_id");