CREATE TABLE "unsealed" (
	"table_name" text NOT NULL,
	"row_key" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "unsealed_table_name_row_key_pk" PRIMARY KEY("table_name","row_key")
);
--> statement-breakpoint
-- Who listens notes the newest line outside the database (server/audit/anchor.ts).
CREATE OR REPLACE FUNCTION "audit_chain"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('audit_line'));
	SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM audit_line;
	NEW.previous := coalesce((SELECT hash FROM audit_line WHERE seq = NEW.seq - 1), ''::bytea);
	NEW.hash := audit_hash(NEW);
	PERFORM pg_notify('gridhall_audit', '');
	RETURN NEW;
END
$$;--> statement-breakpoint
-- Looks kept beside the chain become lines of it, in the order they were made.
INSERT INTO "audit_line" ("seq", "at", "actor_id", "role", "division_code", "path", "screen", "action", "subject", "purpose", "n_rows", "previous", "hash")
SELECT 0, l.at, l.viewer, l.role, coalesce(d.code, r.code), coalesce(d.path, r.path), '', l.action, l.subject, l.purpose, 1, '', ''
FROM (
	SELECT at, viewer, CASE WHEN viewer LIKE 'R%:%' THEN split_part(viewer, ':', 1) ELSE '' END AS role,
		'contact.open' AS action, event_id AS subject, purpose FROM "contact_view"
	UNION ALL
	SELECT at, viewer, CASE WHEN viewer LIKE 'R%:%' THEN split_part(viewer, ':', 1) ELSE '' END, 'track.read',
		worker_id || ' ' || to_char(from_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '/'
			|| to_char(to_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), purpose FROM "track_view"
) l
LEFT JOIN "division" d ON d.code = split_part(l.viewer, ':', 2)
CROSS JOIN (SELECT s.value ->> 'root' AS code, s.value ->> 'rootPath' AS path FROM "setting" s WHERE s.key = 'installation') r
ORDER BY l.at;--> statement-breakpoint
DROP TABLE "contact_view" CASCADE;--> statement-breakpoint
DROP TABLE "track_view" CASCADE;--> statement-breakpoint
INSERT INTO "unsealed" SELECT 'public_contact', event_id, sealed FROM "public_contact"
	UNION ALL SELECT 'dispute_party', root_id || '/' || seq, name FROM "dispute_party"
	UNION ALL SELECT 'volunteer', id, name FROM "volunteer";--> statement-breakpoint
ALTER TABLE "public_contact" ALTER COLUMN "sealed" SET DATA TYPE bytea USING '\x';--> statement-breakpoint
ALTER TABLE "dispute_party" ADD COLUMN "sealed" bytea DEFAULT '\x' NOT NULL;--> statement-breakpoint
ALTER TABLE "volunteer" ADD COLUMN "sealed" bytea DEFAULT '\x' NOT NULL;--> statement-breakpoint
ALTER TABLE "dispute_party" ALTER COLUMN "sealed" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "volunteer" ALTER COLUMN "sealed" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "dispute_party" DROP COLUMN "name";--> statement-breakpoint
ALTER TABLE "volunteer" DROP COLUMN "name";--> statement-breakpoint
-- Which division took most of the ground of one that ended; instants of all re-cuts
ALTER TABLE "division" ADD COLUMN "heir_code" text;--> statement-breakpoint
UPDATE "setting" SET "value" = ("value"::jsonb - 'recutAt') || jsonb_build_object('recuts', coalesce((
	SELECT jsonb_agg(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') ORDER BY at) FROM "recut"), '[]'::jsonb))
WHERE "key" = 'installation';
