CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text,
	"username" text NOT NULL,
	"two_factor_enabled" boolean DEFAULT false NOT NULL,
	"must_change" boolean DEFAULT true NOT NULL,
	"last_sign_in_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_email_unique" UNIQUE("email"),
	CONSTRAINT "account_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "account_credential" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"account_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_factor" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"verified" boolean DEFAULT false NOT NULL,
	"failed_verification_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp (3) with time zone,
	"spent" text,
	CONSTRAINT "account_factor_user_id_unique" UNIQUE("user_id")
);
--> statement-breakpoint
CREATE TABLE "account_failure" (
	"name_hash" text PRIMARY KEY NOT NULL,
	"n" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"locked_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "account_post" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" text NOT NULL,
	"role" text NOT NULL,
	"division_code" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_to" timestamp (3) with time zone,
	"granted_by" text NOT NULL,
	"withdrawn_by" text,
	CONSTRAINT "account_post_not_own" CHECK (granted_by <> account_id)
);
--> statement-breakpoint
CREATE TABLE "account_session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"post_id" uuid,
	"way" text DEFAULT 'password' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "account_verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_credential" ADD CONSTRAINT "account_credential_user_id_account_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_factor" ADD CONSTRAINT "account_factor_user_id_account_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_post" ADD CONSTRAINT "account_post_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_session" ADD CONSTRAINT "account_session_user_id_account_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_credential_subject" ON "account_credential" USING btree ("provider_id","account_id");--> statement-breakpoint
CREATE INDEX "account_credential_user_id_index" ON "account_credential" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "account_failure_at" ON "account_failure" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "account_post_held" ON "account_post" USING btree ("account_id","role","division_code") WHERE valid_to is null;--> statement-breakpoint
CREATE UNIQUE INDEX "account_post_split" ON "account_post" USING btree ("account_id") WHERE valid_to is null and role in ('R8', 'R9', 'R10');--> statement-breakpoint
CREATE INDEX "account_session_owner" ON "account_session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "account_verification_identifier_index" ON "account_verification" USING btree ("identifier");--> statement-breakpoint
CREATE FUNCTION "account_post_ends_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.valid_to IS NOT NULL OR NEW.valid_to IS NULL OR NEW.withdrawn_by IS NULL
		OR (NEW.id, NEW.account_id, NEW.role, NEW.division_code, NEW.valid_from, NEW.granted_by)
			IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.role, OLD.division_code, OLD.valid_from, OLD.granted_by) THEN
		RAISE EXCEPTION 'A grant is only ended, and once: %.', OLD.id;
	END IF;
	RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER "account_post_once" BEFORE UPDATE ON "account_post" FOR EACH ROW EXECUTE FUNCTION "account_post_ends_once"();--> statement-breakpoint
CREATE TRIGGER "account_post_kept" BEFORE DELETE OR TRUNCATE ON "account_post" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE FUNCTION "account_tell"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('gridhall_account', CASE TG_TABLE_NAME WHEN 'account_post'
		THEN to_jsonb(NEW)->>'account_id' ELSE to_jsonb(OLD)->>'user_id' END);
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "account_post_told" AFTER INSERT OR UPDATE ON "account_post" FOR EACH ROW EXECUTE FUNCTION "account_tell"();--> statement-breakpoint
CREATE TRIGGER "account_session_told" AFTER DELETE OR UPDATE OF "post_id" ON "account_session" FOR EACH ROW EXECUTE FUNCTION "account_tell"();
