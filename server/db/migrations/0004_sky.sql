CREATE TABLE "alert" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"sender" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"msg_type" text NOT NULL,
	"refers_to" text,
	"warning_code" text NOT NULL,
	"level" smallint,
	"headline" text NOT NULL,
	"headline_en" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"effective_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "alert_identifier_unique" UNIQUE("identifier")
);
--> statement-breakpoint
CREATE TABLE "alert_area" (
	"alert_id" text NOT NULL,
	"seq" smallint NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"division_code" text,
	"geometry" jsonb,
	CONSTRAINT "alert_area_alert_id_seq_pk" PRIMARY KEY("alert_id","seq")
);
--> statement-breakpoint
CREATE TABLE "beach" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"capacity" integer NOT NULL,
	"lng" double precision,
	"lat" double precision,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text
);
--> statement-breakpoint
CREATE TABLE "beach_hour" (
	"id" text PRIMARY KEY NOT NULL,
	"beach_id" text NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	"n_visitors" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "weather_hour" (
	"id" text PRIMARY KEY NOT NULL,
	"station_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"rain_mm" real NOT NULL,
	"wind_mps" real NOT NULL,
	"gust_mps" real NOT NULL,
	"temperature_c" real NOT NULL
);
--> statement-breakpoint
CREATE TABLE "weather_station" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"lng" double precision,
	"lat" double precision,
	"subdistrict_code" text,
	"community_code" text,
	"grid_code" text,
	"block_code" text
);
--> statement-breakpoint
CREATE INDEX "alert_sent" ON "alert" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "alert_expires" ON "alert" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "alert_area_division" ON "alert_area" USING btree ("division_code");--> statement-breakpoint
CREATE INDEX "beach_hour_counted" ON "beach_hour" USING btree ("counted_at");--> statement-breakpoint
CREATE INDEX "weather_hour_starts" ON "weather_hour" USING btree ("starts_at");