DROP INDEX "sgm_grid";--> statement-breakpoint
CREATE INDEX "sgm_grid" ON "specialised_grid_member" USING btree ("grid_code","specialised_grid_code");--> statement-breakpoint
-- Whom a territory below the root is told of, each once: what the scope says is asked for once, of a specialised grid it
-- matters only whether any of its members lies in the territory
CREATE OR REPLACE FUNCTION "scope_workers"() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 AS $$
	SELECT w.id FROM public.worker w
	WHERE CASE (SELECT public.scope_word('level'))
			WHEN 'subdistrict' THEN w.subdistrict_code = (SELECT public.scope_word('division'))
			WHEN 'community' THEN w.community_code = (SELECT public.scope_word('division'))
			WHEN 'grid' THEN w.grid_code = (SELECT public.scope_word('division'))
			ELSE coalesce(w.grid_code, w.community_code, w.subdistrict_code) IN (SELECT public.scope_codes()) END
		OR coalesce(w.grid_code, w.community_code, w.subdistrict_code) IS NULL
		OR w.id IN (
			SELECT s.worker_id FROM public.specialised_grid s
			WHERE s.worker_id IS NOT NULL AND EXISTS (
				SELECT FROM public.specialised_grid_member m JOIN public.division d ON d.code = m.grid_code
				WHERE m.specialised_grid_code = s.code AND starts_with(d.path, (SELECT public.scope_word('path')))))
$$;--> statement-breakpoint
DROP FUNCTION "scope_specialists"();
