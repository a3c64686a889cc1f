CREATE TABLE "batch_rows" (
	"batch_id" integer NOT NULL,
	"source" text NOT NULL,
	"parquet" "bytea" NOT NULL,
	CONSTRAINT "batch_rows_batch_id_source_pk" PRIMARY KEY("batch_id","source")
);
