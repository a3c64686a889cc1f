CREATE TABLE "track_view" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "track_view_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"viewer" text NOT NULL,
	"worker_id" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"purpose" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_position" (
	"worker_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"lng" double precision NOT NULL,
	"lat" double precision NOT NULL,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	CONSTRAINT "worker_position_worker_id_at_pk" PRIMARY KEY("worker_id","at")
);
--> statement-breakpoint
CREATE INDEX "track_view_worker" ON "track_view" USING btree ("worker_id","at");--> statement-breakpoint
CREATE INDEX "worker_position_at" ON "worker_position" USING btree ("at");