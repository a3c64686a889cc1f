-- Rows are read for a caller in the role gridhall_reader: it sees what the scope of its transaction may, and nothing
-- without one. The role is the cluster's, the rights are this database's.
DO $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gridhall_reader') THEN
		CREATE ROLE gridhall_reader NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
	END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
	-- another database of the cluster made it at the same time
END $$;--> statement-breakpoint
DO $$
BEGIN
	IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
		BEGIN
			EXECUTE format('GRANT gridhall_reader TO %I', current_user);
		EXCEPTION WHEN insufficient_privilege OR unique_violation OR internal_error THEN
			-- granted at the same time, or by somebody else before
		END;
		IF NOT pg_has_role(current_user, 'gridhall_reader', 'MEMBER') THEN
			RAISE EXCEPTION 'The user % needs the role it reads in: GRANT gridhall_reader TO %;', current_user, quote_ident(current_user);
		END IF;
	END IF;
END $$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO gridhall_reader;--> statement-breakpoint
-- A setting of the scope; null where there is none. Computed once a statement where it stands in a sub-select.
CREATE FUNCTION "scope_word"(word text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT nullif(current_setting('gridhall.' || word, true), '')
$$;--> statement-breakpoint
-- Level of a territory: `root` where it holds the whole installation
CREATE FUNCTION "scope_level"(path text, level text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS $$
	SELECT CASE WHEN starts_with(s.value ->> 'rootPath', path) THEN 'root' ELSE level END
	FROM public.setting s WHERE s.key = 'installation'
$$;--> statement-breakpoint
-- Divisions of the territory; workers that answer for a specialised grid which reaches into it
CREATE FUNCTION "scope_codes"() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER AS $$
	SELECT code FROM public.division WHERE starts_with(path, public.scope_word('path'))
$$;--> statement-breakpoint
CREATE FUNCTION "scope_specialists"() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER AS $$
	SELECT s.worker_id FROM public.specialised_grid s
	JOIN public.specialised_grid_member m ON m.specialised_grid_code = s.code
	JOIN public.division d ON d.code = m.grid_code
	WHERE s.worker_id IS NOT NULL AND starts_with(d.path, public.scope_word('path'))
$$;--> statement-breakpoint
-- Lets the reader read a table where a condition holds. The words in it:
--   @here        the row's subdistrict_code, community_code, grid_code lie in the territory; the root holds the unplaced
--   @below       the row's path lies in the territory
--   @touches     … or the territory lies in it
--   @works       the caller is told of single cases: no aggregates-only post, no wall
--   @people      the caller is told of people, masked
--   @role @screen @actor @path @division   what the scope says
CREATE FUNCTION "let_read"(target regclass, condition text) RETURNS void LANGUAGE plpgsql AS $let$
DECLARE
	words CONSTANT text[] := ARRAY[
		'@here', $$(CASE (SELECT scope_word('level'))
			WHEN 'root' THEN true
			WHEN 'subdistrict' THEN subdistrict_code = @division
			WHEN 'community' THEN community_code = @division
			WHEN 'grid' THEN grid_code = @division
			ELSE coalesce(grid_code, community_code, subdistrict_code) IN (SELECT scope_codes()) END)$$,
		'@touches', $$(starts_with(path, @path) OR starts_with(@path, path))$$,
		'@below', $$starts_with(path, @path)$$,
		'@works', $$(SELECT scope_word('role') IN ('R2', 'R3', 'R4', 'R5', 'R6') AND scope_word('screen') <> 'big')$$,
		'@people', $$(SELECT scope_word('role') IN ('R2', 'R3', 'R4', 'R5') AND scope_word('screen') <> 'big')$$,
		'@division', $$(SELECT scope_word('division'))$$,
		'@path', $$(SELECT scope_word('path'))$$,
		'@role', $$(SELECT scope_word('role'))$$,
		'@screen', $$(SELECT scope_word('screen'))$$,
		'@actor', $$(SELECT scope_word('actor'))$$
	];
	said text := condition;
BEGIN
	FOR i IN 1 .. array_length(words, 1) BY 2 LOOP
		said := replace(said, words[i], words[i + 1]);
	END LOOP;
	EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
	EXECUTE format('DROP POLICY IF EXISTS scope ON %s', target);
	EXECUTE format('CREATE POLICY scope ON %s FOR SELECT TO gridhall_reader USING (%s)', target, said);
	EXECUTE format('GRANT SELECT ON %s TO gridhall_reader', target);
END $let$;--> statement-breakpoint
-- Places and what stands there
SELECT let_read('building', '@here');--> statement-breakpoint
SELECT let_read('dwelling', $$@screen <> 'big' AND EXISTS (SELECT FROM building b WHERE b.code = building_code)$$);--> statement-breakpoint
SELECT let_read('entity', '@here');--> statement-breakpoint
-- a force that is one person is told to the posts that work with it
SELECT let_read('asset', $$(asset_type NOT IN ('T01', 'T02', 'T08', 'T09', 'T10') OR @works) AND @here$$);--> statement-breakpoint
SELECT let_read('device', '@here');--> statement-breakpoint
SELECT let_read('beach', '@here');--> statement-breakpoint
SELECT let_read('beach_hour', 'EXISTS (SELECT FROM beach b WHERE b.id = beach_id)');--> statement-breakpoint
-- People: who lives in the territory, told to the posts that work with people
SELECT let_read('residence', $$@screen <> 'big' AND EXISTS (SELECT FROM dwelling d WHERE d.code = dwelling_code)$$);--> statement-breakpoint
SELECT let_read('person', '@people AND EXISTS (SELECT FROM residence r WHERE r.person_id = person.id)');--> statement-breakpoint
SELECT let_read('care', $$@people AND @here AND (@role IN ('R4', 'R5') OR group_code IN (
	SELECT code FROM term WHERE list = 'care-group' AND attrs ->> 'sensitivity' IN ('low', 'medium')))$$);--> statement-breakpoint
SELECT let_read('care_visit', 'EXISTS (SELECT FROM care c WHERE c.id = care_id)');--> statement-breakpoint
SELECT let_read('care_attempt', 'EXISTS (SELECT FROM care c WHERE c.id = care_id)');--> statement-breakpoint
SELECT let_read('care_call', '@here');--> statement-breakpoint
-- Staff: of the territory, of no place of their own, or answering for a specialised grid that reaches into it
SELECT let_read('worker', $$@works AND (@here OR coalesce(grid_code, community_code, subdistrict_code) IS NULL
	OR id IN (SELECT scope_specialists()))$$);--> statement-breakpoint
-- joined to a word it is dearer than to compare times, which the planner then does first
SELECT let_read('duty', $$(worker_id || '') IN (SELECT id FROM worker)$$);--> statement-breakpoint
SELECT let_read('worker_position', '@people AND EXISTS (SELECT FROM worker w WHERE w.id = worker_id)');--> statement-breakpoint
SELECT let_read('muster', '@touches');--> statement-breakpoint
SELECT let_read('muster_member', '@here');--> statement-breakpoint
SELECT let_read('volunteer_team', '@touches');--> statement-breakpoint
SELECT let_read('volunteer_call', '@touches');--> statement-breakpoint
SELECT let_read('volunteer', 'EXISTS (SELECT FROM volunteer_team t WHERE t.id = team_id)');--> statement-breakpoint
SELECT let_read('volunteer_turn', $$EXISTS (SELECT FROM volunteer_call c WHERE c.id = call_id)
	OR EXISTS (SELECT FROM volunteer v WHERE v.id = volunteer_id)$$);--> statement-breakpoint
-- Events and what hangs on them
SELECT let_read('event', '@here');--> statement-breakpoint
SELECT let_read(of_event, 'EXISTS (SELECT FROM event e WHERE e.id = event_id)') FROM unnest(ARRAY[
	'event_transition', 'event_correction', 'event_link', 'dispatch_route', 'supervision_rung', 'supervision_ticket',
	'whistle', 'wall_acknowledgement', 'public_report'
]::regclass[]) AS of_event;--> statement-breakpoint
-- that somebody left a contact is told, the sealed contact itself is not
SELECT let_read('public_contact', '@works AND EXISTS (SELECT FROM event e WHERE e.id = event_id)');--> statement-breakpoint
REVOKE SELECT ON public_contact FROM gridhall_reader;--> statement-breakpoint
GRANT SELECT (event_id) ON public_contact TO gridhall_reader;--> statement-breakpoint
SELECT let_read('supervision_move', 'EXISTS (SELECT FROM supervision_ticket t WHERE t.id = ticket_id)');--> statement-breakpoint
SELECT let_read('whistle_department', 'EXISTS (SELECT FROM whistle w WHERE w.id = whistle_id)');--> statement-breakpoint
SELECT let_read('whistle_move', 'EXISTS (SELECT FROM whistle w WHERE w.id = whistle_id)');--> statement-breakpoint
SELECT let_read('file', $$@works AND (CASE WHEN event_id IS NULL THEN owner = @actor
	ELSE EXISTS (SELECT FROM event e WHERE e.id = event_id) END)$$);--> statement-breakpoint
SELECT let_read('notice', $$post = @actor OR (@role IN ('R2', 'R3') AND @screen <> 'big' AND EXISTS (SELECT FROM event e WHERE e.id = event_id))$$);--> statement-breakpoint
SELECT let_read('notice_quiet', 'post = @actor');--> statement-breakpoint
-- Other cases
SELECT let_read('dispute', '@here');--> statement-breakpoint
SELECT let_read('dispute_move', 'EXISTS (SELECT FROM dispute d WHERE d.id = dispute_id)');--> statement-breakpoint
SELECT let_read('dispute_record', '@works AND EXISTS (SELECT FROM dispute d WHERE d.id = dispute_id)');--> statement-breakpoint
SELECT let_read('dispute_party', '@works AND EXISTS (SELECT FROM dispute d WHERE d.root_id = dispute_party.root_id)');--> statement-breakpoint
SELECT let_read('errand_batch', '@touches');--> statement-breakpoint
SELECT let_read('errand', '@here');--> statement-breakpoint
SELECT let_read('errand_move', 'EXISTS (SELECT FROM errand e WHERE e.id = errand_id)');--> statement-breakpoint
SELECT let_read('verify_batch', '@touches');--> statement-breakpoint
SELECT let_read('verify_chunk', 'EXISTS (SELECT FROM verify_batch b WHERE b.id = batch_id)');--> statement-breakpoint
SELECT let_read('doubt', '@here');--> statement-breakpoint
SELECT let_read('verify_result', '@works AND EXISTS (SELECT FROM doubt d WHERE d.id = doubt_id)');--> statement-breakpoint
SELECT let_read('address_batch', '@below');--> statement-breakpoint
SELECT let_read(of_batch, 'EXISTS (SELECT FROM address_batch b WHERE b.id = batch_id)') FROM unnest(ARRAY[
	'address_record', 'address_run', 'address_chunk', 'address_match', 'address_decision'
]::regclass[]) AS of_batch;--> statement-breakpoint
SELECT let_read('campaign_area', '@path IS NOT NULL');--> statement-breakpoint
SELECT let_read('campaign', 'EXISTS (SELECT FROM campaign_area a WHERE a.campaign_id = id AND (starts_with(a.path, @path) OR starts_with(@path, a.path)))');--> statement-breakpoint
SELECT let_read('campaign_move', 'EXISTS (SELECT FROM campaign c WHERE c.id = campaign_id)');--> statement-breakpoint
-- A control ticket is seen by who has a part of it; its parts by those above and below, and by those beside them under one parent
SELECT let_read('control_part', $$@works AND (@touches OR parent_code IN (SELECT code FROM division WHERE starts_with(@path, path)))$$);--> statement-breakpoint
SELECT let_read('control', 'EXISTS (SELECT FROM control_part p WHERE p.control_id = id)');--> statement-breakpoint
SELECT let_read('control_move', 'EXISTS (SELECT FROM control_part p WHERE p.control_id = control_move.control_id AND p.division_code = control_move.division_code)');--> statement-breakpoint
-- What posts keep, and what is kept of them
SELECT let_read('drill', '@touches');--> statement-breakpoint
SELECT let_read('saved_view', 'owner_id = @actor OR (is_shared AND @below)');--> statement-breakpoint
SELECT let_read('saved_report', 'owner_id = @actor OR (is_shared AND @below)');--> statement-breakpoint
SELECT let_read('export_log', $$actor_id = @actor OR (@role IN ('R2', 'R3', 'R4', 'R8') AND @below)$$);--> statement-breakpoint
SELECT let_read('audit_line', $$@role = 'R8' AND @screen <> 'big' AND @below$$);--> statement-breakpoint
SELECT let_read('assessment_offline', $$level <> 'worker' AND @path IS NOT NULL OR EXISTS (SELECT FROM worker w WHERE w.id = subject)$$);--> statement-breakpoint
SELECT let_read('assessment_appeal', '@below');--> statement-breakpoint
-- Words, borders, rules, weather: the same for everybody who has a scope
SELECT let_read(told, '@path IS NOT NULL') FROM unnest(ARRAY[
	'address_name', 'alert', 'alert_area', 'assessment_plan', 'base_feature', 'block', 'division', 'import_batch',
	'own_metric', 'rule_change', 'setting', 'specialised_grid', 'specialised_grid_member', 'target', 'term',
	'weather_hour', 'weather_station'
]::regclass[]) AS told;--> statement-breakpoint
SELECT let_read('unplaced', $$(SELECT scope_word('level')) = 'root'$$);--> statement-breakpoint
-- A look at a register is kept in the transaction that looks: the reader may add a line and see none
GRANT INSERT ON audit_line TO gridhall_reader;--> statement-breakpoint
CREATE POLICY keep ON audit_line FOR INSERT TO gridhall_reader WITH CHECK (
	actor_id = (SELECT scope_word('actor')) AND role = (SELECT scope_word('role')) AND path = (SELECT scope_word('path'))
);--> statement-breakpoint
ALTER FUNCTION "audit_chain"() SECURITY DEFINER SET search_path = public, pg_temp;--> statement-breakpoint
-- Whether somebody moved on from a home by a day, wherever to: told without where
CREATE FUNCTION "has_newer_home"(person bigint, since date, home bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
	SELECT EXISTS (SELECT FROM public.residence newer WHERE newer.person_id = person
		AND newer.from_on <= day AND (newer.to_on IS NULL OR newer.to_on > day) AND (newer.from_on, newer.id) > (since, home))
$$;
