ALTER TABLE "account_post" ADD COLUMN "department_code" text;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "account_post_ends_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.valid_to IS NOT NULL OR NEW.valid_to IS NULL OR NEW.withdrawn_by IS NULL
		OR (NEW.id, NEW.account_id, NEW.role, NEW.division_code, NEW.department_code, NEW.valid_from, NEW.granted_by)
			IS DISTINCT FROM
			(OLD.id, OLD.account_id, OLD.role, OLD.division_code, OLD.department_code, OLD.valid_from, OLD.granted_by) THEN
		RAISE EXCEPTION 'A grant is only ended, and once: %.', OLD.id;
	END IF;
	RETURN NEW;
END
$$;--> statement-breakpoint
-- Which of the four origins the sources of events belong to, where the list is older than the column
UPDATE term SET attrs = attrs || jsonb_build_object('origin', CASE
	WHEN code IN ('01', '02') THEN 'worker' WHEN code IN ('03', '04') THEN 'public' WHEN code = '09' THEN 'enterprise'
	ELSE 'department' END)
WHERE list = 'event-source' AND NOT attrs ? 'origin';--> statement-breakpoint
-- Workers a territory below the root is told of: its own, those of no place, those whose specialised grid reaches into it
CREATE FUNCTION "scope_workers"() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 AS $$
	SELECT w.id FROM public.worker w
	WHERE CASE public.scope_word('level')
			WHEN 'subdistrict' THEN w.subdistrict_code = public.scope_word('division')
			WHEN 'community' THEN w.community_code = public.scope_word('division')
			WHEN 'grid' THEN w.grid_code = public.scope_word('division')
			ELSE coalesce(w.grid_code, w.community_code, w.subdistrict_code) IN (SELECT public.scope_codes()) END
		OR coalesce(w.grid_code, w.community_code, w.subdistrict_code) IS NULL
	UNION ALL SELECT public.scope_specialists()
$$;--> statement-breakpoint
-- A roster is read with its workers: who they are is worked out once for each, not planned into it twice
SELECT let_read('worker', $$@works AND ((SELECT scope_word('level')) = 'root' OR id IN (SELECT scope_workers()))$$);--> statement-breakpoint
SELECT let_read('duty', $$@works AND ((SELECT scope_word('level')) = 'root' OR (worker_id || '') IN (SELECT scope_workers()))$$);--> statement-breakpoint
-- What was written of a visit that met nobody may be emptied when its time is up, as of one that was made; nothing else changes
DROP TRIGGER "care_attempt_kept" ON "care_attempt";--> statement-breakpoint
CREATE TRIGGER "care_attempt_told_once" BEFORE UPDATE ON "care_attempt" FOR EACH ROW EXECUTE FUNCTION "refuse_retelling"();--> statement-breakpoint
CREATE TRIGGER "care_attempt_kept" BEFORE DELETE OR TRUNCATE ON "care_attempt" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
